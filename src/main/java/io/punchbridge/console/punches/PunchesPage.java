package io.punchbridge.console.punches;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.OnlyReads;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.api.ActedAnswer;
import io.punchbridge.api.FilterReader;
import io.punchbridge.api.Members;
import io.punchbridge.api.PunchActions;
import io.punchbridge.api.PunchesResource;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.punchbridge.console.Said;
import io.punchbridge.console.Times;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Finding punches, and the story of one. What is searched for may be personal, so it is in no address. */
@Path("/punches")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class PunchesPage {
    private static final String WHY = "why";

    private final Frames frames;
    private final Searching searching;
    private final StoryTeller stories;
    private final PunchSearch search;
    private final PunchActions actions;
    private final Devices devices;
    private final WhoAsks whoAsks;
    private final Times times;

    public PunchesPage(
            Frames frames,
            Searching searching,
            StoryTeller stories,
            PunchSearch search,
            PunchActions actions,
            Devices devices,
            WhoAsks whoAsks,
            Times times) {
        this.frames = frames;
        this.searching = searching;
        this.stories = stories;
        this.search = search;
        this.actions = actions;
        this.devices = devices;
        this.whoAsks = whoAsks;
        this.times = times;
    }

    @CheckedTemplate(basePath = "punches")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(
                Frame frame,
                Found found,
                boolean mayAct,
                boolean focus,
                boolean refill,
                List<String> devices,
                List<String> states);

        static native TemplateInstance found(Found found, boolean mayAct, boolean focus, boolean refill);

        static native TemplateInstance rows(Found found, boolean appended);

        static native TemplateInstance replay(int matching);

        static native TemplateInstance said(Said said);

        static native TemplateInstance punch(
                Frame frame, PunchStory punch, boolean mayAct, boolean focus, @Nullable Said said);

        static native TemplateInstance story(PunchStory punch, boolean mayAct, boolean focus, @Nullable Said said);
    }

    /**
     * Today's punches. Other pages lead here by {@code state}, {@code device} and {@code day}, none of which is personal;
     * with a state and no day, any day is meant.
     */
    @GET
    public TemplateInstance page(
            @QueryParam("state") @Nullable String state,
            @QueryParam("device") @Nullable String device,
            @QueryParam("day") @Nullable String day) {
        Sought sought = new Sought("", "", "", Sought.text(device), Sought.text(day), Sought.text(state), "");
        Found found = searching.first(day == null && sought.state().isEmpty() ? sought.on(times.today()) : sought);
        return Templates.page(
                frames.of(Place.PUNCHES),
                found,
                whoAsks.mayAct(),
                false,
                false,
                devices.all().stream().map(Device::name).toList(),
                Arrays.stream(PunchState.values()).map(FilterReader::word).toList());
    }

    /** With {@code move}, of so many days later than the form says, or earlier. */
    @POST
    @Path("search")
    @OnlyReads
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance search(MultivaluedMap<String, String> form) {
        Sought sought = Sought.of(form);
        String move = Sought.text(form.getFirst("move"));
        boolean moved = move.equals("1") || move.equals("-1");
        if (moved) {
            LocalDate day = sought.date();
            sought = sought.on((day == null ? times.today() : day).plusDays(move.equals("1") ? 1 : -1));
        }
        boolean chosen = form.containsKey("chosen");
        boolean chosenEmployee = form.containsKey("chosen-employee");
        if (chosen) {
            sought = sought.ofUser(Sought.text(form.getFirst("chosen")));
        } else if (chosenEmployee) {
            sought = sought.ofEmployee(Sought.text(form.getFirst("chosen-employee")));
        }
        return Templates.found(searching.first(sought), whoAsks.mayAct(), !moved, moved || chosen || chosenEmployee);
    }

    @POST
    @Path("older")
    @OnlyReads
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance older(MultivaluedMap<String, String> form) {
        return Templates.rows(searching.older(Sought.of(form), Sought.text(form.getFirst("cursor"))), true);
    }

    /** Counts what matches; with the right number as {@code confirm} it is sent again. */
    @POST
    @Path("replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance replay(MultivaluedMap<String, String> form) {
        Sought sought = Sought.of(form);
        PunchFilter filter = searching.filter(sought);
        List<PunchKey> keys = actions.matching(filter);
        String confirm = Sought.text(form.getFirst("confirm"));
        if (confirm.isEmpty()) {
            return Templates.replay(keys.size());
        }
        PunchActions.confirm(confirm.matches("\\d{1,9}") ? Integer.parseInt(confirm) : -1, keys);
        ActedAnswer answer =
                actions.replay(keys, filter.states(), request(form, FilterReader.words(searching.members(sought))));
        return Templates.said(Acted.said(answer, "sent again"));
    }

    @GET
    @Path("{key}")
    public TemplateInstance punch(@PathParam("key") String key) {
        return Templates.punch(frames.of(Place.PUNCHES, "One punch"), story(key), whoAsks.mayAct(), false, null);
    }

    /** Only out of the state that the page showed: pressed twice, it is sent again once. */
    @POST
    @Path("{key}/replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance replayOne(@PathParam("key") String key, MultivaluedMap<String, String> form) {
        List<PunchKey> one = List.of(key(key));
        ActedAnswer answer = actions.replay(one, shown(form), request(form, PunchActions.words(one)));
        return Templates.story(story(key), whoAsks.mayAct(), true, Acted.said(answer, "sent again"));
    }

    @POST
    @Path("{key}/dismiss")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance dismissOne(@PathParam("key") String key, MultivaluedMap<String, String> form) {
        List<PunchKey> one = List.of(key(key));
        ActedAnswer answer = actions.dismiss(one, request(form, PunchActions.words(one)));
        return Templates.story(story(key), whoAsks.mayAct(), true, Acted.said(answer, "dismissed"));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return failure instanceof NotFoundException
                ? PageFailures.page(Status.NOT_FOUND, "There is no punch of that key; it may have been purged since.")
                : PageFailures.answer(failure);
    }

    private static Set<PunchState> shown(MultivaluedMap<String, String> form) {
        String shown = Sought.text(form.getFirst("shown"));
        return EnumSet.of(Arrays.stream(PunchState.values())
                .filter(state -> FilterReader.word(state).equals(shown))
                .findFirst()
                .orElseThrow(() -> Members.bad("The request doesn't say how the punch stood. Load the page again.")));
    }

    private static PunchKey key(String text) {
        if (!text.matches(PunchesResource.KEY)) {
            throw new NotFoundException();
        }
        return new PunchKey(text);
    }

    private PunchStory story(String key) {
        return search.story(key(key)).map(stories::tell).orElseThrow(NotFoundException::new);
    }

    private Request request(MultivaluedMap<String, String> form, String what) {
        String why = Sought.text(form.getFirst(WHY));
        Map<String, Object> given = why.isEmpty() ? Map.of() : Map.of(WHY, why);
        return PunchActions.request(new Members(given, Set.of(WHY)), what, whoAsks.asker());
    }
}
