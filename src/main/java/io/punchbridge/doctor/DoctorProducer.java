package io.punchbridge.doctor;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The check for the running service; a command makes its own. */
@Singleton
class DoctorProducer {
    @Produces
    @Singleton
    SetUpCheck setUpCheck(SetUpSettings settings, Clock clock) {
        return SetUpCheck.of(settings, clock);
    }
}
