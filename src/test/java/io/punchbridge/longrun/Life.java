package io.punchbridge.longrun;

import io.punchbridge.packaged.ServiceProcess;
import io.punchbridge.simulation.TimeFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The service's lives, one after the other, and their sudden ends. */
final class Life implements AutoCloseable {
    private final ServiceProcess.Setup setup;
    private final TimeFile time;
    private final ExecutorService reaper = Executors.newSingleThreadExecutor();
    private final List<ServiceProcess> lives = new ArrayList<>();
    private @Nullable volatile ServiceProcess current;

    Life(ServiceProcess.Setup setup, TimeFile time) {
        this.setup = setup;
        this.time = time;
    }

    /** Returns when it is ready. */
    void begin() {
        ServiceProcess service = launch();
        service.awaitReady();
    }

    /** A life that ends while it starts. */
    void beginInVain(Duration life) {
        ServiceProcess service = launch();
        service.runFor(life);
        service.kill();
    }

    private ServiceProcess launch() {
        time.forgetService();
        ServiceProcess service = setup.launch();
        lives.add(service);
        current = service;
        return service;
    }

    boolean isUp() {
        ServiceProcess service = current;
        return service != null && service.isRunning();
    }

    /** Ends it by SIGKILL after a moment, whatever it is at then; doesn't wait for it. */
    void endAfter(Duration moment) {
        ServiceProcess service = current;
        if (service != null) {
            Future<?> unused = reaper.submit(() -> {
                service.runFor(moment);
                service.kill();
            });
        }
    }

    int count() {
        return lives.size();
    }

    /** Everything that any of them has printed. */
    List<String> output() {
        return lives.stream().flatMap(life -> life.output().lines()).toList();
    }

    /** What the last one has printed, for whoever looks for a cause. */
    String lastOutput() {
        ServiceProcess service = current;
        List<String> lines =
                service == null ? List.of() : service.output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    @Override
    public void close() {
        reaper.shutdownNow();
        lives.forEach(ServiceProcess::close);
    }
}
