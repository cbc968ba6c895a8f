/** What the platform asks: is it alive, can it store, how much of what. Looks on, and changes nothing. */
@NullMarked
package io.punchbridge.probes;

import org.jspecify.annotations.NullMarked;
