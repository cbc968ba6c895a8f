/** Who may ask the running service what, and how it proves that he may. */
@NullMarked
package io.punchbridge.access;

import org.jspecify.annotations.NullMarked;
