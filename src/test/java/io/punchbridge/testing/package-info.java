@NullMarked
package io.punchbridge.testing;

import org.jspecify.annotations.NullMarked;
