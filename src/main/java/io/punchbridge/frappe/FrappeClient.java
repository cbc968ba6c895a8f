package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of a site's REST API and grades what comes back. Holds no session and no cookies, follows no redirects,
 * and never repeats a request by itself. Blocks; not to be called on an event loop.
 */
@ApplicationScoped
class FrappeClient {
    /** Grace for a request that is out of time to be cancelled; a backstop only. */
    private static final Duration CANCELLING = Duration.ofSeconds(5);

    private final FrappeSettings settings;
    private final Clock clock;
    private final FrappeWire wire;
    private final FrappeErrors errors;
    private final NetworkErrors networkErrors;
    private volatile @Nullable Instant lastAnswerAt;
    private volatile @Nullable Duration clockLead;

    @Inject
    FrappeClient(FrappeSettings settings, Clock clock) {
        this(settings, clock, new QuarkusWire(settings));
    }

    FrappeClient(FrappeSettings settings, Clock clock, FrappeWire wire) {
        this.settings = settings;
        this.clock = clock;
        this.wire = new TracedWire(wire, settings.url());
        this.errors = new FrappeErrors(clock, List.of(settings.apiKey(), settings.apiSecret()));
        this.networkErrors = new NetworkErrors(settings.url(), settings.requestTimeout());
    }

    FrappeWire wire() {
        return wire;
    }

    /** When any answer of the site's own came last, or null. */
    @Nullable Instant lastAnswerAt() {
        return lastAnswerAt;
    }

    /**
     * How far our clock was ahead of the site's when it last told the time, at least: the answer's second was not over
     * before it was asked. Negative where it was behind; empty before the first answer with a date. Told only by an answer that
     * says what was asked: an error may be a proxy's, dated by the proxy's clock, and what comes out of a cache bears an old date.
     */
    Optional<Duration> clockLead() {
        return Optional.ofNullable(clockLead);
    }

    /** Reads the rows of a {@code frappe.client.get_list}. */
    <T> FrappeAnswer<T> list(byte[] query, Function<JsonNode, T> reader) {
        return read(wire.call("frappe.client.get_list", query), json -> reader.apply(messageList(json)));
    }

    private static JsonNode messageList(JsonNode json) {
        JsonNode list = json.path("message");
        if (!list.isArray()) {
            throw new UnreadableAnswer("no list");
        }
        return list;
    }

    /** A request that changes something: an answer that can't be read leaves its outcome open. */
    <T> FrappeAnswer<T> write(Uni<Reply> request, Function<JsonNode, T> reader) {
        return call(request, reader, Kind.UNCERTAIN);
    }

    /** A read has changed nothing, and asks the same each time: it is tried again, or somebody must act. */
    <T> FrappeAnswer<T> read(Uni<Reply> request, Function<JsonNode, T> reader) {
        FrappeAnswer<T> answer = call(request, reader, Kind.RETRY_LATER);
        return answer.fold(
                Success::new,
                failure -> new Failure<>(
                        switch (failure.kind()) {
                            case RETRY_LATER, SET_UP -> failure;
                            case UNCERTAIN, CHANGED_MEANWHILE -> as(Kind.RETRY_LATER, failure);
                            case REFUSED, ALREADY_THERE -> as(Kind.SET_UP, failure);
                        }));
    }

    /** @param ifUnreadable what a success means that can't be read */
    private <T> FrappeAnswer<T> call(Uni<Reply> request, Function<JsonNode, T> reader, Kind ifUnreadable) {
        Reply reply;
        Instant asked = clock.instant();
        try {
            // The client's own time-out bounds silence only; this one bounds the whole, however the answer trickles.
            reply = request.ifNoItem()
                    .after(settings.requestTimeout())
                    .fail()
                    .await()
                    .atMost(settings.requestTimeout().plus(CANCELLING));
        } catch (RuntimeException noAnswer) {
            return new Failure<>(networkErrors.of(noAnswer));
        }
        JsonNode json = reply.json();
        if (json != null) {
            lastAnswerAt = clock.instant();
        }
        if (!reply.isSuccess()) {
            return new Failure<>(errors.of(reply));
        }
        if (json == null && reply.isHtml()) {
            return new Failure<>(setUp(errors.redacted("A web page came instead of the API's answer (\""
                    + FrappeWords.words(reply) + "\"); punchbridge.frappe.url must be the site itself")));
        }
        try {
            T value = reader.apply(json == null ? MissingNode.getInstance() : json);
            if (json != null && !reply.isFromACache()) {
                reply.date().ifPresent(date -> clockLead = Duration.between(date.plusSeconds(1), asked));
            }
            return new Success<>(value);
        } catch (UnreadableAnswer unreadable) {
            return new Failure<>(unreadable(ifUnreadable, reply.status(), unreadable));
        }
    }

    static FrappeFailure setUp(String words) {
        return new FrappeFailure(Kind.SET_UP, 200, null, PlainText.cut(words), null, null);
    }

    /** Fields that Frappe left out without a word, as their permission level isn't granted. */
    static <T> FrappeAnswer<T> mayNotRead(String doctype, List<String> fields) {
        return new Failure<>(setUp(
                "The API user may not read %s of %s; give one of its roles Read on %s at the permission level of each field"
                        .formatted(String.join(", ", fields), doctype, doctype)));
    }

    static <T> FrappeAnswer<T> flat(FrappeAnswer<FrappeAnswer<T>> answer) {
        return answer.fold(Function.identity(), Failure::new);
    }

    static FrappeFailure unreadable(Kind kind, int status, UnreadableAnswer unreadable) {
        return new FrappeFailure(
                kind,
                status,
                null,
                "The site said yes, but its answer can't be read: " + unreadable.getMessage(),
                null,
                null);
    }

    static FrappeFailure as(Kind kind, FrappeFailure failure) {
        return new FrappeFailure(
                kind, failure.status(), failure.excType(), failure.words(), failure.existing(), failure.retryAfter());
    }
}
