package io.punchbridge.console.attendance;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.OnlyReads;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.console.Frame;
import io.punchbridge.console.Frames;
import io.punchbridge.console.PageFailures;
import io.punchbridge.console.Place;
import io.punchbridge.console.Times;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.Watermarks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How far auto attendance may go and what holds it back, how it was moved, and the days that it was too early for. */
@Path("/attendance")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class AttendancePage {
    private static final int NEWEST_MOVES = 5;
    private static final int USUAL = 20;
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 140;

    /** An entry's id: the day, and a hash of whose it is. */
    private static final Pattern CURSOR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}-[0-9a-f-]{36}");

    private final Frames frames;
    private final Times times;
    private final AttendanceSettings settings;
    private final Watermarks watermarks;
    private final ShiftViews shifts;
    private final LateViews late;

    public AttendancePage(
            Frames frames,
            Times times,
            AttendanceSettings settings,
            Watermarks watermarks,
            ShiftViews shifts,
            LateViews late) {
        this.frames = frames;
        this.times = times;
        this.settings = settings;
        this.watermarks = watermarks;
        this.shifts = shifts;
        this.late = late;
    }

    @CheckedTemplate(basePath = "attendance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(
                Frame frame, ModeView mode, List<ShiftView> shifts, List<MoveView> moves, LateView late, boolean fresh);

        static native TemplateInstance moves(
                Frame frame, @Nullable String shiftType, List<MoveView> moves, int limit, @Nullable String more);

        static native TemplateInstance late(LateView late, boolean fresh);
    }

    @GET
    public TemplateInstance page() {
        return Templates.page(
                frames.of(Place.ATTENDANCE),
                ModeView.of(settings.watermark()),
                shifts.all(),
                moves(null, NEWEST_MOVES),
                late.page(null, null),
                false);
    }

    /** The newest moves; of one Shift Type if it is named. */
    @GET
    @Path("moves")
    public Response moves(
            @QueryParam("shift-type") @Nullable String shiftType, @QueryParam("limit") @Nullable String limit) {
        String name = shiftType == null || shiftType.isBlank() ? null : shiftType.strip();
        int number = limit == null || limit.isBlank() ? USUAL : limit.matches("\\d{1,3}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            return bad("limit in the address must be a whole number from 1 to " + MOST + ".");
        }
        if (name != null && (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))) {
            return bad("There is no Shift Type of this name. Go back to Attendance, and follow the link there.");
        }
        List<MoveView> moves = moves(name, number);
        return Response.ok(Templates.moves(
                                frames.of(Place.ATTENDANCE, name == null ? "Moves" : "Moves of " + name),
                                name,
                                moves,
                                number,
                                more(name, number, moves.size()))
                        .render())
                .build();
    }

    private List<MoveView> moves(@Nullable String shiftType, int limit) {
        return watermarks.moves(shiftType, limit).stream()
                .map(move -> MoveView.of(move, times))
                .toList();
    }

    private static @Nullable String more(@Nullable String shiftType, int limit, int shown) {
        if (shown < limit || limit == MOST) {
            return null;
        }
        String of = shiftType == null ? "/attendance/moves?" : ShiftViews.movesOf(shiftType) + "&";
        return of + "limit=" + Math.min(MOST, limit * 5);
    }

    /** A part of the page: late punches in a state, or older ones. */
    @POST
    @Path("late")
    @OnlyReads
    public Response late(@FormParam("state") @Nullable String state, @FormParam("after") @Nullable String after) {
        boolean all = state == null || state.isBlank();
        Optional<State> wanted = Arrays.stream(State.values())
                .filter(one -> Words.of(one).equals(state))
                .findFirst();
        String cursor = after == null || after.isBlank() ? null : after;
        if ((!all && wanted.isEmpty())
                || (cursor != null && !CURSOR.matcher(cursor).matches())) {
            return bad("This list can't be shown: the page that asked for it isn't ours, or is of another version. Load"
                    + " Attendance again.");
        }
        return Response.ok(Templates.late(late.page(wanted.orElse(null), cursor), true)
                        .render())
                .build();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }

    private static Response bad(String what) {
        return PageFailures.page(Status.BAD_REQUEST, what);
    }
}
