package io.punchbridge.console.today;

import io.punchbridge.access.Guarded;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where a person arrives. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class TodayPage {
    private final Frames frames;
    private final SharedLook look;

    public TodayPage(Frames frames, SharedLook look) {
        this.frames = frames;
        this.look = look;
    }

    @CheckedTemplate(basePath = "today")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(Frame frame, TodayView view);
    }

    @GET
    public TemplateInstance page() {
        return Templates.page(frames.of(Place.TODAY), look.take(false));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }
}
