/** Tells a person by a signed webhook what is wrong, once, now and then while it stays so, and once when it is over. */
@NullMarked
package io.punchbridge.alerts;

import org.jspecify.annotations.NullMarked;
