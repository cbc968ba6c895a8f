package io.punchbridge.alerts;

import io.punchbridge.inbox.Alerts.Message;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP half: one message, one answer. Follows no redirects, verifies certificates as Java does, keeps nothing of what an
 * answer says but its status and {@code Retry-After}.
 */
final class Receiver {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Of a whole answer, however slowly its bytes come. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    enum Outcome {
        TAKEN,
        /** It can't at the moment; nobody must act but whoever runs it. */
        LATER,
        /** It won't take this one; a person must act. */
        REFUSED,
        /** It wants none any more. */
        GONE
    }

    /**
     * @param words what happened and what to do; without the address, which may be a secret
     * @param retryAfter how long it asks us to wait, if it does
     */
    record Answer(Outcome outcome, String words, Optional<Duration> retryAfter) {}

    private final AlertSettings.Receiver settings;
    private final Duration answerTimeout;
    private final Clock clock;
    private final HttpClient http;

    Receiver(AlertSettings.Receiver settings, Duration answerTimeout, Clock clock) {
        this.settings = settings;
        this.answerTimeout = answerTimeout;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    Answer post(Message message) {
        Instant now = clock.instant();
        HttpRequest request = HttpRequest.newBuilder(settings.url())
                .POST(BodyPublishers.ofString(message.body(), StandardCharsets.UTF_8))
                .timeout(answerTimeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Punchbridge")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", settings.key().sign(message.id(), now, message.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> sent = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer(sent.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS), now);
        } catch (ExecutionException failed) {
            return noAnswer(failed.getCause());
        } catch (TimeoutException tooSlow) {
            return noAnswer(tooSlow);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return later("Punchbridge was stopped while it waited for an answer.");
        } finally {
            // Ends what still runs; one that has ended doesn't mind.
            sent.cancel(true);
        }
    }

    private static Answer answer(HttpResponse<Void> response, Instant now) {
        int status = response.statusCode();
        Optional<Duration> retryAfter =
                response.headers().firstValue("Retry-After").flatMap(text -> wait(text, now));
        if (status >= 200 && status < 300) {
            return new Answer(Outcome.TAKEN, "It answered " + status + ".", Optional.empty());
        }
        if (status == GONE) {
            return new Answer(Outcome.GONE, "It answered 410, which means that it wants none any more.", retryAfter);
        }
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
            return new Answer(Outcome.LATER, "It answered " + status + ".", retryAfter);
        }
        return new Answer(Outcome.REFUSED, "It answered " + status + ". " + toDo(status), retryAfter);
    }

    private static String toDo(int status) {
        if (status >= 300 && status < 400) {
            return "Redirects aren't followed: set punchbridge.alerts.url to the address that it leads to.";
        }
        return switch (status) {
            case 401, 403 ->
                "Compare punchbridge.alerts.secret with the receiver's, and look whether its address is still valid.";
            case 404, 405 -> "Look whether punchbridge.alerts.url is the address that takes alerts by POST.";
            case 413, 415, 422, 400 ->
                "It doesn't take such a body: docs/operations.md shows what is sent; put something between that translates.";
            default -> "Look into the receiver's log.";
        };
    }

    private static Answer noAnswer(@Nullable Throwable failure) {
        if (failure instanceof SSLException) {
            return later("TLS failed: its certificate is not trusted, is over, or is another host's.");
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return later("It didn't answer in time.");
        }
        if (failure instanceof ConnectException) {
            return later("It can't be reached: look at its host name, the network between, and whether it runs.");
        }
        return later(
                "No answer came (" + (failure == null ? "" : failure.getClass().getSimpleName()) + ").");
    }

    private static Answer later(String words) {
        return new Answer(Outcome.LATER, words, Optional.empty());
    }

    /** Seconds, or a date of HTTP; empty for what is neither. */
    private static Optional<Duration> wait(String retryAfter, Instant now) {
        if (retryAfter.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            Instant until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, until)).filter(wait -> !wait.isNegative());
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
