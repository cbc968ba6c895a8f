package io.punchbridge.console;

import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import io.punchbridge.reconciliation.Reconciliation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Stands where a build has no reconciliation, and says so. */
final class NoReconciliation implements Reconciliation {
    @Override
    public Started start(Device device, LocalDate from, LocalDate to) {
        return new Started.Refused("This build of Punchbridge can't load history.");
    }

    @Override
    public Optional<Run> run(String id) {
        return Optional.empty();
    }

    @Override
    public List<Run> recent(int limit) {
        return List.of();
    }

    @Override
    public boolean cancel(String run) {
        return false;
    }
}
