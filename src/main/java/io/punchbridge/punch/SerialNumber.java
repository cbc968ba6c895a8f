package io.punchbridge.punch;

import java.util.regex.Pattern;

/**
 * Serial number of a biometric machine, trimmed, and without line breaks or control characters: whoever holds a token may
 * make one up, and it goes into log lines. {@link #UNKNOWN} stands where an authenticated callback named no
 * device that could be told apart.
 */
public record SerialNumber(String value) {

    private static final Pattern BREAKS_A_LINE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    public static final SerialNumber UNKNOWN = new SerialNumber("");

    public SerialNumber {
        value = BREAKS_A_LINE.matcher(value.strip()).replaceAll("?");
    }

    public boolean isKnown() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return isKnown() ? value : "(unknown device)";
    }
}
