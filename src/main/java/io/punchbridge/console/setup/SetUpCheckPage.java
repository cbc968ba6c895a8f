package io.punchbridge.console.setup;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.api.SetUpChecks;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.punchbridge.console.Times;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What the last set-up check came to, and another one. Looking asks the site nothing. */
@Path("/set-up-check")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class SetUpCheckPage {
    private final Frames frames;
    private final Times times;
    private final SetUpChecks checks;
    private final WhoAsks whoAsks;

    public SetUpCheckPage(Frames frames, Times times, SetUpChecks checks, WhoAsks whoAsks) {
        this.frames = frames;
        this.times = times;
        this.checks = checks;
        this.whoAsks = whoAsks;
    }

    @CheckedTemplate(basePath = "setup")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(Frame frame, @Nullable CheckView check, boolean underWay, boolean fresh);

        static native TemplateInstance result(@Nullable CheckView check, boolean mayAct, boolean fresh);
    }

    @GET
    public TemplateInstance page() {
        CheckView last = checks.last().map(made -> CheckView.of(made, times)).orElse(null);
        return Templates.page(frames.of(Place.SET_UP_CHECK), last, checks.isUnderWay(), false);
    }

    /** Takes some seconds. A post, and an operator's, since it asks the site several dozen questions. */
    @POST
    public Response run() {
        return checks.run(whoAsks.asker().who())
                .map(made -> Response.ok(Templates.result(CheckView.of(made, times), true, true)
                                .render())
                        .build())
                .orElseGet(() -> PageFailures.page(
                        Status.CONFLICT,
                        "A set-up check is under way, which somebody else started. Wait for its end, then load this page again:"
                                + " its result stays here."));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }
}
