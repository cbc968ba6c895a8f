package io.punchbridge.console.held;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.OnlyReads;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.api.ActedAnswer;
import io.punchbridge.api.FilterReader;
import io.punchbridge.api.Members;
import io.punchbridge.api.PunchActions;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.punchbridge.console.Said;
import io.punchbridge.console.punches.Acted;
import io.punchbridge.console.punches.PunchRows;
import io.punchbridge.console.punches.Row;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Page;
import io.punchbridge.punch.PunchKey;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** For whom punches are held, who it could be, and what to do. */
@Path("/held")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class HeldPage {
    private static final String USER = "user";
    private static final String WHY = "why";
    private static final int SHOWN = 25;

    private final Frames frames;
    private final HeldPeople people;
    private final PunchSearch search;
    private final PunchRows rows;
    private final FilterReader filters;
    private final PunchActions actions;
    private final WhoAsks whoAsks;

    public HeldPage(
            Frames frames,
            HeldPeople people,
            PunchSearch search,
            PunchRows rows,
            FilterReader filters,
            PunchActions actions,
            WhoAsks whoAsks) {
        this.frames = frames;
        this.people = people;
        this.search = search;
        this.rows = rows;
        this.filters = filters;
        this.actions = actions;
        this.whoAsks = whoAsks;
    }

    @CheckedTemplate(basePath = "held")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(Frame frame, HeldView held, boolean mayAct);

        static native TemplateInstance punches(List<Row> rows, boolean more);

        static native TemplateInstance said(String user, Said said);
    }

    @GET
    public TemplateInstance page() {
        return Templates.page(frames.of(Place.HELD), people.look(), whoAsks.mayAct());
    }

    /** The newest of one id. */
    @POST
    @Path("punches")
    @OnlyReads
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance punches(MultivaluedMap<String, String> form) {
        Page page = search.page(filters.read(held(form)), null, SHOWN);
        return Templates.punches(rows.of(page.punches()), page.next() != null);
    }

    /** With the number that the page told as {@code confirm}; as {@link #dismiss} is. */
    @POST
    @Path("replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance replay(MultivaluedMap<String, String> form) {
        Members members = held(form);
        PunchFilter filter = filters.read(members);
        List<PunchKey> keys = confirmed(filter, form);
        ActedAnswer answer = actions.replay(keys, filter.states(), request(form, members));
        return Templates.said(text(form, USER), Acted.said(answer, "sent again"));
    }

    @POST
    @Path("dismiss")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance dismiss(MultivaluedMap<String, String> form) {
        Members members = held(form);
        Request request = request(form, members);
        ActedAnswer answer = actions.dismiss(confirmed(filters.read(members), form), request);
        return Templates.said(text(form, USER), Acted.said(answer, "dismissed"));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }

    /** An id must be given: without one the filter would mean everybody's. */
    private static Members held(MultivaluedMap<String, String> form) {
        String user = text(form, USER);
        if (user.isEmpty()) {
            throw Members.bad("The request doesn't say whose punches are meant. Load the page again.");
        }
        return new Members(Map.of(USER, user, "state", "held"), FilterReader.MEMBERS);
    }

    private List<PunchKey> confirmed(PunchFilter filter, MultivaluedMap<String, String> form) {
        String confirm = text(form, "confirm");
        List<PunchKey> keys = actions.matching(filter);
        PunchActions.confirm(confirm.matches("\\d{1,9}") ? Integer.parseInt(confirm) : -1, keys);
        return keys;
    }

    private Request request(MultivaluedMap<String, String> form, Members what) {
        String why = text(form, WHY);
        Map<String, Object> given = why.isEmpty() ? Map.of() : Map.of(WHY, why);
        return PunchActions.request(new Members(given, Set.of(WHY)), FilterReader.words(what), whoAsks.asker());
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        String value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
