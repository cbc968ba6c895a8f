package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The declared devices. */
@Path(DevicesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
public class DevicesResource {
    static final String PATH = EntryEdge.API + "v1/devices";

    private final Devices devices;
    private final Unaskable unaskable;

    public DevicesResource(Devices devices, Unaskable unaskable) {
        this.devices = devices;
        this.unaskable = unaskable;
    }

    /** In an object, so that there is room for more than the list. */
    @RegisterForReflection
    public record DevicesAnswer(List<DeviceAnswer> devices) {}

    /** @param unaskable why the gateway can't be asked for this device's history, for a person; null if it can */
    @RegisterForReflection
    public record DeviceAnswer(
            String name,
            String connection,
            @Nullable String timeZone,
            @Nullable String unaskable) {}

    @GET
    public DevicesAnswer all() {
        return new DevicesAnswer(devices.all().stream().map(this::answer).toList());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private DeviceAnswer answer(Device device) {
        return new DeviceAnswer(
                device.name(),
                Unaskable.inWords(device.connection()),
                device.timeZone() == null ? null : device.timeZone().getId(),
                unaskable.why(device));
    }
}
