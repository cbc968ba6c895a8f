package io.punchbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks names and passwords. On a few threads of its own, with a bounded queue before them: whoever tries passwords at
 * full speed takes neither the threads that answer callbacks nor all of the processors.
 *
 * <p>Behind a proxy of CDI: filters are made before the configuration may be read.
 */
@ApplicationScoped
class Logins {
    /** Beyond these, bcrypt looks at nothing. */
    static final int LONGEST_PASSWORD = 72;

    static final int QUEUE = 32;
    static final int AT_ONCE = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

    private static final Logger LOG = Logger.getLogger(Logins.class);

    private final LoginSettings settings;
    private final Map<String, LoginSettings.User> users;
    private final EqualWork work;
    private final Remembered remembered;
    private final LockOut lockOut;
    private final MeterRegistry metrics;
    private final Map<String, CompletableFuture<Verdict>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    Logins(LoginSettings settings, PasswordCheck check, Clock clock, MeterRegistry metrics) {
        this.settings = settings;
        this.users = settings.users().stream()
                .collect(Collectors.toUnmodifiableMap(LoginSettings.User::name, Function.identity()));
        this.work = new EqualWork(settings.users(), check);
        this.remembered = new Remembered(clock);
        this.lockOut = new LockOut(settings.lockOutAfter(), settings.lockOutFor(), clock);
        this.metrics = metrics;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "login-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    void tell(@Observes StartupEvent event) {
        if (settings.areOff()) {
            LOG.info(
                    "Nobody can log in, so the console and the API are off for people; commands on this host work. To turn"
                            + " them on, run hash-password, set punchbridge.console.users.<name>.password-hash and .role"
                            + " (viewer or operator), and restart.");
        } else {
            LOG.infof("%d users can log in to the console and the API.", users.size());
        }
    }

    boolean areOff() {
        return settings.areOff();
    }

    /**
     * Never blocks, and never fails.
     *
     * @param address where they come from, as far as it can be believed
     */
    CompletionStage<Verdict> check(BasicCredentials offered, String address) {
        String fingerprint = remembered.fingerprint(offered, address);
        // One who is at work isn't thrown out by somebody who guesses elsewhere; where somebody has guessed from the
        // same address at the same name, remembering is no way around the lock.
        if (lockOut.isClean(offered.name(), address)) {
            LoginSettings.User known = remembered.find(fingerprint).orElse(null);
            if (known != null) {
                return CompletableFuture.completedFuture(new Verdict.Accepted(known));
            }
        }
        if (lockOut.isLocked(address)) {
            count(LockOut.Outcome.LOCKED.name());
            return CompletableFuture.completedFuture(new Verdict.Refused());
        }
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        CompletableFuture<Verdict> other = underWay.putIfAbsent(fingerprint, mine);
        // A page asks for many things at once: these are one check, and one guess is one guess.
        return other != null ? other : begin(fingerprint, offered, address, mine);
    }

    private CompletableFuture<Verdict> begin(
            String fingerprint, BasicCredentials offered, String address, CompletableFuture<Verdict> mine) {
        try {
            threads.execute(() -> {
                Verdict verdict = new Verdict.Refused();
                try {
                    verdict = judge(fingerprint, offered, address);
                } catch (RuntimeException failed) {
                    LOG.error("A login could not be checked and is refused.", failed);
                } finally {
                    underWay.remove(fingerprint, mine);
                    mine.complete(verdict);
                }
            });
        } catch (RejectedExecutionException full) {
            underWay.remove(fingerprint, mine);
            count("BUSY");
            mine.complete(new Verdict.Busy());
        }
        return mine;
    }

    private Verdict judge(String fingerprint, BasicCredentials offered, String address) {
        LoginSettings.User user = users.get(offered.name());
        byte[] password = offered.password().getBytes(UTF_8);
        boolean right = work.matches(password, user) && password.length <= LONGEST_PASSWORD;
        LockOut.Outcome outcome = lockOut.settle(user == null ? null : user.name(), address, right);
        count(outcome.name());
        return verdict(outcome, fingerprint, user);
    }

    private Verdict verdict(LockOut.Outcome outcome, String fingerprint, LoginSettings.@Nullable User user) {
        if (outcome != LockOut.Outcome.ACCEPTED || user == null) {
            return new Verdict.Refused();
        }
        remembered.put(fingerprint, user);
        return new Verdict.Accepted(user);
    }

    private void count(String outcome) {
        Counter.builder("punchbridge.logins")
                .description("Checked names and passwords by what came of them")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(metrics)
                .increment();
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
