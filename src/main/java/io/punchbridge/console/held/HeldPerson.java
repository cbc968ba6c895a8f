package io.punchbridge.console.held;

import io.punchbridge.console.Moment;
import java.util.List;

/**
 * A user id of devices for which punches are held.
 *
 * @param place where it stands on the page, from 1; tells parts of the page apart
 * @param punches how many; the number that an action on them confirms
 * @param more whether there are more than these, so that no action may mean them all
 * @param names what devices call the id, e.g. {@code "Jane Doe" on gate}
 * @param reasons the different ones
 */
public record HeldPerson(
        int place,
        String user,
        long punches,
        boolean more,
        Moment oldest,
        Moment newest,
        List<String> devices,
        List<String> names,
        List<String> reasons,
        List<Suggestion> suggestions) {

    /**
     * An employee who it could be.
     *
     * @param employee Frappe's id
     * @param why what speaks for it
     * @param advice what to do if it is
     */
    public record Suggestion(String employee, String name, String href, String why, String advice) {}
}
