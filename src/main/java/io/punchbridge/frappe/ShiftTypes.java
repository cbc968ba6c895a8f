package io.punchbridge.frappe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Shift Types of a site. One that can't be read keeps the others from nothing.
 *
 * @param unread by name, why it couldn't be read; nothing is known of these, not even whether auto attendance is on
 */
public record ShiftTypes(List<ShiftType> read, Map<String, FrappeFailure> unread) {
    public ShiftTypes {
        read = List.copyOf(read);
        unread = Collections.unmodifiableMap(new LinkedHashMap<>(unread));
    }

    /** Of all that the site has, those that could be read first. */
    public List<String> names() {
        return Stream.concat(read.stream().map(ShiftType::name), unread.keySet().stream())
                .toList();
    }
}
