/** The page that shows how the devices' users compare with the employees. */
@NullMarked
package io.punchbridge.console.roster;

import org.jspecify.annotations.NullMarked;
