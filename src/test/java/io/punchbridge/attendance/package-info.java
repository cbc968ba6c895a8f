@NullMarked
package io.punchbridge.attendance;

import org.jspecify.annotations.NullMarked;
