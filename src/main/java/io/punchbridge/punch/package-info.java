/**
 * The domain: a punch, its identity, its states, the device it came from. Knows nothing of CAMS, Frappe or SQL, and
 * imports nothing else of this project.
 */
@NullMarked
package io.punchbridge.punch;

import org.jspecify.annotations.NullMarked;
