/** Three months in a few minutes: the packaged service in simulated time, in a world where all goes wrong now and then. */
@NullMarked
package io.punchbridge.longrun;

import org.jspecify.annotations.NullMarked;
