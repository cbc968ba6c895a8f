package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Along the primary key, whose texts begin with the punch's second: no index of its own is needed. */
final class SqlClaimants implements Claimants {
    static final String AROUND = """
            SELECT punch_key, punched_at, checkin FROM punch
            WHERE punch_key >= :from AND punch_key < :until AND type IS NOT NULL
                AND (user_id = :user OR checkin = :checkin)
            ORDER BY punch_key""";

    private final Transactions transactions;

    SqlClaimants(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<List<Claimant>> of(List<Question> questions) {
        return transactions.read(handle -> {
            List<List<Claimant>> answers = new ArrayList<>();
            for (Question question : questions) {
                answers.add(around(handle, question));
            }
            return answers;
        });
    }

    private static List<Claimant> around(Handle handle, Question question) {
        return handle.createQuery(AROUND)
                .bind("from", PunchKey.before(question.from()).value())
                .bind("until", PunchKey.before(question.until()).value())
                .bind("user", question.user().value())
                .bind("checkin", question.checkin())
                .map((row, context) -> new Claimant(
                        new PunchKey(row.getString("punch_key")),
                        Instant.ofEpochMilli(row.getLong("punched_at")),
                        row.getString("checkin")))
                .list();
    }
}
