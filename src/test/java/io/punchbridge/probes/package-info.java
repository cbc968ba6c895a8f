/** Tests of what the platform is told. */
@NullMarked
package io.punchbridge.probes;

import org.jspecify.annotations.NullMarked;
