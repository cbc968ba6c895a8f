@NullMarked
package io.punchbridge.console.attendance;

import org.jspecify.annotations.NullMarked;
