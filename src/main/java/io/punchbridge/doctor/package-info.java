/** Looks over the whole set-up, ours and the site's, says what is wrong and what to do, and mends what is ours to mend. */
@NullMarked
package io.punchbridge.doctor;

import org.jspecify.annotations.NullMarked;
