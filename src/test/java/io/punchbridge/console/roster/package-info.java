@NullMarked
package io.punchbridge.console.roster;

import org.jspecify.annotations.NullMarked;
