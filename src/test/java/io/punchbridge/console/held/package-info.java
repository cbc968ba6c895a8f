@NullMarked
package io.punchbridge.console.held;

import org.jspecify.annotations.NullMarked;
