package io.punchbridge.frappe;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a call brought no value.
 *
 * @param status HTTP status, 0 if no answer came
 * @param excType Frappe's {@code exc_type}
 * @param words what Frappe or the network said, as plain text without markup, at most 500 characters, free of secrets
 * @param existing for {@link Kind#ALREADY_THERE}: the Employee Checkin that stands there, where Frappe named it
 * @param retryAfter how long Frappe asked us to wait
 */
public record FrappeFailure(
        Kind kind,
        int status,
        @Nullable String excType,
        String words,
        @Nullable String existing,
        @Nullable Duration retryAfter) {

    /** Graded by what follows from it. */
    public enum Kind {
        /** Nothing was done, or all of it was rolled back; Frappe will be able later. */
        RETRY_LATER,
        /** It may have been done: look before sending again. */
        UNCERTAIN,
        /** This document is refused, and will be. */
        REFUSED,
        /** Such a row exists. */
        ALREADY_THERE,
        /** The document changed under us: read it again, then write. */
        CHANGED_MEANWHILE,
        /** Token, permission or address is wrong: a person must act, nothing will go through until then. */
        SET_UP
    }

    private static final Set<Integer> OF_THE_SITE = Set.of(0, 401, 429, 502, 503, 504);

    /**
     * Whether no other question would fare better now: no answer came, the token isn't taken, or the site is busy, down or
     * being maintained. What Frappe itself fails at, with a type of exception, may be about one document.
     */
    public boolean concernsWholeSite() {
        return OF_THE_SITE.contains(status) || (status == 500 && excType == null);
    }

    /** Whether there is no document of that name. */
    boolean isMissing() {
        return status == 404 && "DoesNotExistError".equals(excType);
    }
}
