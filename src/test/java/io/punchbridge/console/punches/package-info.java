@NullMarked
package io.punchbridge.console.punches;

import org.jspecify.annotations.NullMarked;
