package io.punchbridge.console.devices;

import io.punchbridge.access.People;
import io.punchbridge.testing.FakeReconciliation;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A site with more devices than one page shows, of which the gateway can be asked for all but one; its alerts reach nobody. */
public final class ManyDevices implements QuarkusTestProfile {
    public static final int BRANCHES = 30;

    /** The branches, those of all tests, and the depot. */
    public static final int ALL = BRANCHES + 4;

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> values = new HashMap<>(new People.Profile().getConfigOverrides());
        for (int i = 1; i <= BRANCHES; i++) {
            String device = "punchbridge.devices.branch-%02d.".formatted(i);
            values.put(device + "serial-number", "SN-BRANCH-" + i);
            values.put(device + "auth-token", "token-of-branch-" + i);
        }
        values.put("punchbridge.devices.depot.serial-number", "SN-DEPOT");
        values.put("punchbridge.devices.depot.auth-token", "token-of-depot");
        values.put("punchbridge.devices.depot.connection", "db-pull");
        values.put("punchbridge.devices.gate.silent-for", "24h");
        values.put("punchbridge.devices.gate.time-zone", "Africa/Nairobi");
        values.put("punchbridge.watch.silent-for", "0s");
        values.put("punchbridge.gateway.endpoint", "http://127.0.0.1:1/external/api3.0/biometric");
        values.put("punchbridge.reconciliation.enabled", "false");
        values.put("punchbridge.alerts.url", "http://127.0.0.1:1/hook");
        values.put("punchbridge.alerts.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        values.put(
                "punchbridge.storage.sqlite.file",
                Path.of("target", "test-data", UUID.randomUUID().toString(), "punchbridge.db")
                        .toString());
        return values;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeReconciliation.class);
    }
}
