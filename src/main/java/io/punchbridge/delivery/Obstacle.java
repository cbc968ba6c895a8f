package io.punchbridge.delivery;

import io.punchbridge.frappe.FrappeFailure;

/** Why a round can't go on sending. */
sealed interface Obstacle {
    /** Frappe can't now; it passes by itself. */
    record Away(FrappeFailure failure) implements Obstacle {}

    /** A person must act; the reason says on what. */
    record SetUp(String reason) implements Obstacle {}
}
