package io.punchbridge.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Makes what lives as long as the process. */
@Singleton
class AccessProducer {
    @Produces
    @Singleton
    AccessToken token() {
        return AccessToken.random();
    }

    /** Behind a proxy of CDI, so that a test can put another in its place. */
    @Produces
    @ApplicationScoped
    PasswordCheck passwordCheck() {
        return BCrypt::checkpw;
    }
}
