package io.punchbridge.inbox;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** What this process is called among those that share a storage, for persons; several may have one name. */
@Singleton
public class ThisReplica {
    private final String name;

    @Inject
    ThisReplica() {
        this(System.getenv());
    }

    ThisReplica(Map<String, String> environment) {
        String host = environment.getOrDefault("HOSTNAME", "");
        this.name = host.isBlank() ? "punchbridge" : host;
    }

    /** The name of a container or pod; {@code punchbridge} where the environment names no host. */
    public String name() {
        return name;
    }
}
