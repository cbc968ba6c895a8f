@NullMarked
package io.punchbridge.console.devices;

import org.jspecify.annotations.NullMarked;
