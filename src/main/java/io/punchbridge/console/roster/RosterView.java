package io.punchbridge.console.roster;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last comparison found, over all devices.
 *
 * @param mode as the configuration has it
 * @param modeWords what the mode does, and how it is changed
 * @param compared null if this process has not compared yet
 * @param problem why nothing was compared; null if it was
 * @param commands how many changes of devices' users there are in each state; those without any left out
 */
public record RosterView(
        String mode,
        String modeWords,
        @Nullable Moment compared,
        @Nullable String problem,
        List<Row> devices,
        List<CommandCount> commands) {

    /**
     * One device.
     *
     * @param listed whether the device gave its list of users
     * @param gone users whose employee has left
     * @param unknown users whom no employee has the id of
     * @param others that a person must look at
     * @param skipped why it was not compared; null if it was
     */
    public record Row(
            String name,
            String link,
            boolean listed,
            int agreed,
            long missing,
            long renamed,
            long gone,
            long unknown,
            long others,
            boolean stopped,
            @Nullable String skipped) {}

    /** @param words what the state means */
    public record CommandCount(String state, String count, String words) {}

    public boolean isCompared() {
        return compared != null && problem == null;
    }

    public boolean hasCommands() {
        return !commands.isEmpty();
    }
}
