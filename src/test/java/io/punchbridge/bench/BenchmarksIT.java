package io.punchbridge.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Measures all that docs/benchmarks.md names. Fails where something could not be measured, or a punch was lost
 * or doubled on the way; never for a slow machine.
 */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchmarksIT {
    private static final List<Measurement> ALL = List.of(
            new StartAndMemory(),
            new LonePunch(),
            new Acknowledgements(),
            new AcknowledgementLatency(),
            new DeliveryRate(),
            new LiveBeforeHistory(),
            new Drain(),
            new ManyStored(),
            new ConsolePages());

    private Report report;

    @BeforeAll
    void begin() throws Exception {
        report = new Report(Machine.here());
    }

    @TestFactory
    Stream<DynamicTest> measurements() {
        List<String> only = Arrays.stream(Settings.ONLY.split(",", -1))
                .filter(name -> !name.isBlank())
                .toList();
        return ALL.stream()
                .filter(measurement -> only.isEmpty() || only.contains(measurement.name()))
                .map(measurement -> DynamicTest.dynamicTest(measurement.name(), () -> run(measurement)));
    }

    private void run(Measurement measurement) throws Exception {
        List<Row> rows = new ArrayList<>();
        Others others = Others.watch();
        try {
            rows.addAll(measurement.measure());
        } catch (Exception failed) {
            rows.add(Row.notMeasured(measurement.name(), "", "failed, see the build's output"));
            throw failed;
        } finally {
            double share = others.share();
            rows.forEach(row -> row.with(Report.OTHERS, share));
            report.add(rows);
            rows.forEach(row -> System.out.println(row.what() + ": " + row.measured() + "  [" + row.spread() + "]"));
        }
    }

    @AfterAll
    void end() {
        System.out.println(report.markdown());
        System.out.println("Written to " + Report.file("benchmarks.md") + " and benchmarks.json beside it.");
    }
}
