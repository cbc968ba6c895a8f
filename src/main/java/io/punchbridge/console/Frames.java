package io.punchbridge.console;

import io.punchbridge.access.WhoAsks;
import jakarta.inject.Singleton;

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
        return new Frame(place, title, whoAsks.asker().who(), whoAsks.mayAct(), times.zoneInWords());
    }
}
