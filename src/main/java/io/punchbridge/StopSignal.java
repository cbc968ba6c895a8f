package io.punchbridge;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/**
 * Makes a stop that was asked for (SIGTERM, Ctrl-C) end with exit code 0, where a JVM says 143 and 130 by itself. All
 * else of the shutdown stays as it is: requests answered, batch ended, store closed.
 */
final class StopSignal {
    /** Codes above it stand for a signal, by the shell's custom. */
    private static final int SIGNALS = 128;

    private static final boolean NATIVE = System.getProperty("org.graalvm.nativeimage.imagecode") != null;

    private StopSignal() {}

    static void endsWithZero() {
        if (NATIVE) {
            // Quarkus itself listens to the signals in a native image, and brings them here.
            ApplicationLifecycleManager.setDefaultExitCodeHandler(
                    (code, failure) -> System.exit(failure == null && code > SIGNALS ? 0 : code));
        } else {
            exitOn("TERM");
            exitOn("INT");
        }
    }

    /** By reflection, as the compiler warns of this class without a way to silence it; its module is open for good. */
    private static void exitOn(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object exit =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        System.exit(0);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Logger.getLogger(StopSignal.class)
                    .debugf(e, "SIG%s can't be listened to here; a stop by it ends with the JVM's own exit code", name);
        }
    }
}
