package io.punchbridge.frappe;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of its own the site has on Employee Checkin, read when that is first needed and every hour after. What
 * isn't known is taken for missing: a field that isn't sent does no harm, and neither does one that Frappe doesn't have.
 */
@ApplicationScoped
public class CheckinFields {
    private static final Logger LOG = Logger.getLogger(CheckinFields.class);
    private static final Duration TRUSTED_FOR = Duration.ofHours(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

    private final CustomFields site;
    private final Clock clock;
    private Set<CheckinField> known = Set.of();
    private boolean everRead;
    private @Nullable Instant askedAt;
    private Duration askAgainAfter = Duration.ZERO;
    private @Nullable String lastWords;

    public CheckinFields(CustomFields site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    /** The fields as last read. Asks the site where the knowledge is old; a failure leaves it as it was. */
    public synchronized Set<CheckinField> present() {
        Instant now = clock.instant();
        Instant asked = askedAt;
        // A clock that was put back must not silence us.
        if (asked == null || Duration.between(asked, now).abs().compareTo(askAgainAfter) >= 0) {
            askedAt = now;
            site.present().fold(this::learn, this::keep);
        }
        return known;
    }

    /** The next question goes to the site: somebody may have changed it. */
    public synchronized void readAgain() {
        askedAt = null;
    }

    private Set<CheckinField> learn(Set<CheckinField> read) {
        if (!everRead || !read.equals(known)) {
            LOG.infof("Own fields of Employee Checkin that are filled: %s", read.isEmpty() ? "none" : names(read));
        }
        known = read;
        everRead = true;
        lastWords = null;
        askAgainAfter = TRUSTED_FOR;
        return read;
    }

    private Set<CheckinField> keep(FrappeFailure failure) {
        if (!failure.words().equals(lastWords)) {
            LOG.warnf(
                    "Can't read which fields of its own the site has on Employee Checkin, going on with %s: %s",
                    known.isEmpty() ? "none" : names(known), failure.words());
        }
        lastWords = failure.words();
        askAgainAfter = PAUSE_AFTER_FAILURE;
        return known;
    }

    private static String names(Set<CheckinField> fields) {
        return fields.stream().sorted().map(CheckinField::fieldName).collect(Collectors.joining(", "));
    }
}
