package io.punchbridge.console.roster;

import io.punchbridge.access.Guarded;
import io.punchbridge.api.RunStarter;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Employees against the users of the devices. Looking changes nothing, and neither does comparing now. */
@Path(RosterPage.PATH)
@Produces(MediaType.TEXT_HTML)
@Guarded
public class RosterPage {
    static final String PATH = "/roster";

    private final Frames frames;
    private final RosterDesk desk;
    private final RunStarter devices;

    public RosterPage(Frames frames, RosterDesk desk, RunStarter devices) {
        this.frames = frames;
        this.desk = desk;
        this.devices = devices;
    }

    @CheckedTemplate(basePath = "roster")
    static class Templates {
        private Templates() {}

        static native TemplateInstance all(Frame frame, RosterView roster, boolean underWay);

        static native TemplateInstance report(RosterView roster, Boolean justCompared);

        static native TemplateInstance one(Frame frame, DeviceUsersView users);
    }

    @GET
    public TemplateInstance all() {
        return Templates.all(frames.of(Place.ROSTER), desk.all(), desk.isComparing());
    }

    /** Compares once, without changing anything; for operators alone, since Frappe has to read all employees for it. */
    @POST
    @Path("compare")
    public Response compare() {
        return desk.compare()
                ? Response.ok(Templates.report(desk.all(), true)).build()
                : PageFailures.page(
                        Status.CONFLICT,
                        "Somebody else is comparing right now, so no second comparison was begun. Load this page again in a"
                                + " minute: it then shows what was found.");
    }

    @GET
    @Path("{name: .+}")
    public Response one(@PathParam("name") String name) {
        return devices.named(name)
                .map(device -> Response.ok(
                                Templates.one(frames.of(Place.ROSTER, "Users of " + device.name()), desk.one(device)))
                        .build())
                .orElseGet(() -> PageFailures.page(
                        Status.NOT_FOUND,
                        "No device of that name is declared. The page Devices lists those that are."));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }
}
