@NullMarked
package io.punchbridge.gateway;

import org.jspecify.annotations.NullMarked;
