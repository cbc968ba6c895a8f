package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.roster.DeviceRoster;
import io.punchbridge.roster.DeviceRoster.Stopped;
import io.punchbridge.roster.Finding;
import io.punchbridge.roster.Roster;
import io.punchbridge.roster.RosterReport;
import io.punchbridge.roster.RosterSettings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How the users of the devices compare with the employees. */
@Path(RosterResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "roster")
public class RosterResource {
    static final String PATH = EntryEdge.API + "v1/roster";

    /** Of one device; a device with more differences than that has another filter than was meant. */
    static final int MOST_FINDINGS = 1000;

    private final Roster roster;
    private final RosterSettings settings;

    public RosterResource(Roster roster, RosterSettings settings) {
        this.roster = roster;
        this.settings = settings;
    }

    /**
     * @param mode off, report or apply
     * @param comparedAt when the replica that answers has compared last; null if it hasn't since its start
     * @param problem why nothing could be compared
     */
    @RegisterForReflection
    public record RosterAnswer(
            String mode,
            @Nullable String comparedAt,
            @Nullable String problem,
            List<DeviceRosterAnswer> devices) {}

    /**
     * @param skipped why it was not compared; null if it was
     * @param listed whether the device ever gave its list of users; if not, who was there before shows as missing
     * @param present how many users are known to be on it
     * @param unchanged how many of them are as they should be
     * @param differences how many there are of each kind
     * @param findings the differences, a thousand at most
     * @param stopped deletions that wait for a person's consent
     */
    @RegisterForReflection
    public record DeviceRosterAnswer(
            String device,
            @Nullable String skipped,
            @Nullable String note,
            boolean listed,
            int present,
            int unchanged,
            Map<String, Long> differences,
            List<FindingAnswer> findings,
            boolean complete,
            @Nullable StoppedAnswer stopped) {}

    /**
     * @param user id on the device
     * @param employee Frappe's id of the employee that it is about
     */
    @RegisterForReflection
    public record FindingAnswer(
            String kind,
            String words,
            String user,
            @Nullable String employee,
            @Nullable String wantedName,
            @Nullable String nameOnDevice) {}

    /** @param plan their name, to be confirmed by */
    @RegisterForReflection
    public record StoppedAnswer(String plan, int deletions, int most, String words) {}

    @GET
    @Operation(
            operationId = "getRoster",
            summary =
                    "How the users of the devices compare with the employees, as the replica that answers found out last")
    public RosterAnswer latest() {
        RosterReport report = roster.latest().orElse(null);
        return new RosterAnswer(
                FilterReader.word(settings.mode()),
                report == null ? null : report.at().toString(),
                report == null ? null : report.problem(),
                report == null
                        ? List.of()
                        : report.devices().stream().map(RosterResource::answer).toList());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private static DeviceRosterAnswer answer(DeviceRoster device) {
        Map<String, Long> differences = new LinkedHashMap<>();
        device.counts().forEach((kind, count) -> differences.put(FilterReader.word(kind), count));
        return new DeviceRosterAnswer(
                device.device().name(),
                device.skipped(),
                device.note(),
                device.listed(),
                device.present(),
                device.unchanged(),
                differences,
                device.findings().stream()
                        .limit(MOST_FINDINGS)
                        .map(RosterResource::answer)
                        .toList(),
                device.findings().size() <= MOST_FINDINGS,
                stopped(device));
    }

    private static FindingAnswer answer(Finding finding) {
        return new FindingAnswer(
                FilterReader.word(finding.kind()),
                finding.kind().words(),
                finding.user().value(),
                finding.employee(),
                finding.wantedName(),
                finding.nameOnDevice());
    }

    private static @Nullable StoppedAnswer stopped(DeviceRoster device) {
        Stopped stopped = device.stopped();
        return stopped == null
                ? null
                : new StoppedAnswer(
                        stopped.plan(),
                        stopped.deletions(),
                        stopped.most(),
                        stopped.words(device.device().name()));
    }
}
