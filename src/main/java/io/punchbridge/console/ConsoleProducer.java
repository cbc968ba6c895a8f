package io.punchbridge.console;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what lives as long as the process. */
@Singleton
class ConsoleProducer {
    @Produces
    @Singleton
    AccessToken token() {
        return AccessToken.random();
    }
}
