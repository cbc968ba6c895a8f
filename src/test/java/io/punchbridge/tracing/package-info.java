@NullMarked
package io.punchbridge.tracing;

import org.jspecify.annotations.NullMarked;
