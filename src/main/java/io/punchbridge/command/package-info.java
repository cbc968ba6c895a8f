/** The command line: asks the running service on this host, and starts nothing of it. Knows none of its rooms. */
@NullMarked
package io.punchbridge.command;

import org.jspecify.annotations.NullMarked;
