package io.punchbridge.console.roster;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the users of one device compare with the employees.
 *
 * @param known whether it was compared; if not, {@code why} says why not
 * @param listed whether the device gave its list of users
 * @param stopped deletions that wait for a person's consent, in words; null if none do
 */
public record DeviceUsersView(
        String name,
        String link,
        boolean known,
        @Nullable String why,
        @Nullable Moment compared,
        boolean listed,
        String present,
        String agreed,
        List<Group> groups,
        List<Command> commands,
        int moreCommands,
        @Nullable String stopped,
        @Nullable String note) {

    /**
     * The findings of a kind.
     *
     * @param advice what mode apply does about them, or what a person should
     * @param more how many are not shown
     */
    public record Group(String title, String count, String advice, List<Difference> shown, int more) {}

    /** One user. Empty where nothing is known or wanted. */
    public record Difference(String user, String employee, String wanted, String onDevice) {}

    /** A change that the device is told. */
    public record Command(
            String user,
            String what,
            String state,
            int attempts,
            Moment planned,
            @Nullable String reason) {}

    public boolean agrees() {
        return known && groups.isEmpty();
    }

    public boolean hasCommands() {
        return !commands.isEmpty();
    }
}
