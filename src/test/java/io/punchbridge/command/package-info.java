@NullMarked
package io.punchbridge.command;

import org.jspecify.annotations.NullMarked;
