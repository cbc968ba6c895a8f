@NullMarked
package io.punchbridge.roster;

import org.jspecify.annotations.NullMarked;
