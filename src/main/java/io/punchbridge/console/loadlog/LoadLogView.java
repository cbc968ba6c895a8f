package io.punchbridge.console.loadlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the form offers.
 *
 * @param devices those that can be asked
 * @param silent those that can't
 * @param chosen name of the device that is chosen from the beginning; empty for all
 * @param note what to say of the device that was wanted and can't be chosen; null if nothing
 * @param from first day in the form
 * @param to last day in the form
 * @param latest the last day that can be chosen as the first
 */
public record LoadLogView(
        List<String> devices,
        List<Silent> silent,
        String chosen,
        @Nullable String note,
        String from,
        String to,
        String latest) {

    /** A device that can't be asked. */
    public record Silent(String name, String link, String why) {}

    public boolean canAsk() {
        return !devices.isEmpty();
    }

    public boolean isChosen(String device) {
        return device.equals(chosen);
    }

    public boolean hasSilent() {
        return !silent.isEmpty();
    }

    public int number() {
        return devices.size();
    }
}
