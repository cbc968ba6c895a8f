@NullMarked
package io.punchbridge.frappe;

import org.jspecify.annotations.NullMarked;
