package io.punchbridge.frappe;

import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The site's zone, read when it is first needed and every six hours after. */
@ApplicationScoped
public class SiteZone {
    private static final Logger LOG = Logger.getLogger(SiteZone.class);
    private static final Duration TRUSTED_FOR = Duration.ofHours(6);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);

    private final FrappeSite site;
    private final Clock clock;
    private volatile @Nullable SiteTimeZone known;
    private Instant readAgainAt = Instant.MIN;

    public SiteZone(FrappeSite site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    /**
     * The zone as last read. Asks the site where nothing is known or the knowledge is old; a failure is returned only as
     * long as nothing is known.
     */
    public synchronized FrappeAnswer<ZoneId> zone() {
        SiteTimeZone before = known;
        if (before != null && clock.instant().isBefore(readAgainAt)) {
            return new Success<>(before.zone());
        }
        return site.timeZone().fold(this::learn, failure -> {
            if (before == null) {
                return new Failure<>(failure);
            }
            LOG.warnf("Can't read the site's time zone again, going on with %s: %s", before.zone(), failure.words());
            readAgainAt = clock.instant().plus(PAUSE_AFTER_FAILURE);
            return new Success<>(before.zone());
        });
    }

    private FrappeAnswer<ZoneId> learn(SiteTimeZone read) {
        SiteTimeZone before = known;
        if (before == null) {
            LOG.infof("The site's time zone is %s (%s)", read.zone(), read.origin());
        } else if (!before.zone().equals(read.zone())) {
            LOG.warnf(
                    "The site's time zone changed from %s to %s (%s); check-ins from now on are written in it",
                    before.zone(), read.zone(), read.origin());
        }
        known = read;
        readAgainAt = clock.instant().plus(TRUSTED_FOR);
        return new Success<>(read.zone());
    }

    /** The next question for the zone goes to the site, because what it showed isn't what we know. */
    public synchronized void readAgain() {
        readAgainAt = Instant.MIN;
    }

    /** What is known without asking; for times that a device sends without an offset. Never blocks. */
    public Optional<ZoneId> known() {
        return knownWithOrigin().map(SiteTimeZone::zone);
    }

    public Optional<SiteTimeZone> knownWithOrigin() {
        return Optional.ofNullable(known);
    }
}
