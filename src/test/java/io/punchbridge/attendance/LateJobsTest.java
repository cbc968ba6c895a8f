package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.LatePunches;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.SiteTimeZone;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.LogType;
import io.punchbridge.testing.LogLines;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The minutely job and its gauges, on a real store beside a pretended HRMS. */
class LateJobsTest {
    private static final FrappeFailure AWAY = new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<String> scheduled = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private LateBench bench;

    @BeforeEach
    void openOnTheRecordedDay() {
        bench = new LateBench(directory);
        bench.recordedDay();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private LateJobs jobs(LateMode mode) {
        return jobs(mode, bench.clusterLock(), metrics);
    }

    private LateJobs jobs(LateMode mode, ClusterLock clusterLock, SimpleMeterRegistry metricsOfOne) {
        AttendanceSettings all = Given.settings(Mode.OFF);
        AttendanceSettings settings = new AttendanceSettings(
                all.watermark(),
                all.every(),
                all.margin(),
                all.deviceChoice(),
                all.shiftTypesOf(),
                all.heldPatience(),
                all.gatewayKnown(),
                new LatePunches(mode, Duration.ofMinutes(10), Duration.ofDays(31)));
        FrappeSite site = proxy(
                FrappeSite.class, (self, method, args) -> new Success<>(new SiteTimeZone(ZoneOffset.UTC, "a test")));
        return new LateJobs(
                settings,
                bench.latePunches(),
                bench.hrms,
                new SiteZone(site, bench.clock),
                new Directory(site, bench.clock),
                new LateGauges(bench.latePunches(), metricsOfOne),
                clusterLock,
                bench.clock);
    }

    private void schedule(LateJobs jobs) {
        InvocationHandler definition = (self, method, args) -> method.getName().equals("schedule") ? null : self;
        Scheduler scheduler = proxy(Scheduler.class, (self, method, args) -> {
            scheduled.add(method.getName() + " " + args[0]);
            return Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Scheduler.JobDefinition.class}, definition);
        });
        jobs.schedule(new StartupEvent(), scheduler);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private double gauge(State state) {
        return metrics.get("punchbridge.late.punches")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .gauge()
                .value();
    }

    private @Nullable Gauge anyGauge() {
        return metrics.find("punchbridge.late.punches").gauge();
    }

    @Test
    void off_means_that_there_is_no_job_and_no_gauge() {
        // Given
        bench.recordedLatePunches();

        // When
        schedule(jobs(LateMode.OFF));

        // Then
        assertThat(scheduled).isEmpty();
        assertThat(anyGauge()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = LateMode.class,
            names = {"REPORT", "DRY_RUN", "REPAIR"})
    void any_other_mode_has_its_job_and_gauges(LateMode mode) {
        // When
        schedule(jobs(mode));

        // Then
        assertThat(scheduled).containsExactly("newJob late-punches");
        assertThat(anyGauge()).isNotNull();
    }

    @Test
    void off_there_is_a_job_still_while_a_repair_is_under_way_and_it_ends_that_alone() {
        // Given
        bench.late("104", "13:00", LogType.IN);
        bench.late("104", "18:00", LogType.OUT);
        bench.hrms.meanwhile.put("cancel", () -> bench.hrms.failures.put("process", AWAY));
        bench.round();
        bench.hrms.failures.clear();
        bench.hrms.meanwhile.clear();
        bench.late("102", "18:01", LogType.OUT);
        bench.clock.forward(Duration.ofMinutes(16));
        LateJobs jobs = jobs(LateMode.OFF);
        schedule(jobs);

        // When
        jobs.run();

        // Then
        assertThat(scheduled).containsExactly("newJob late-punches");
        assertThat(bench.entry("104").state()).isEqualTo(State.REPAIRED);
        assertThat(bench.hrms.standing("HR-EMP-00102").status()).isEqualTo("Absent");
    }

    @Test
    void a_run_judges_and_the_next_repairs_and_the_gauges_follow() {
        // Given
        bench.recordedLatePunches();
        bench.late("101", "12:00", LogType.OUT);
        LateJobs jobs = jobs(LateMode.REPAIR);
        schedule(jobs);
        jobs.run();
        double waiting = gauge("punchbridge.late.punches.candidates");
        bench.clock.forward(Duration.ofMinutes(16));
        jobs.run();

        // When
        jobs.run();

        // Then
        assertThat(waiting).isEqualTo(6);
        assertThat(gauge("punchbridge.late.punches.candidates")).isZero();
        assertThat(gauge(State.REPAIRED)).isEqualTo(3);
        assertThat(gauge(State.NOT_NEEDED)).isEqualTo(1);
        assertThat(gauge(State.FOUND)).isZero();
        assertThat(gauge("punchbridge.late.punches.stuck")).isZero();
    }

    @Test
    void a_repair_that_is_not_through_after_five_tries_shows_as_stuck() {
        // Given
        bench.late("104", "13:00", LogType.IN);
        bench.late("104", "18:00", LogType.OUT);
        bench.hrms.meanwhile.put("cancel", () -> bench.hrms.failures.put("process", AWAY));
        LateJobs jobs = jobs(LateMode.REPAIR);
        schedule(jobs);
        for (int i = 0; i < 6; i++) {
            bench.clock.forward(Duration.ofMinutes(16));
            jobs.run();
        }
        double before = gauge("punchbridge.late.punches.stuck");
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        jobs.run();

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(gauge(State.REPAIRING)).isEqualTo(1);
    }

    @Test
    void what_was_only_reported_is_looked_at_again_after_a_start_in_another_mode() {
        // Given
        bench.mode = LateMode.REPORT;
        bench.recordedLatePunches();
        bench.round();

        // When
        jobs(LateMode.REPAIR).run();

        // Then
        assertThat(bench.entries())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(State.REPAIRED));
    }

