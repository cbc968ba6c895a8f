@NullMarked
package io.punchbridge.api;

import org.jspecify.annotations.NullMarked;
