package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.OnlyReads;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Page;
import io.punchbridge.inbox.PunchSearch.Story;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Stored punches: finding them, and the story of one. What is looked for may be personal, so it is in no address. */
@Path(PunchesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "punches")
public class PunchesResource {
    static final String PATH = EntryEdge.API + "v1/punches";
    /** What a key looks like, as a regular expression. */
    public static final String KEY =
            "\\d{8}T\\d{6}Z-[0-9a-f]{1,64}|unreadable-[0-9a-f]{1,64}|[+-]?\\d{1,20}T\\d{6}Z-[0-9a-f]{1,64}";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 50;
    private static final String CURSOR = "cursor";
    private static final String LIMIT = "limit";
    static final Set<String> MEMBERS = Stream.concat(FilterReader.MEMBERS.stream(), Stream.of(CURSOR, LIMIT))
            .collect(Collectors.toUnmodifiableSet());

    private final PunchSearch search;
    private final FilterReader filters;
    private final Devices devices;
    private final SiteLinks links;

    public PunchesResource(PunchSearch search, FilterReader filters, Devices devices, SiteLinks links) {
        this.search = search;
        this.filters = filters;
        this.devices = devices;
        this.links = links;
    }

    /**
     * @param next what to give as {@code cursor} to go on; null if nothing is left. A page that isn't full may have one: so
     *     many punches are looked at for a page, and no more.
     */
    @RegisterForReflection
    public record PunchesAnswer(
            List<PunchAnswer> punches, @Nullable String next) {}

    /** Newest first, by when the device recorded them; unreadable ones behind all others. */
    @POST
    @Path("search")
    @OnlyReads
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "searchPunches",
            summary = "Stored punches, newest first",
            description =
                    "What is looked for may be personal, so it is in the body, and in no address. A page that is not full may have a next: so many punches are looked at for a page, and no more.")
    public PunchesAnswer search(
            @RequestBody(content = @Content(schema = @Schema(implementation = Forms.Search.class))) @Nullable Map<String, Object> body) {
        Members members = new Members(body, MEMBERS);
        PunchFilter filter = filters.read(members);
        String cursor = members.text(CURSOR);
        if (cursor != null && !cursor.matches(KEY)) {
            throw Members.bad("cursor must be the next of the page before.");
        }
        Page page = search.page(
                filter, cursor == null ? null : new PunchKey(cursor), members.number(LIMIT, USUAL, 1, MOST));
        PunchKey next = page.next();
        return new PunchesAnswer(
                page.punches().stream()
                        .map(punch -> PunchAnswer.of(punch, devices, filters))
                        .toList(),
                next == null ? null : next.value());
    }

    @GET
    @Path("{key}")
    @Operation(operationId = "getPunch", summary = "One punch with all that is recorded of it")
    @APIResponseSchema(value = StoryAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response story(@PathParam("key") String key) {
        return find(key)
                .map(story -> Response.ok(answer(story)).build())
                .orElseGet(() -> Problem.answer(
                        Status.NOT_FOUND, "There is no punch of that key; it may have been purged since."));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private Optional<Story> find(String key) {
        return Parameters.isUnprintable(key) ? Optional.empty() : search.story(new PunchKey(key));
    }

    private StoryAnswer answer(Story story) {
        String checkin = story.punch().checkin();
        return StoryAnswer.of(
                story,
                PunchAnswer.of(story.punch(), devices, filters),
                checkin == null ? null : links.checkin(checkin));
    }
}
