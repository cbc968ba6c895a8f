@NullMarked
package io.punchbridge.watch;

import org.jspecify.annotations.NullMarked;
