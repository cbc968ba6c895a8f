@NullMarked
package io.punchbridge.console.setup;

import org.jspecify.annotations.NullMarked;
