/** Many callers at once who mean no good, against the packaged service. */
@NullMarked
package io.punchbridge.flood;

import org.jspecify.annotations.NullMarked;
