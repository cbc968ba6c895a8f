package io.punchbridge.console.loadlog;

/**
 * What is counted before many devices are asked.
 *
 * @param devices how many
 * @param calls the fewest requests to the gateway that it takes
 * @param takes how long these take at least, in words
 */
public record Confirmation(int devices, String from, String to, long days, long calls, String takes) {}
