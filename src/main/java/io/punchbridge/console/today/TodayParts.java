package io.punchbridge.console.today;

import io.punchbridge.access.Guarded;
import io.punchbridge.console.PageFailures;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the page that is open fetches again and again: all its parts at once, so that their numbers agree. */
@Path("/today")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class TodayParts {
    private final SharedLook look;

    public TodayParts(SharedLook look) {
        this.look = look;
    }

    @CheckedTemplate(basePath = "today")
    static class Templates {
        private Templates() {}

        static native TemplateInstance parts(TodayView view);
    }

    @GET
    @Path("parts")
    public TemplateInstance parts() {
        return Templates.parts(look.take(true));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }
}
