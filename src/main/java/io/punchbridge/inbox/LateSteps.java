package io.punchbridge.inbox;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code late_step}: what a repair does to an attendance, and what a dry run would do. Numbered from 1. */
final class LateSteps {
    private static final String BEGIN = """
            INSERT INTO late_step (entry, seq, kind, subject, begun_at)
            VALUES (:entry, :seq, :kind, :subject, :now)""";

    private static final String BEGIN_AGAIN = """
            UPDATE late_step SET begun_at = :now, done_at = NULL
            WHERE entry = :entry AND seq = :seq AND kind = :kind AND subject = :subject""";

    private LateSteps() {}

    /** In place of what another dry run said. */
    static void plan(Handle handle, String entry, List<LateStep.Plan> steps) {
        forgetPlan(handle, entry);
        int number = nextStep(handle, entry);
        for (LateStep.Plan step : steps) {
            insert(handle, entry, number++, step, null);
        }
    }

    /** Returns the number of the step; what a dry run had said goes. */
    static int begin(Handle handle, String entry, LateStep.Plan step, Instant now) {
        forgetPlan(handle, entry);
        int number = nextStep(handle, entry);
        if (isRun(step.kind()) && beginAgain(handle, entry, number - 1, step, now)) {
            return number - 1;
        }
        insert(handle, entry, number, step, now.toEpochMilli());
        return number;
    }

    static int done(Handle handle, String entry, int step, Instant now) {
        return handle.createUpdate("UPDATE late_step SET done_at = :now WHERE entry = :entry AND seq = :seq")
                .bind("entry", entry)
                .bind("seq", step)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Asked for each quarter of an hour where it can't go through: a row each time would be without end. */
    private static boolean isRun(LateStep.Kind kind) {
        return kind == LateStep.Kind.REHEARSE || kind == LateStep.Kind.PROCESS;
    }

    private static boolean beginAgain(Handle handle, String entry, int number, LateStep.Plan step, Instant now) {
        return handle.createUpdate(BEGIN_AGAIN)
                        .bind("entry", entry)
                        .bind("seq", number)
                        .bind("kind", step.kind().name())
                        .bind("subject", Rows.text(step.subject()))
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    private static void forgetPlan(Handle handle, String entry) {
        handle.createUpdate("DELETE FROM late_step WHERE entry = :entry AND begun_at IS NULL")
                .bind("entry", entry)
                .execute();
    }

    private static int nextStep(Handle handle, String entry) {
        return handle.createQuery("SELECT coalesce(max(seq), 0) + 1 FROM late_step WHERE entry = :entry")
                .bind("entry", entry)
                .mapTo(Integer.class)
                .one();
    }

    private static void insert(Handle handle, String entry, int number, LateStep.Plan step, @Nullable Long begunAt) {
        handle.createUpdate(BEGIN)
                .bind("entry", entry)
                .bind("seq", number)
                .bind("kind", step.kind().name())
                .bind("subject", Rows.text(step.subject()))
                .bind("now", begunAt)
                .execute();
    }
}
