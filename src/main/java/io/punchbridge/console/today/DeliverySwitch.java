package io.punchbridge.console.today;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.api.Members;
import io.punchbridge.api.PunchActions;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Said;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.inbox.Actions.Request;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Pauses delivery to Frappe from the first page, and lets it go on; the page's parts come along. */
@Path("/today/delivery")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Guarded
public class DeliverySwitch {
    private static final Logger LOG = Logger.getLogger(DeliverySwitch.class);
    private static final String WHY = "why";
    private static final String WHAT = "delivery";

    private final Delivery delivery;
    private final SharedLook look;
    private final WhoAsks whoAsks;

    public DeliverySwitch(Delivery delivery, SharedLook look, WhoAsks whoAsks) {
        this.delivery = delivery;
        this.look = look;
        this.whoAsks = whoAsks;
    }

    @CheckedTemplate(basePath = "today")
    static class Templates {
        private Templates() {}

        static native TemplateInstance switched(TodayView view, Said said);
    }

    @POST
    @Path("pause")
    public TemplateInstance pause(@FormParam(WHY) @Nullable String why) {
        if (why == null || why.isBlank()) {
            return switched(Said.nothingChanged(
                    "Delivery isn't paused without a reason that others can read: say why, and press again."));
        }
        if (!delivery.pause(request(why)).anew()) {
            return switched(Said.nothingChanged("Somebody has paused delivery already."));
        }
        LOG.info("Delivery was paused by a person; punches are stored, and wait until it is resumed.");
        return switched(
                Said.done(
                        "Delivery is paused. Punches are stored and acknowledged as ever, and wait until somebody resumes it here."));
    }

    @POST
    @Path("resume")
    public TemplateInstance resume() {
        if (delivery.resume(request(null)).isEmpty()) {
            return switched(Said.nothingChanged("Delivery isn't paused; perhaps somebody has just resumed it."));
        }
        LOG.info("Delivery was resumed by a person.");
        return switched(Said.done("Delivery goes on at once."));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }

    private TemplateInstance switched(Said said) {
        return Templates.switched(look.fresh(true), said);
    }

    private Request request(@Nullable String why) {
        Map<String, Object> given = why == null || why.isBlank() ? Map.of() : Map.of(WHY, why.strip());
        return PunchActions.request(new Members(given, Set.of(WHY)), WHAT, whoAsks.asker());
    }
}
