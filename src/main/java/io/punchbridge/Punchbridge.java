package io.punchbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.punchbridge.command.DoctorCommand;
import io.punchbridge.command.PunchbridgeCommand;
import io.punchbridge.doctor.SetUpCheck;
import io.punchbridge.settings.CommandSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;

/** Starts the service; with arguments, carries out a command and starts nothing of the service. */
@QuarkusMain
public final class Punchbridge {
    private Punchbridge() {}

    public static void main(String... args) {
        if (args.length > 0) {
            Clock clock = Clock.systemUTC();
            System.exit(new PunchbridgeCommand(CommandSettings::tokenFile, clock, version())
                    .with(new DoctorCommand(
                            () -> SetUpCheck.of(CommandSettings.setUp(), clock),
                            () -> System.getenv(CommandSettings.FIX_TOKEN)))
                    .execute(args));
        }
        StopSignal.endsWithZero();
        Quarkus.run(args);
    }

    private static String version() {
        try (InputStream version = Punchbridge.class.getResourceAsStream("/version.txt")) {
            return version == null ? "of unknown version" : new String(version.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
