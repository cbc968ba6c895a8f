@NullMarked
package io.punchbridge;

import org.jspecify.annotations.NullMarked;
