package io.punchbridge.punch;

/** Where a stored punch stands. Every state but {@link #PENDING} and {@link #DELIVERED} carries a reason in words. */
public enum PunchState {
    /** Waits for its delivery. */
    PENDING,
    /** Stands in Frappe as an Employee Checkin whose name we know. */
    DELIVERED,
    /** No employee may be given this punch now; released by itself when the directory shows one. */
    HELD,
    /** Frappe refused it for good; a person corrects the cause and replays it. */
    REJECTED,
    /** Left out of Frappe by configuration. */
    IGNORED,
    /** Its time or user can't be believed or read. */
    QUARANTINED
}
