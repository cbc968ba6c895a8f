/** The Frappe site: its REST calls, what its answers mean, its employees. The only room that knows Frappe's JSON. */
@NullMarked
package io.punchbridge.frappe;

import org.jspecify.annotations.NullMarked;