    @Test
    void while_one_replica_is_at_it_another_looks_at_the_counts_alone() throws Exception {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        CountDownLatch repairing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        bench.hrms.meanwhile.put("loggedUser", () -> {
            repairing.countDown();
            try {
                goOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        LateJobs other = jobs(LateMode.REPAIR, bench.clusterLock(), new SimpleMeterRegistry());
        Future<?> first = thread.submit(other::run);
        assertThat(repairing.await(60, TimeUnit.SECONDS)).isTrue();
        LateJobs second = jobs(LateMode.REPAIR);
        schedule(second);

        // When
        second.run();

        // Then
        assertThat(bench.hrms.calls.stream().filter("loggedUser"::equals)).hasSize(1);
        assertThat(gauge(State.FOUND)).isEqualTo(3);
        goOn.countDown();
        first.get(60, TimeUnit.SECONDS);
        thread.shutdown();
    }

    @Test
    void a_storage_that_fails_is_told_and_ends_the_turn_alone() {
        // Given
        bench.recordedLatePunches();
        bench.round();
        List<String> asked = new ArrayList<>();
        LateJobs jobs = jobs(
                LateMode.REPAIR,
                (name, atMost, job) -> {
                    asked.add(name);
                    throw new StorageException("The storage is away.");
                },
                metrics);

        // When
        List<String> said;
        try (LogLines lines = new LogLines(LateJobs.class)) {
            jobs.run();
            said = lines.take();
        }

        // Then
        assertThat(asked).containsExactly("late-punches");
        assertThat(said).singleElement().asString().contains("The storage is away.");
    }

    @Test
    void a_site_that_is_away_is_said_once_and_again_when_it_is_away_anew() {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.failures.put("loggedUser", AWAY);
        LateJobs jobs = jobs(LateMode.REPORT);
        List<Integer> said = new ArrayList<>();

        // When
        try (LogLines lines = new LogLines(LateJobs.class)) {
            for (boolean away : List.of(true, true, false, true)) {
                if (away) {
                    bench.hrms.failures.put("loggedUser", AWAY);
                } else {
                    bench.hrms.failures.clear();
                }
                jobs.run();
                bench.clock.forward(Duration.ofHours(7));
                said.add(lines.take().size());
            }
        }

        // Then
        assertThat(said).containsExactly(1, 0, 0, 1);
    }
}
