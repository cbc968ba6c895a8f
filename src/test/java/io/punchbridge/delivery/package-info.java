@NullMarked
package io.punchbridge.delivery;

import org.jspecify.annotations.NullMarked;
