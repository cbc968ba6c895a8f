package io.punchbridge.console;

import io.punchbridge.access.Guarded;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.SerialNumber;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A page as the console has them, with one of each kind of part. */
@Path(PageOfATest.PATH)
@Produces(MediaType.TEXT_HTML)
@Guarded
public class PageOfATest {
    static final String PATH = "/framed-page-of-a-test";
    static final String BROKEN = PATH + "/broken";

    private final Frames frames;
    private final Times times;

    public PageOfATest(Frames frames, Times times) {
        this.frames = frames;
        this.times = times;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance pageOfATest(Frame frame, Moment moment, List<String> states);
    }

    @GET
    public TemplateInstance page() {
        return Templates.pageOfATest(
                frames.of(Place.PUNCHES),
                times.moment(Instant.parse("2026-02-02T05:00:07Z"), new SerialNumber("SN-FAR")),
                List.of("delivered", "pending", "held", "rejected", "quarantined", "ignored"));
    }

    @GET
    @Path("broken")
    public Response broken() {
        throw new StorageException("the disk is full");
    }

    @POST
    public Response fail() {
        throw new StorageException("the disk is full");
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }
}
