package io.punchbridge.roster;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An employee's name as a device takes it: the first word, and the rest.
 *
 * <p>Cut to {@link #MOST_BYTES}: what is longer is cut by the device, or refused.
 */
record DeviceName(String first, String last) {
    /** In UTF-8, the blank between both names included; the name field of the machines that most others copy. */
    static final int MOST_BYTES = 24;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\p{Z}]+");

    static DeviceName of(String name) {
        String cut = cut(BLANKS.matcher(name).replaceAll(" ").strip());
        int blank = cut.indexOf(' ');
        return blank < 0 ? new DeviceName(cut, "") : new DeviceName(cut.substring(0, blank), cut.substring(blank + 1));
    }

    private static String cut(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int point = name.codePointAt(end);
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                return name.substring(0, end).strip();
            }
            end += Character.charCount(point);
        }
        return name;
    }

    String full() {
        return last.isEmpty() ? first : first + " " + last;
    }
}
