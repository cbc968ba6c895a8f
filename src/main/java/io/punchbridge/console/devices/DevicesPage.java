package io.punchbridge.console.devices;

import io.punchbridge.access.Guarded;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.watch.DeviceState;
import io.punchbridge.watch.DeviceWatch;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How the declared devices do: those that need somebody first. */
@Path(DevicesPage.PATH)
@Produces(MediaType.TEXT_HTML)
@Guarded
public class DevicesPage {
    static final String PATH = "/devices";
    private static final int A_PAGE = 25;

    private final Frames frames;
    private final DeviceWatch watch;
    private final History history;
    private final DeviceViews views;

    public DevicesPage(Frames frames, DeviceWatch watch, History history, DeviceViews views) {
        this.frames = frames;
        this.watch = watch;
        this.history = history;
        this.views = views;
    }

    @CheckedTemplate(basePath = "devices")
    static class Templates {
        private Templates() {}

        static native TemplateInstance list(Frame frame, DeviceList list);

        static native TemplateInstance one(Frame frame, DeviceView device, DeviceDetail detail);
    }

    /**
     * @param name part of the names to be shown, without regard to case
     * @param page from 1
     */
    @GET
    public TemplateInstance all(@QueryParam("name") @Nullable String name, @QueryParam("page") @Nullable String page) {
        String filter = name == null ? "" : name.strip();
        List<DeviceState> states = watch.states();
        List<DeviceState> matching = states.stream()
                .filter(state -> folded(state.device().name()).contains(folded(filter)))
                .sorted(Comparator.comparing(
                                (DeviceState state) -> state.warnings().isEmpty())
                        .thenComparing(state -> state.device().name(), String.CASE_INSENSITIVE_ORDER))
                .toList();
        int warned = (int)
                matching.stream().filter(state -> !state.warnings().isEmpty()).count();
        int pages = Math.max(1, (matching.size() + A_PAGE - 1) / A_PAGE);
        int number =
                page != null && page.matches("\\d{1,5}") ? Math.max(1, Math.min(pages, Integer.parseInt(page))) : 1;
        Map<SerialNumber, Verified> verified = history.verified();
        List<DeviceView> shown = matching.stream()
                .skip((number - 1L) * A_PAGE)
                .limit(A_PAGE)
                .map(state -> views.row(state, verified))
                .toList();
        return Templates.list(
                frames.of(Place.DEVICES),
                new DeviceList(filter, shown, states.size(), matching.size(), warned, number, pages));
    }

    @GET
    @Path("{name: .+}")
    public Response one(@PathParam("name") String name) {
        return watch.states().stream()
                .filter(state -> state.device().name().equals(name))
                .findFirst()
                .map(state -> Response.ok(Templates.one(
                                frames.of(Place.DEVICES, state.device().name()),
                                views.whole(state),
                                views.detail(state)))
                        .build())
                .orElseGet(() -> PageFailures.page(
                        Status.NOT_FOUND,
                        "No device of that name is declared. The page Devices lists those that are."));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
