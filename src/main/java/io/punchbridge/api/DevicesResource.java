package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.watch.DeviceWatch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The declared devices, and how they do. */
@Path(DevicesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "devices")
public class DevicesResource {
    static final String PATH = EntryEdge.API + "v1/devices";

    /** Three months, which is what a person looks at. */
    static final int MOST_DAYS = 92;

    private final DeviceWatch watch;
    private final History history;
    private final Unaskable unaskable;

    public DevicesResource(DeviceWatch watch, History history, Unaskable unaskable) {
        this.watch = watch;
        this.history = history;
        this.unaskable = unaskable;
    }

    /** In an object, so that there is room for more than the list. */
    @RegisterForReflection
    public record DevicesAnswer(List<DeviceAnswer> devices) {}

    /** In the order of the configuration. */
    @GET
    @Operation(operationId = "listDevices", summary = "The declared devices and how they do")
    public DevicesAnswer all() {
        Map<SerialNumber, Verified> verified = history.verified();
        return new DevicesAnswer(watch.states().stream()
                .map(state -> DeviceAnswer.of(
                        state,
                        unaskable.why(state.device()),
                        verified.get(state.device().serialNumber()),
                        lost(state.device())))
                .toList());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private Map<String, Long> lost(Device device) {
        Map<LocalDate, Long> byDay = new TreeMap<>(history.lostByDay(device.serialNumber()));
        Map<String, Long> latest = new LinkedHashMap<>();
        byDay.entrySet().stream()
                .skip(Math.max(0, byDay.size() - MOST_DAYS))
                .forEach(day -> latest.put(day.getKey().toString(), day.getValue()));
        return latest;
    }
}
