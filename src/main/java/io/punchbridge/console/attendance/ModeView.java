package io.punchbridge.console.attendance;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.Mode;

/**
 * A mode in words.
 *
 * @param word as it stands in the configuration
 * @param look ok, warn, or bad
 * @param key that changes it
 */
public record ModeView(String word, String look, String means, String toDo, String key) {

    static ModeView of(Mode mode) {
        String key = "punchbridge.attendance.watermark";
        String word = Words.of(mode);
        return switch (mode) {
            case OFF ->
                new ModeView(
                        word,
                        "warn",
                        "Punchbridge doesn't look at “Last Sync of Checkin” and doesn't write it. Whatever moves it, nobody proves"
                                + " that the punches are there before.",
                        "To see how far auto attendance may go, set it to report; to have it led, to advance. Then restart"
                                + " Punchbridge.",
                        key);
            case REPORT ->
                new ModeView(
                        word,
                        "warn",
                        "Punchbridge says how far “Last Sync of Checkin” may go, and writes nothing: somebody else has to move"
                                + " it.",
                        "To have it moved, set it to advance, and restart Punchbridge.",
                        key);
            case ADVANCE ->
                new ModeView(
                        word,
                        "ok",
                        "Punchbridge moves “Last Sync of Checkin” past a shift's end as soon as it is proven that all its punches"
                                + " are in Frappe. Nobody who punched is marked Absent.",
                        "To have it only say what it would do, set it to report, and restart Punchbridge.",
                        key);
        };
    }

    static ModeView of(LateMode mode) {
        String key = "punchbridge.attendance.late-punches";
        String word = Words.of(mode);
        return switch (mode) {
            case OFF ->
                new ModeView(
                        word,
                        "warn",
                        "Nobody looks for attendance that was made without some of its punches.",
                        "To have such days listed, set it to report, and restart Punchbridge.",
                        key);
            case REPORT ->
                new ModeView(
                        word,
                        "ok",
                        "Days whose attendance was made without some of their punches are listed. Nothing is changed.",
                        "To see how each would be repaired, set it to dry-run; to have it done, to repair. Then restart"
                                + " Punchbridge.",
                        key);
            case DRY_RUN ->
                new ModeView(
                        word,
                        "ok",
                        "Days whose attendance was made without some of their punches are listed, each with the steps of its repair"
                                + " or the reason why not. Nothing is changed.",
                        "To have them repaired, set it to repair, and restart Punchbridge.",
                        key);
            case REPAIR ->
                new ModeView(
                        word,
                        "ok",
                        "Attendance that HRMS made without some of its punches is cancelled and made anew. What a person, a leave"
                                + " or a salary slip has touched stays as it is, and is listed with the reason.",
                        "To have nothing changed, set it to dry-run or report, and restart Punchbridge.",
                        key);
        };
    }
}
