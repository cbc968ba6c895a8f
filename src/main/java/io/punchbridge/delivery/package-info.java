/** From a stored punch to a check-in that stands in Frappe: translate, send, make sure, settle. */
@NullMarked
package io.punchbridge.delivery;

import org.jspecify.annotations.NullMarked;
