package io.punchbridge.command;

import java.io.PrintWriter;
import java.time.Clock;

/**
 * What a command is given.
 *
 * @param terminal whether a person watches
 */
record Shell(PrintWriter out, PrintWriter err, boolean terminal, Waiting waiting, Clock clock) {}
