package io.punchbridge.sandbox;

/**
 * A request that reached the simulated site.
 *
 * @param path decoded, without the query
 * @param status what was answered; 0 where the client was left without an answer
 */
public record RecordedRequest(String method, String path, String body, int status) {}
