/** Asks the gateway for each device's own history, fills what callbacks lost, and says until when nothing is missing. */
@NullMarked
package io.punchbridge.reconciliation;

import org.jspecify.annotations.NullMarked;
