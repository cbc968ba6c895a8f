@NullMarked
package io.punchbridge.settings;

import org.jspecify.annotations.NullMarked;
