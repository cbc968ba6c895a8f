package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.gateway.CallerCheck.Why;
import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestDoor;
import io.punchbridge.testing.TestSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers may write into our log, and how much of it. */
class DoorWatchTest {
    private static final Logger LOG = Logger.getLogger(DoorWatch.class.getName());
    private static final SerialNumber DECLARED = new SerialNumber(TestSettings.SERIAL_NUMBER);

    private final SteppableClock clock = new SteppableClock();
    private final DoorWatch watch = new DoorWatch(TestDoor.DEVICES, new SimpleMeterRegistry(), clock);
    private final List<String> lines = new ArrayList<>();
    private final PatternFormatter message = new PatternFormatter("%s");
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(message.format(record));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(recorder);
    }

    @AfterEach
    void hush() {
        LOG.removeHandler(recorder);
        LOG.setLevel(null);
    }

    @Test
    void what_a_caller_sent_stays_in_its_line() {
        // Given
        LOG.setLevel(Level.FINE);
        String forged = "Ping\n2024-09-17 04:49:03.200 ERROR forged\r\u0085\u2028\u001b[31m" + "x".repeat(200);
        DeviceEvent event = DeviceEvent.of(DECLARED, forged, null, null, "{}");

        // When
        watch.stored(DECLARED, arrivalOf(event), new Stored(0, 0, 1));

        // Then
        assertThat(lines).hasSize(1).allSatisfy(line -> {
            assertThat(line).matches("[\\p{Graph}… ]*").contains("Ping?");
            assertThat(line.length()).isLessThan(160);
        });
    }

    @Test
    void a_serial_number_breaks_no_line() {
        // When
        watch.refused(Why.WRONG_TOKEN, new SerialNumber("SN\n2024 ERROR forged\r\u0085\u2028"));

        // Then
        assertThat(lines).hasSize(1).allMatch(line -> line.matches("[\\p{Graph} ]*"));
    }

    @Test
    void one_kind_of_complaint_is_told_once_a_minute_with_the_number_of_the_others() {
        // Given
        for (int i = 0; i < 5; i++) {
            watch.refused(Why.WRONG_TOKEN, DECLARED);
        }
        clock.step(Duration.ofSeconds(61));

        // When
        watch.refused(Why.WRONG_TOKEN, DECLARED);

        // Then
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("(4 more like it");
    }

    @Test
    void of_more_complaints_than_a_thousand_the_first_are_forgotten() {
        // Given
        for (int i = 0; i < 1001; i++) {
            watch.undeclared(new SerialNumber("SN-" + i));
        }
        watch.undeclared(new SerialNumber("SN-1001"));

        // When
        watch.undeclared(new SerialNumber("SN-0"));

        // Then
        assertThat(lines).filteredOn(line -> line.contains("Device SN-0 ")).hasSize(2);
    }

    private Arrival arrivalOf(DeviceEvent event) {
        return new Arrival(Source.CALLBACK, clock.instant(), List.of(), List.of(), List.of(event));
    }
}
