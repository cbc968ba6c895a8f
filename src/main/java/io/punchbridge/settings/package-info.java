/**
 * Reads the configuration once, checks all of it, and hands each room its own settings. The only room that knows keys
 * and environment variables.
 */
@NullMarked
package io.punchbridge.settings;

import org.jspecify.annotations.NullMarked;
