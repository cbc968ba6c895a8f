package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rows of Frappe's may be taken for what our own insert left there, and so be removed. */
class EchoCheckTest {
    private static final LocalDateTime PUNCHED = LocalDateTime.of(2026, 1, 5, 8, 58, 1);
    private static final LocalDateTime INSERTED = LocalDateTime.of(2026, 1, 5, 9, 30, 0);
    private static final Parcel PARCEL = new Parcel(
            new Checkin("HR-EMP-00001", PUNCHED, LogType.IN, "head-office", false),
            new Employee("HR-EMP-00001", "Emp001 Test", new UserId("1"), "Active", null),
            List.of());

    private final SteppableClock clock = new SteppableClock();
    private final EchoCheck check = new EchoCheck(
            neverAsked(),
            new Gate(
                    new DeliverySettings(
                            200,
                            Duration.ofSeconds(1),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(125),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(59)),
                    clock,
                    new Random(1)),
            clock);

    @Test
    void a_row_of_ours_that_lost_its_time_is_at_fault() {
        // When
        Optional<EchoCheck.Fault> fault = check.judgeRow(PARCEL, rowAtItsCreation("head-office"));

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
