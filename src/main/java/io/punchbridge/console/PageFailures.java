package io.punchbridge.console;

import io.punchbridge.inbox.StorageException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;

/** What a person sees where a page couldn't be made. Each page hands its surprises here. */
public final class PageFailures {
    private static final Logger LOG = Logger.getLogger(PageFailures.class);

    private PageFailures() {}

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance failure(String what);
    }

    public static Response answer(RuntimeException failure) {
        if (failure instanceof WebApplicationException refusal) {
            return refusal.getResponse();
        }
        if (failure instanceof StorageException storage) {
            LOG.warnf("A page of the console couldn't be made: %s", storage.getMessage());
            return page(
                    Status.SERVICE_UNAVAILABLE,
                    "The storage can't be read at the moment. Punches are not acknowledged until it can, so the gateway sends"
                            + " them again. The service's log tells what is wrong with it.");
        }
        LOG.error("A page of the console failed.", failure);
        return page(
                Status.INTERNAL_SERVER_ERROR,
                "Punchbridge failed on this page; if something was to be done, nothing is known of whether it was. The"
                        + " service's log tells why.");
    }

    /** A refusal in one sentence or two, as a page of its own or as a part of one. */
    public static Response page(Response.StatusType status, String what) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .entity(part(what))
                .build();
    }

    static String part(String what) {
        return Templates.failure(what).render();
    }
}
