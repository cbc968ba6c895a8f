@NullMarked
package io.punchbridge.access;

import org.jspecify.annotations.NullMarked;
