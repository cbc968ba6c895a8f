@NullMarked
package io.punchbridge.console;

import org.jspecify.annotations.NullMarked;
