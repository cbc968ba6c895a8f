package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommand.State;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What declared devices shall be told about their users, and how far that is. */
@Path(CommandsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "roster")
public class CommandsResource {
    static final String PATH = EntryEdge.API + "v1/commands";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 50;
    private static final Set<State> OPEN = Set.of(State.QUEUED, State.SENT, State.FAILED, State.GIVEN_UP);

    private final UserCommands commands;
    private final Devices devices;
    private final FilterReader filters;

    public CommandsResource(UserCommands commands, Devices devices, FilterReader filters) {
        this.commands = commands;
        this.devices = devices;
        this.filters = filters;
    }

    /**
     * @param counts how many stand in each state, of all devices
     * @param next what to give as {@code cursor} to go on; null if nothing is left
     */
    @RegisterForReflection
    public record CommandsAnswer(
            Map<String, Long> counts,
            List<CommandAnswer> commands,
            @Nullable String next) {}

    /**
     * @param action put or delete
     * @param name what the device shall show; null for a deletion
     * @param attempts how often it was sent
     * @param reason why it failed or was given up
     */
    @RegisterForReflection
    public record CommandAnswer(
            String device,
            String user,
            String action,
            @Nullable String name,
            boolean admin,
            String state,
            int attempts,
            String plannedAt,
            @Nullable String notBefore,
            @Nullable String sentAt,
            @Nullable String settledAt,
            @Nullable String reason) {}

    /** By device and user; of every state but done, where no state is named. A place that is reached by a number moves as commands come and go. */
    @GET
    @Operation(
            operationId = "listCommands",
            summary = "What devices shall be told about their users",
            description = "By device and user; of every state but done where none is named.")
    public CommandsAnswer commands(
            @QueryParam("device") @Nullable String device,
            @QueryParam("state") @Nullable String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int number = Parameters.limit(limit, USUAL, MOST);
        if (number == 0) {
            throw Members.bad("limit must be a whole number from 1 to " + MOST + ".");
        }
        int skipped = skipped(Parameters.text("cursor", cursor));
        Set<State> wanted = states(Parameters.text("state", state));
        Device named = filters.device(Parameters.text("device", device));
        // One more shows whether there is a next page. No id of a user may be a cursor: it would stand in an address.
        List<UserCommand> found = (named == null ? devices.all().stream() : Stream.of(named))
                .flatMap(one -> commands.ofDevice(one.serialNumber()).stream())
                .filter(command -> wanted.contains(command.state()))
                .skip(skipped)
                .limit(number + 1L)
                .toList();
        return new CommandsAnswer(
                counts(),
                found.stream().limit(number).map(this::answer).toList(),
                found.size() > number ? Integer.toString(skipped + number) : null);
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        commands.counts().forEach((state, count) -> counts.put(FilterReader.word(state), count));
        return counts;
    }

    private static int skipped(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        if (!cursor.matches("\\d{1,9}")) {
            throw Members.bad("cursor must be the next of the page before.");
        }
        return Integer.parseInt(cursor);
    }

    private static Set<State> states(@Nullable String word) {
        if (word == null) {
            return OPEN;
        }
        return Set.of(Arrays.stream(State.values())
                .filter(state -> FilterReader.word(state).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> Members.bad("state must be one of: "
                        + Arrays.stream(State.values()).map(FilterReader::word).collect(Collectors.joining(", "))
                        + ".")));
    }

    private CommandAnswer answer(UserCommand command) {
        String name = (command.order().firstName() + " " + command.order().lastName()).strip();
        return new CommandAnswer(
                devices.nameOf(command.order().device()),
                command.order().user().value(),
                FilterReader.word(command.order().action()),
                name.isEmpty() ? null : name,
                command.order().admin(),
                FilterReader.word(command.state()),
                command.attempts(),
                command.plannedAt().toString(),
                PunchAnswer.text(command.notBefore()),
                PunchAnswer.text(command.sentAt()),
                PunchAnswer.text(command.settledAt()),
                command.reason());
    }
}
