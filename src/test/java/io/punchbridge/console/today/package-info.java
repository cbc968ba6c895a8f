@NullMarked
package io.punchbridge.console.today;

import org.jspecify.annotations.NullMarked;
