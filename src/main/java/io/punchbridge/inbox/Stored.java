package io.punchbridge.inbox;

/**
 * What an arrival changed.
 *
 * @param newPunches punches stored now, unreadable ones included
 * @param repeats punches that were stored before
 * @param newEvents events stored now
 */
public record Stored(int newPunches, int repeats, int newEvents) {}
