package io.punchbridge;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Punchbridge {
    private Punchbridge() {}

    public static void main(String... args) {
        StopSignal.endsWithZero();
        Quarkus.run(args);
    }
}
