package io.punchbridge.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param reached null where nothing is to be reached, or nothing could be measured
 * @param numbers what the line was made of, for machines
 */
record Row(
        String what,
        String measured,
        String reach,
        @Nullable Boolean reached,
        String spread,
        Map<String, Object> numbers) {

    static Row of(String what, String measured, String reach, boolean reached, String spread) {
        return new Row(what, measured, reach, reached, spread, new LinkedHashMap<>());
    }

    static Row notMeasured(String what, String reach, String why) {
        return new Row(what, "not measured: " + why, reach, null, "", new LinkedHashMap<>());
    }

    Row with(String name, Object value) {
        numbers.put(name, value);
        return this;
    }

    String verdict() {
        return reached == null ? "–" : reached ? "yes" : "**no**";
    }
}
