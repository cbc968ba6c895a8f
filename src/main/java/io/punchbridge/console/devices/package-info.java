/** The pages that show how each declared device does. */
@NullMarked
package io.punchbridge.console.devices;

import org.jspecify.annotations.NullMarked;
