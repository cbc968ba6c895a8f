/** The CAMS gateway: what it calls back with, who may call, what we answer. The only room that knows CAMS' JSON. */
@NullMarked
package io.punchbridge.gateway;

import org.jspecify.annotations.NullMarked;
