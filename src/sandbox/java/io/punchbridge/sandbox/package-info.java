/**
 * Both outer worlds, simulated: a Frappe HR site and a CAMS gateway. Test code in every build, part of the service
 * only in the Maven profile {@code sandbox}.
 */
@NullMarked
package io.punchbridge.sandbox;

import org.jspecify.annotations.NullMarked;
