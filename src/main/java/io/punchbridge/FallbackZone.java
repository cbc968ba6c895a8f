package io.punchbridge;

import io.punchbridge.frappe.SiteZone;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.Inbox;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The site's zone stands in for a device's that is not configured. It is remembered in the inbox, so that the door knows
 * it also when Frappe is away at the start.
 */
@ApplicationScoped
class FallbackZone implements CallbackDoor.FallbackZone {
    private static final String FACT = "site-time-zone";

    private final SiteZone siteZone;
    private final Inbox inbox;
    private volatile @Nullable ZoneId remembered;

    FallbackZone(SiteZone siteZone, Inbox inbox) {
        this.siteZone = siteZone;
        this.inbox = inbox;
    }

    void recall(@Observes StartupEvent event) {
        remembered = inbox.recall(FACT).map(ZoneId::of).orElse(null);
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void remember() {
        ZoneId known = siteZone.known().orElse(null);
        if (known != null && !known.equals(remembered)) {
            inbox.remember(FACT, known.getId());
            remembered = known;
        }
    }

    @Override
    public @Nullable ZoneId get() {
        return siteZone.known().orElse(remembered);
    }
}
