/** How far Frappe's auto attendance may go, and what becomes of punches that come after it went. */
@NullMarked
package io.punchbridge.attendance;

import org.jspecify.annotations.NullMarked;
