package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SteppableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which echoes prove the way, and which rows may be taken for what our own insert left there, and so be removed. */
class EchoCheckTest {
    private static final LocalDateTime PUNCHED = LocalDateTime.of(2026, 1, 5, 8, 58, 1);
    private static final LocalDateTime INSERTED = LocalDateTime.of(2026, 1, 5, 9, 30, 0);
    private static final Parcel PARCEL = new Parcel(
            new Checkin("HR-EMP-00001", PUNCHED, LogType.IN, "head-office", false),
            new Employee("HR-EMP-00001", "Emp001 Test", new UserId("1"), "Active", null),
            List.of());

    private final SteppableClock clock = new SteppableClock();
    private final Gate gate = new Gate(
            new DeliverySettings(
                    200,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(125),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(59)),
            clock,
            new Random(1));
    private final EchoCheck check = new EchoCheck(neverAsked(), gate, keys -> true, clock);

    @Test
    void a_row_of_ours_that_lost_its_time_is_at_fault() {
        // When
        Optional<EchoCheck.Fault> fault = check.judgeRow(PARCEL, rowAtItsCreation("head-office"));

        // Then
        assertThat(fault).isPresent();
    }

    @Test
    void a_row_of_a_batch_whose_employee_is_gone_is_at_fault() {
        // When
        Optional<EchoCheck.Fault> fault = check.judgeRow(PARCEL, echo(null, PUNCHED, LogType.IN));

        // Then
        assertThat(fault).isPresent();
    }

    @Test
    void the_same_employees_checkin_by_phone_is_not_ours_to_remove() {
        // When
        Optional<EchoCheck.Fault> fault = check.judgeRow(PARCEL, rowAtItsCreation(null));

        // Then
        assertThat(fault).isEmpty();
        assertThat(check.mayBeOurs(PARCEL.checkin(), rowAtItsCreation(null))).isFalse();
    }

    @Test
    void an_echo_that_is_right_in_all_proves_the_way() {
        // When
        Optional<EchoCheck.Fault> fault = check.judgeEcho(PARCEL, echo("Emp001 Test", PUNCHED, LogType.IN));

        // Then
        assertThat(fault).isEmpty();
        assertThat(gate.needsCanary()).isFalse();
    }

    static Stream<Arguments> wrongEchoes() {
        return Stream.of(
                arguments("another time", echo("Emp001 Test", PUNCHED.plusHours(3), LogType.IN), "kept with"),
                arguments("another log type", echo("Emp001 Test", PUNCHED, LogType.NONE), "log type"),
                arguments("another name", echo("Emp002 Test", PUNCHED, LogType.IN), "employee name"),
                arguments("no name", echo(null, PUNCHED, LogType.IN), "no employee name"),
                arguments("a time that may not be read", echo("Emp001 Test", null, LogType.IN), "permission level 1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongEchoes")
    void an_echo_that_says_something_else_is_at_fault_and_proves_nothing(
            String what, CheckinRow echo, String expectedWords) {
        // When
        Optional<EchoCheck.Fault> fault = check.judgeEcho(PARCEL, echo);

        // Then
        assertThat(fault)
                .as(what)
                .hasValueSatisfying(found -> assertThat(found.meaning()).contains(expectedWords));
        assertThat(gate.needsCanary()).isTrue();
    }

    private static CheckinRow echo(@Nullable String employeeName, @Nullable LocalDateTime time, LogType logType) {
        return new CheckinRow("CKIN-1", "HR-EMP-00001", employeeName, time, logType, "head-office", INSERTED);
    }

    private static CheckinRow rowAtItsCreation(@Nullable String deviceId) {
        return new CheckinRow("CKIN-1", "HR-EMP-00001", "Emp001 Test", INSERTED, LogType.IN, deviceId, INSERTED);
    }

    private static FrappeSite neverAsked() {
        return (FrappeSite) Proxy.newProxyInstance(
                FrappeSite.class.getClassLoader(), new Class<?>[] {FrappeSite.class}, (site, method, arguments) -> {
                    throw new AssertionError("Frappe was asked for " + method.getName());
                });
    }
}
