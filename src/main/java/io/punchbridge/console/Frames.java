package io.punchbridge.console;

import io.punchbridge.access.Asker;
import io.punchbridge.access.Role;
import io.punchbridge.access.WhoAsks;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the frame of a page for who asks for it. */
@Singleton
public class Frames {
    private final WhoAsks whoAsks;
    private final Times times;

    Frames(WhoAsks whoAsks, Times times) {
        this.whoAsks = whoAsks;
        this.times = times;
    }

    public Frame of(Place place) {
        return of(place, place.title());
    }

    /** @param title of a page below another, e.g. of one punch */
    public Frame of(Place place, String title) {
        return frame(place, title, whoAsks.asker(), true);
    }

    /**
     * Of a page that belongs to no place.
     *
     * @param asker null where nobody has proved who he is
     * @param leadsOn whether the navigation is worth showing
     */
    Frame nowhere(String title, @Nullable Asker asker, boolean leadsOn) {
        return frame(null, title, asker, leadsOn);
    }

    private Frame frame(@Nullable Place place, String title, @Nullable Asker asker, boolean leadsOn) {
        return new Frame(
                place,
                title,
                asker == null ? null : asker.who(),
                asker != null && asker.role().includes(Role.OPERATOR),
                asker != null && asker.proof() == Asker.Proof.OPEN_ID_CONNECT,
                leadsOn ? List.of(Place.values()) : List.of(),
                asker == null ? null : times.zoneInWords());
    }
}
