package io.punchbridge.console.punches;

import io.punchbridge.api.Members;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person looks for, as it stands in the form; empty texts leave a part open.
 *
 * @param user id on devices
 * @param employee Frappe's id; only what was delivered is known by it
 * @param day of the site's zone
 * @param state as badges show it
 */
public record Sought(
        String name, String user, String employee, String device, String day, String state, String reason) {

    static Sought of(MultivaluedMap<String, String> form) {
        return new Sought(
                text(form.getFirst("name")),
                text(form.getFirst("user")),
                text(form.getFirst("employee")),
                text(form.getFirst("device")),
                text(form.getFirst("day")),
                text(form.getFirst("state")),
                text(form.getFirst("reason")));
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /** Of this one, whatever he is called. */
    Sought ofUser(String wanted) {
        return new Sought("", wanted, "", device, day, state, reason);
    }

    /** What was delivered for this one, under whatever id. */
    Sought ofEmployee(String wanted) {
        return new Sought("", "", wanted, device, day, state, reason);
    }

    Sought on(LocalDate wanted) {
        return new Sought(name, user, employee, device, wanted.toString(), state, reason);
    }

    Sought in(String wanted) {
        return new Sought(name, user, employee, device, day, wanted, reason);
    }

    /** Null for any day. */
    @Nullable LocalDate date() {
        if (day.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(day);
        } catch (DateTimeException noDay) {
            throw Members.bad("The day must be a date like 2026-10-31, or empty for any day.");
        }
    }

    /** Whether delivered or ignored ones are among what is looked for. */
    boolean meansSettled() {
        return state.isEmpty() || state.equals("delivered") || state.equals("ignored");
    }

    boolean isOfUserInEveryState() {
        return !user.isEmpty() && employee.isEmpty() && state.isEmpty() && reason.isEmpty();
    }

    boolean isOfEmployeeAlone() {
        return user.isEmpty() && !employee.isEmpty();
    }

    /** As the reader of filters takes it. */
    Map<String, Object> members(ZoneId site) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "user", user);
        put(members, "employee", employee);
        put(members, "device", device);
        put(members, "state", state);
        put(members, "reason", reason);
        LocalDate date = date();
        if (date != null) {
            members.put("from", date.atStartOfDay(site).toOffsetDateTime().toString());
            members.put(
                    "to", date.plusDays(1).atStartOfDay(site).toOffsetDateTime().toString());
        }
        return members;
    }

    private static void put(Map<String, Object> members, String name, String value) {
        if (!value.isEmpty()) {
            members.put(name, value);
        }
    }
}
