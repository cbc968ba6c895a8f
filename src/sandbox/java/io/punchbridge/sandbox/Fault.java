package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Something that goes wrong in the simulated site; {@link Faults} says when. */
public final class Fault {
    private final String name;
    private final Consumer<RequestPlan> effect;

    private Fault(String name, Consumer<RequestPlan> effect) {
        this.name = name;
        this.effect = effect;
    }

    /** An error page that is no JSON, as a proxy or a failed worker sends it: 500, 502, 503, 504. */
    public static Fault html(int status) {
        String reason = switch (status) {
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Error " + status;
        };
        return answering("html " + status, call -> Reply.gunicorn(status, reason, ""));
    }

    /** 429 with {@code Retry-After} and the time budget spent. */
    public static Fault rateLimited(Duration retryAfter) {
        Map<String, String> headers = Map.of(
                "X-RateLimit-Reset",
                String.valueOf(retryAfter.toSeconds()),
                "X-RateLimit-Limit",
                "50000",
                "X-RateLimit-Remaining",
                "0",
                "Retry-After",
                String.valueOf(retryAfter.toSeconds()));
        return answering(
                "rate limited",
                call -> (call.wantsHtml()
                                ? new Reply(429, "text/plain; charset=utf-8", "Too Many Requests", Map.of())
                                : Reply.error(FrappeError.unspoken(429, "TooManyRequestsError", null), true))
                        .with(headers));
    }

    /** Answers as ever, and says in the headers how much of the time budget is left, in microseconds. */
    public static Fault rateLimitShown(long limit, long remaining, Duration reset) {
        return new Fault(
                "rate limit shown",
                plan -> plan.addHeaders(Map.of(
                        "X-RateLimit-Reset",
                        String.valueOf(reset.toSeconds()),
                        "X-RateLimit-Limit",
                        String.valueOf(limit),
                        "X-RateLimit-Remaining",
                        String.valueOf(remaining))));
    }

    /** The site is in maintenance: everything is refused. */
    public static Fault maintenance() {
        return answering(
                "maintenance",
                call -> call.wantsHtml()
                        ? Reply.gunicorn(500, "Internal Server Error", "")
                        : Reply.error(FrappeError.unspoken(503, "SessionStopped", "Session Stopped"), true));
    }

    /** The site is read only: writes are refused, reads work. */
    public static Fault readOnly() {
        return refusingWrites(
                "read only",
                () -> FrappeError.thrown(
                        503,
                        "frappe.exceptions.",
                        "InReadOnlyMode",
                        "Site is running in read only mode for maintenance or site update, this action can not be"
                                + " performed right now. Please try again later.",
                        "In Read Only Mode"));
    }

    /** Another transaction holds the lock on the naming series; reads work. */
    public static Fault queryTimeout() {
        return refusingWrites(
                "query time-out",
                () -> FrappeError.unspoken(
                        500, "QueryTimeoutError", "(1205, 'Lock wait timeout exceeded; try restarting transaction')"));
    }

    /** The database chose this transaction as the victim; reads work. */
    public static Fault queryDeadlock() {
        return refusingWrites(
                "query deadlock",
                () -> FrappeError.unspoken(
                        500,
                        "QueryDeadlockError",
                        "(1213, 'Deadlock found when trying to get lock; try restarting transaction')"));
    }

    /** The database is being restarted. */
    public static Fault databaseGone() {
        return answering(
                "database gone",
                call -> Reply.error(
                        FrappeError.crash(
                                "pymysql.err.OperationalError",
                                "(2003, \"Can't connect to MySQL server on '127.0.0.1' ([Errno 111] Connection"
                                        + " refused)\")"),
                        true));
    }

    /** The work is done and committed at once, the answer comes this much later. */
    public static Fault answerLate(Duration delay) {
        return new Fault("answer late", plan -> plan.delayAfterWork(delay));
    }

    /** The request lies about for this long; then it is worked on, even if its client has gone, and answered. */
    public static Fault workLate(Duration delay) {
        return new Fault("work late", plan -> plan.delayBeforeWork(delay));
    }

    /**
     * Begun at once and committed only when released: what others commit meanwhile is not seen, so that identical
     * requests race past Frappe's duplicate check.
     */
    public static Fault heldUntil(CompletionStage<?> release) {
        return new Fault("held", plan -> plan.holdUntil(release));
    }

    /** The work is done and committed, no answer ever comes. */
    public static Fault commitThenSilence() {
        return new Fault("commit, then silence", plan -> plan.endWith(RequestPlan.Ending.SILENCE));
    }

    /** The work is done and committed, the connection breaks in the middle of the answer. */
    public static Fault commitThenReset() {
        return new Fault("commit, then reset", plan -> plan.endWith(RequestPlan.Ending.RESET_AFTER_HALF_THE_ANSWER));
    }

    /** The connection breaks and nothing is done, as when the workers are killed. */
    public static Fault reset() {
        return new Fault("reset", plan -> plan.endWith(RequestPlan.Ending.RESET_BEFORE_ANYTHING));
    }

    /** The work is done, but the answer names rows that other requests wrote (made-up ones if there are too few). */
    public static Fault otherNames() {
        return new Fault("other names", RequestPlan::swapNames);
    }

    /** The API key and secret aren't good any more. */
    public static Fault tokenRevoked() {
        return answering(
                "token revoked", call -> Reply.error(FrappeError.unspoken(401, "AuthenticationError", null), true));
    }

    /** The API user has lost permission level 1: times that it sends are silently replaced by now. */
    public static Fault timePermissionWithdrawn() {
        return new Fault("time permission withdrawn", RequestPlan::withdrawTimePermission);
    }

    /** No site of that name is served at this address. */
    public static Fault wrongHost() {
        return answering(
                "wrong host",
                call -> Reply.werkzeug(
                        404, "Not Found", call.header("host").replaceAll(":\\d+$", "") + " does not exist"));
    }

    /** Frappe refuses this employee's check-ins with these words, alone or in a batch. */
    public static Fault poison(String employee, String words) {
        return poison(document -> document.path("employee").asText().equals(employee), words);
    }

    /** Frappe refuses such documents with these words, alone or in a batch. */
    public static Fault poison(Predicate<JsonNode> document, String words) {
        return new Fault("poison", plan -> plan.poison(document, words));
    }

    private static Fault answering(String name, Function<Call, Reply> answer) {
        return new Fault(name, plan -> plan.answerWith(answer));
    }

    private static Fault refusingWrites(String name, Supplier<FrappeError> failure) {
        return new Fault(name, plan -> plan.failWrites(failure));
    }

    void apply(RequestPlan plan) {
        effect.accept(plan);
    }

    @Override
    public String toString() {
        return name;
    }
}
