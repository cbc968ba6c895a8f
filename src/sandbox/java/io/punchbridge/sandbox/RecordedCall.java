package io.punchbridge.sandbox;

/**
 * A request that reached the simulated gateway.
 *
 * @param serviceTagId as named in the query; empty if it named none
 * @param encrypted whether the body came encrypted
 * @param body as JSON, decrypted where our key opens it
 * @param statusCode what was answered; -1 where it was no status
 */
public record RecordedCall(String serviceTagId, boolean encrypted, String body, int statusCode) {}
