package io.punchbridge.console;

import io.punchbridge.access.Problem;
import io.punchbridge.inbox.StorageException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;

/**
 * What a person sees where a page couldn't be made. Each page hands its surprises here. The answers are problems;
 * {@link ProblemsAsPages} makes a page of them, or a part of one.
 */
public final class PageFailures {
    private static final Logger LOG = Logger.getLogger(PageFailures.class);

    private PageFailures() {}

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

    /**
     * A refusal, as a page of its own or as a part of one.
     *
     * @param what what happened, what it means, and what to do, where that isn't the same for all failures of the status
     */
    public static Response page(Response.StatusType status, String what) {
        return Problem.answer(status, what);
    }
}
