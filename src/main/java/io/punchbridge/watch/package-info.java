/** What each declared device is known by: when it was heard, how its clock goes, what it says of itself, what is wrong with it. */
@NullMarked
package io.punchbridge.watch;

import org.jspecify.annotations.NullMarked;
