@NullMarked
package io.punchbridge.console.loadlog;

import org.jspecify.annotations.NullMarked;
