package io.punchbridge.delivery;

import io.punchbridge.frappe.FrappeFailure;

/** Why a round can't go on sending. */
sealed interface Obstacle {
    /** Frappe can't now; it passes by itself. */
    record Away(FrappeFailure failure) implements Obstacle {}

    /** Too little is left of the lease to send more under this claim; what wasn't sent is claimed anew. */
    record OutOfTime() implements Obstacle {}

    /** A person must act; the reason says on what. */
    record SetUp(String reason) implements Obstacle {}
}
