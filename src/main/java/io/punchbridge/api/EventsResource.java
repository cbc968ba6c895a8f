package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.EventSearch;
import io.punchbridge.inbox.EventSearch.Page;
import io.punchbridge.inbox.EventSearch.Place;
import io.punchbridge.inbox.StoredEvent;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What devices told beside punches, as it is stored: without tokens, templates and photos. */
@Path(EventsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "devices")
public class EventsResource {
    static final String PATH = EntryEdge.API + "v1/events";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 50;
    /** An instant by its milliseconds, and a key. */
    private static final String CURSOR = "\\d{1,16}-[0-9a-f]{1,64}";

    private final EventSearch search;
    private final FilterReader filters;
    private final Devices devices;

    public EventsResource(EventSearch search, FilterReader filters, Devices devices) {
        this.search = search;
        this.filters = filters;
        this.devices = devices;
    }

    /**
     * @param next what to give as {@code cursor} to go on; null if nothing is left. A page that isn't full may have one: so
     *     many events are looked at for a page, and no more.
     */
    @RegisterForReflection
    public record EventsAnswer(
            List<EventAnswer> events, @Nullable String next) {}

    /**
     * @param device its name in the configuration, or its serial number if it isn't declared
     * @param operation the gateway's word
     * @param user id on the device, where the event is about one
     * @param content what was sent, as redacted JSON
     */
    @RegisterForReflection
    public record EventAnswer(
            String key,
            String device,
            String operation,
            @Nullable String user,
            @Nullable String operationId,
            String content,
            String receivedAt) {}

    /** Newest first, by when they came. */
    @GET
    @Operation(
            operationId = "listEvents",
            summary = "What devices told beside punches, newest first, as it is stored: redacted")
    public EventsAnswer events(
            @QueryParam("device") @Nullable String device,
            @QueryParam("serial-number") @Nullable String serialNumber,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int number = Parameters.limit(limit, USUAL, MOST);
        if (number == 0) {
            throw Members.bad("limit must be a whole number from 1 to " + MOST + ".");
        }
        Page page = search.page(
                serialNumber(Parameters.text("device", device), Parameters.text("serial-number", serialNumber)),
                place(Parameters.text("cursor", cursor)),
                number);
        Place next = page.next();
        return new EventsAnswer(
                page.events().stream().map(this::answer).toList(),
                next == null ? null : next.receivedAt().toEpochMilli() + "-" + next.key());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private @Nullable SerialNumber serialNumber(@Nullable String name, @Nullable String serialNumber) {
        if (name != null && serialNumber != null) {
            throw Members.bad("device and serial-number are two names of one thing; give one of them.");
        }
        Device device = filters.device(name);
        return device != null ? device.serialNumber() : serialNumber == null ? null : new SerialNumber(serialNumber);
    }

    private static @Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches(CURSOR)) {
            throw Members.bad("cursor must be the next of the page before.");
        }
        int dash = cursor.indexOf('-');
        return new Place(Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dash))), cursor.substring(dash + 1));
    }

    private EventAnswer answer(StoredEvent stored) {
        return new EventAnswer(
                stored.event().key(),
                devices.nameOf(stored.event().device()),
                stored.event().operation(),
                stored.event().user() == null ? null : stored.event().user().value(),
                stored.event().operationId(),
                stored.event().content(),
                stored.receivedAt().toString());
    }
}
