package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Held;
import io.punchbridge.inbox.PunchSearch.HeldUser;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** For whom punches are held: the ids on devices that no employee may be given now. */
@Path(HeldResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "punches")
public class HeldResource {
    static final String PATH = EntryEdge.API + "v1/held";

    private final PunchSearch search;
    private final Devices devices;

    public HeldResource(PunchSearch search, Devices devices) {
        this.search = search;
        this.devices = devices;
    }

    /** @param complete false where only users of the newest punches are told, or users with few are left out: 100 at least are told */
    @RegisterForReflection
    public record HeldAnswer(List<UserAnswer> users, boolean complete) {}

    /**
     * @param punches exactly how many; 20001 for more than 20000
     * @param oldest when a device recorded the oldest, in UTC
     * @param devices names in the configuration
     */
    @RegisterForReflection
    public record UserAnswer(
            String user, long punches, String oldest, String newest, List<String> devices, List<String> reasons) {}

    /** Users with most punches first. */
    @GET
    @Operation(operationId = "listHeldUsers", summary = "For whom punches are held, those with most first")
    public HeldAnswer held() {
        Held held = search.held();
        return new HeldAnswer(held.users().stream().map(this::answer).toList(), held.complete());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private UserAnswer answer(HeldUser held) {
        return new UserAnswer(
                held.user().value(),
                held.punches(),
                held.oldest().toString(),
                held.newest().toString(),
                held.devices().stream().map(devices::nameOf).toList(),
                held.reasons());
    }
}
