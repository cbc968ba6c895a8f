@NullMarked
package io.punchbridge.alerts;

import org.jspecify.annotations.NullMarked;
