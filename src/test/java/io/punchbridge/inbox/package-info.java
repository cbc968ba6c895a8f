@NullMarked
package io.punchbridge.inbox;

import org.jspecify.annotations.NullMarked;
