package io.punchbridge.sandbox;

/**
 * Who is asking, and under which faults.
 *
 * @param french whether the words of an error come in French
 */
record Caller(SimulatedUser user, RequestPlan plan, boolean french) {

    boolean mayWriteTime() {
        return user.mayWriteTime() && !plan.isTimePermissionWithdrawn();
    }

    String email() {
        return user.email();
    }
}
