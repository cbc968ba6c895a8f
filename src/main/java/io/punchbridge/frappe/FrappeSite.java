package io.punchbridge.frappe;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that we make on a Frappe site. Each blocks until its answer, at most for the configured time-out. */
public interface FrappeSite {
    /** Frappe refuses more documents in one {@code insert_many}. */
    int MOST_IN_A_BATCH = 200;

    /** Inserts one check-in; the row is Frappe's echo of what it kept. */
    FrappeAnswer<CheckinRow> insert(Checkin checkin);

    /** Inserts all or none of at most {@link #MOST_IN_A_BATCH}; the names come in their order. */
    FrappeAnswer<List<String>> insertMany(List<Checkin> checkins);

    /** Rows by name, in no order; a name that doesn't exist has none. */
    FrappeAnswer<List<CheckinRow>> rows(List<String> names);

    /** Rows that equal one of these check-ins by Frappe's own duplicate rule. At most {@link #MOST_IN_A_BATCH}. */
    FrappeAnswer<List<CheckinRow>> lookUp(List<Checkin> checkins);

    /** Most rows in an answer of {@link #between}: half a megabyte. */
    int MOST_NEIGHBOURS = 2000;

    /**
     * Whatever check-ins these employees have in a span of time, the earliest {@link #MOST_NEIGHBOURS}; there may be more
     * if there are as many.
     *
     * @param from wall time of the site, inclusive
     * @param until exclusive
     */
    FrappeAnswer<List<Neighbour>> between(Collection<String> employees, LocalDateTime from, LocalDateTime until);

    /** Removes a check-in; success also when it is gone already. */
    FrappeAnswer<Boolean> remove(String checkin);

    /** Writes the time of a check-in; the row is Frappe's echo. */
    FrappeAnswer<CheckinRow> correctTime(String checkin, LocalDateTime time);

    FrappeAnswer<SiteTimeZone> timeZone();

    /**
     * A page of employees in the order of their names, those without a device id included, starting after
     * {@code offset} others.
     *
     * @param modifiedSince only those changed at or after this wall time of the site; null for all
     */
    FrappeAnswer<EmployeePage> employees(@Nullable LocalDateTime modifiedSince, int offset);

    /**
     * A page of the employees whom a filter lets through, in the order of their names, those without a device id
     * included, starting after {@code offset} others.
     */
    FrappeAnswer<EmployeePage> employeesWhere(EmployeeFilter filter, int offset);

    /** When this client last got any answer of the site's own, or null. */
    @Nullable Instant lastAnswerAt();
}
