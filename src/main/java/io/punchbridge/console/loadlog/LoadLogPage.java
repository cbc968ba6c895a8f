package io.punchbridge.console.loadlog;

import io.punchbridge.access.Guarded;
import io.punchbridge.api.RunStarter.Asked;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.punchbridge.console.Said;
import io.punchbridge.punch.Device;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Starting, watching and cancelling runs over devices' logs. */
@Path(LoadLogPage.PATH)
@Produces(MediaType.TEXT_HTML)
@Guarded
public class LoadLogPage {
    static final String PATH = "/load-log";
    private static final Logger LOG = Logger.getLogger(LoadLogPage.class);
    private static final int LONGEST_ID = 100;

    private final Frames frames;
    private final LoadLogDesk desk;

    public LoadLogPage(Frames frames, LoadLogDesk desk) {
        this.frames = frames;
        this.desk = desk;
    }

    @CheckedTemplate(basePath = "loadlog")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(Frame frame, LoadLogView form, RunsView recent);

        static native TemplateInstance run(Frame frame, RunView run);

        static native TemplateInstance runs(RunsView recent);

        static native TemplateInstance polled(RunView run, @Nullable String ended);

        static native TemplateInstance cancelled(RunView run, Said said);

        static native TemplateInstance started(Started started);

        static native TemplateInstance confirm(Confirmation wish);
    }

    /**
     * The days are passed over where they are none.
     *
     * @param device to be chosen in the form
     */
    @GET
    public TemplateInstance page(
            @QueryParam("device") @Nullable String device,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        LoadLogView form = desk.form(device, date(from).orElse(null), date(to).orElse(null));
        return Templates.page(frames.of(Place.LOAD_LOG), form, desk.recent());
    }

    /**
     * Starts a run; for all devices only when the asker shows by {@code confirm} that he knows how many they are.
     *
     * @param device its name; blank for all that can be asked
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(
            @FormParam("device") @Nullable String device,
            @FormParam("from") @Nullable String from,
            @FormParam("to") @Nullable String to,
            @FormParam("confirm") @Nullable String confirm) {
        LocalDate first = date(from).orElse(null);
        LocalDate last = date(to).orElse(null);
        if (first == null || last == null) {
            return wrong("Nothing was started: the first or the last day is missing or no date. Choose both.");
        }
        if (first.isAfter(last)) {
            return wrong("Nothing was started: the first day is after the last one. Exchange them.");
        }
        if (device == null || device.isBlank()) {
            return all(first, last, confirm);
        }
        Asked asked = desk.ask(device, first.toString(), last.toString());
        if (asked instanceof Asked.Wrong wrong) {
            return wrong("Nothing was started. " + wrong.words());
        }
        Asked.Answered answered = (Asked.Answered) asked;
        LOG.infof(
                "A person asked for the log of %s, from %s to %s.",
                answered.device().name(), first, last);
        return Response.ok(Templates.started(desk.told(answered.device(), answered.started())))
                .build();
    }

    private Response all(LocalDate first, LocalDate last, @Nullable String confirm) {
        List<Device> askable = desk.askable();
        if (!Integer.toString(askable.size()).equals(confirm)) {
            return Response.ok(Templates.confirm(LoadLogDesk.confirmation(askable.size(), first, last)))
                    .build();
        }
        LOG.infof("A person asked for the logs of %d devices, from %s to %s.", askable.size(), first, last);
        return Response.ok(Templates.started(desk.startAll(askable, first.toString(), last.toString())))
                .build();
    }

    /** The list alone, for the page that shows it already. */
    @GET
    @Path("runs")
    public TemplateInstance runs() {
        return Templates.runs(desk.recent());
    }

    @GET
    @Path("runs/{id}")
    public Response run(@PathParam("id") String id) {
        return find(id).map(run -> Response.ok(Templates.run(frames.of(Place.LOAD_LOG, "Log of " + run.device()), run))
                        .build())
                .orElseGet(LoadLogPage::unknown);
    }

    /** How far it is, for a page that shows it already; once it has ended, the page says so too. */
    @GET
    @Path("runs/{id}/progress")
    public Response progress(@PathParam("id") String id) {
        return find(id).map(run -> Response.ok(
                                Templates.polled(run, run.running() ? null : run.device() + ": " + run.words()))
                        .build())
                .orElseGet(LoadLogPage::unknown);
    }

    /** Ends a run after the page that is under way: what it has stored stays. */
    @POST
    @Path("runs/{id}/cancel")
    public Response cancel(@PathParam("id") String id) {
        if (find(id).isEmpty()) {
            return unknown();
        }
        boolean ends = desk.cancel(id);
        if (ends) {
            LOG.infof("A person cancelled the run %s.", id);
        }
        Said said = ends
                ? Said.done("The run ends after the page that is under way. What it has stored stays.")
                : Said.nothingChanged("The run had ended, or was cancelled, before.");
        return find(id).map(run -> Response.ok(Templates.cancelled(run, said)).build())
                .orElseGet(LoadLogPage::unknown);
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }

    private Optional<RunView> find(String id) {
        boolean strange = id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl);
        return strange ? Optional.empty() : desk.run(id);
    }

    private static Response wrong(String words) {
        return PageFailures.page(Status.BAD_REQUEST, words);
    }

    private static Response unknown() {
        return PageFailures.page(
                Status.NOT_FOUND,
                "There is no run of that id, or no more: old ones are purged. Look at the page Load log.");
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
