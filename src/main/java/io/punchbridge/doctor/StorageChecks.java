package io.punchbridge.doctor;

import io.punchbridge.inbox.StorageLook;
import io.punchbridge.inbox.StorageLook.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where punches are kept. */
final class StorageChecks {
    private static final String NAME = "Storage";
    private static final String SPACE = "Free space";
    private static final String HEALTH = "Storage's health";
    private static final long MEBIBYTE = 1 << 20;
    private static final long LITTLE = 1024 * MEBIBYTE;
    private static final long TOO_LITTLE = 100 * MEBIBYTE;

    private final Supplier<StorageLook> storage;
    private @Nullable StorageLook found;

    StorageChecks(Supplier<StorageLook> storage) {
        this.storage = storage;
    }

    /** What was found, or null as long as nothing was looked at. */
    @Nullable StorageLook found() {
        return found;
    }

    List<CheckResult> results() {
        StorageLook look = storage.get();
        found = look;
        if (look.problem() != null) {
            return List.of(
                    CheckResult.failed(NAME, look.place() + " can't be used.", Objects.requireNonNull(look.problem())));
        }
        List<CheckResult> results = new ArrayList<>();
        results.add(schema(look));
        Long free = look.freeBytes();
        if (free != null) {
            results.add(space(free));
        }
        if (look.health() != Health.NOT_LOOKED) {
            results.add(health(look));
        }
        return results;
    }

    private static CheckResult schema(StorageLook look) {
        String where = look.place() + (look.server() == null ? "" : " (" + look.server() + ")");
        int schema = look.schema() == null ? 0 : look.schema();
        if (schema == 0) {
            return CheckResult.passed(NAME, where + " can be written to; the first start makes the tables.");
        }
        if (schema > look.newestSchema()) {
            return CheckResult.failed(
                    NAME,
                    where + " has schema " + schema + ", and this version knows none after " + look.newestSchema()
                            + ": a later Punchbridge has used it.",
                    "Start that later version, or restore a backup from before it.");
        }
        return schema < look.newestSchema()
                ? CheckResult.passed(
                        NAME,
                        where + " has schema " + schema + "; the next start brings it to " + look.newestSchema()
                                + ". Nothing is changed by this check.")
                : CheckResult.passed(NAME, where + " has schema " + schema + ", as this version wants it.");
    }

    private static CheckResult space(long free) {
        String seen =
                String.format(Locale.ROOT, "%,d MiB are left on the disk of the punch database.", free / MEBIBYTE);
        String whatToDo =
                "Free some, or put the file on a larger disk. A full disk loses nothing, but takes nothing in:"
                        + " callbacks are answered 503.";
        if (free < TOO_LITTLE) {
            return CheckResult.failed(SPACE, seen, whatToDo);
        }
        return free < LITTLE ? CheckResult.warning(SPACE, seen, whatToDo) : CheckResult.passed(SPACE, seen);
    }

    private static CheckResult health(StorageLook look) {
        return switch (look.health()) {
            case DAMAGED ->
                CheckResult.failed(
                        HEALTH,
                        "The database is damaged: " + look.damage(),
                        "Stop Punchbridge, keep a copy of the file and its -wal, then restore a backup or save what is"
                                + " readable with sqlite3's .recover.");
            case TOO_LARGE ->
                CheckResult.notChecked(
                        HEALTH,
                        "The database is too large to be looked through in a few seconds.",
                        "In a quiet hour: sqlite3 -readonly FILE 'PRAGMA quick_check'");
            case SOUND, NOT_LOOKED -> CheckResult.passed(HEALTH, "SQLite's quick check finds no damage.");
        };
    }
}
