@NullMarked
package io.punchbridge.reconciliation;

import org.jspecify.annotations.NullMarked;
