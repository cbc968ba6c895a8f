package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeFailure.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells Frappe's answers of failure apart. Decides by status, {@code exc_type} and links, never by sentences, since
 * Frappe translates those.
 */
final class FrappeErrors {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** A link to a check-in in an error is how HRMS says "this one is there already". */
    private static final Pattern CHECKIN_LINK = Pattern.compile(
            "/(?:app|desk)/(?:Form/Employee(?: |%20|\\+)Checkin|employee-checkin)/([^\"'<>\\s?#\\\\]+)");

    /** A method that this site lacks; its name stands in the sentence in every language. */
    private static final Pattern MISSING_METHOD = Pattern.compile("Failed to get method|\\bfrappe\\.client\\.\\w+");

    /** A 500 of these comes from what was sent, and would come again. */
    private static final Set<String> CAUSED_BY_DOCUMENT = Set.of(
            "ParserError",
            "TypeError",
            "AttributeError",
            "ValueError",
            "OverflowError",
            "JSONDecodeError",
            "DataError",
            "KeyError",
            "IndexError",
            "ZeroDivisionError",
            "AssertionError",
            "UnicodeEncodeError",
            "UnicodeDecodeError");

    /** MariaDB: incorrect datetime, incorrect string, out of range, too long. */
    private static final Pattern VALUE_REFUSED_BY_DATABASE = Pattern.compile("\\((1292|1366|1264|1406),");

    /** MariaDB: connection lost during a query, which may have been the commit. */
    private static final Pattern DATABASE_LOST_MIDWAY = Pattern.compile("\\((2013|2055),");

    private final Clock clock;
    private final List<String> secrets;

    /** @param secrets are blacked out wherever an answer repeats them */
    FrappeErrors(Clock clock, List<String> secrets) {
        this.clock = clock;
        this.secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    /** What an answer without success means for a call that writes. */
    FrappeFailure of(Reply reply) {
        String excType = excType(reply);
        String existing = reply.status() == 417 ? linkedCheckin(reply) : null;
        return new FrappeFailure(
                kind(reply, excType, existing),
                reply.status(),
                excType,
                redacted(FrappeWords.words(reply)),
                existing,
                retryAfter(reply));
    }

    private static Kind kind(Reply reply, @Nullable String excType, @Nullable String existing) {
        int status = reply.status();
        if (status < 400) {
            return Kind.SET_UP;
        }
        return status < 500 ? clientKind(reply, excType, existing) : serverKind(reply, excType);
    }

    private static Kind clientKind(Reply reply, @Nullable String excType, @Nullable String existing) {
        return switch (reply.status()) {
            case 408 -> Kind.UNCERTAIN;
            case 425, 429 -> Kind.RETRY_LATER;
            case 413 -> Kind.REFUSED;
            // We never name a check-in: a clash means that the site's naming series has fallen behind, for every row.
            case 409 -> "DuplicateEntryError".equals(excType) ? Kind.SET_UP : refusedIfJson(reply);
            case 400 -> "CSRFTokenError".equals(excType) ? Kind.SET_UP : refusedIfJson(reply);
            case 417 -> expectationKind(reply, excType, existing);
            case 422 -> refusedIfJson(reply);
            default -> Kind.SET_UP;
        };
    }

    /** 417 is Frappe's status for all that a document can do wrong. */
    private static Kind expectationKind(Reply reply, @Nullable String excType, @Nullable String existing) {
        if ("TimestampMismatchError".equals(excType)) {
            return Kind.CHANGED_MEANWHILE;
        }
        if ("UniqueValidationError".equals(excType)) {
            return Kind.ALREADY_THERE;
        }
        if (existing != null && (excType == null || excType.equals("ValidationError"))) {
            return Kind.ALREADY_THERE;
        }
        if (MISSING_METHOD.matcher(FrappeWords.words(reply)).find()) {
            return Kind.SET_UP;
        }
        return refusedIfJson(reply);
    }

    private static Kind serverKind(Reply reply, @Nullable String excType) {
        return switch (reply.status()) {
            case 501, 505 -> Kind.SET_UP;
            // A gateway that found nobody to hand the request to.
            case 521, 522, 523 -> Kind.RETRY_LATER;
            case 502, 504, 520, 524 -> Kind.UNCERTAIN;
            // Not Frappe's own words: of what stands before it, which can't know whether Frappe had committed when it
            // lost it or
            // gave it up (some say 503 then), or of a server that failed at the commit itself.
            default -> excType == null ? Kind.UNCERTAIN : typedKind(reply, excType);
        };
    }

    private static Kind typedKind(Reply reply, String excType) {
        if (reply.status() != 500) {
            return Kind.RETRY_LATER;
        }
        if (CAUSED_BY_DOCUMENT.contains(excType)) {
            return Kind.REFUSED;
        }
        return switch (excType) {
            // The doctype's code isn't there: HRMS isn't installed on this site.
            case "ImportError", "ModuleNotFoundError" -> Kind.SET_UP;
            case "OperationalError" ->
                databaseKind(FrappeWords.field(reply, "exception").orElse(""));
            default -> Kind.RETRY_LATER;
        };
    }

    private static Kind databaseKind(String exception) {
        if (VALUE_REFUSED_BY_DATABASE.matcher(exception).find()) {
            return Kind.REFUSED;
        }
        return DATABASE_LOST_MIDWAY.matcher(exception).find() ? Kind.UNCERTAIN : Kind.RETRY_LATER;
    }

    /** An HTML 4xx comes from something before Frappe, and would refuse every document. */
    private static Kind refusedIfJson(Reply reply) {
        return reply.json() == null ? Kind.SET_UP : Kind.REFUSED;
    }

    private static @Nullable String excType(Reply reply) {
        return FrappeWords.field(reply, "exc_type")
                .or(() -> FrappeWords.firstError(reply, "type"))
                .orElse(null);
    }

    private static @Nullable String linkedCheckin(Reply reply) {
        JsonNode json = reply.json();
        if (json == null) {
            return null;
        }
        String said = String.join(" ", FrappeWords.serverMessages(json)) + " "
                + FrappeWords.field(reply, "exception").orElse("") + " "
                + FrappeWords.firstError(reply, "message").orElse("");
        Matcher link = CHECKIN_LINK.matcher(said);
        return link.find() ? decoded(link.group(1)) : null;
    }

    private static String decoded(String name) {
        if (!name.contains("%")) {
            return name;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return name;
        }
    }

    String redacted(String words) {
        String redacted = words;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "***");
        }
        return PlainText.cut(redacted);
    }

    private @Nullable Duration retryAfter(Reply reply) {
        return reply.header("Retry-After")
                .flatMap(this::duration)
                .or(() -> reply.status() == 429
                        ? reply.header("X-RateLimit-Reset").flatMap(this::duration)
                        : Optional.empty())
                .orElse(null);
    }

    /** Seconds, or an HTTP date. */
    private Optional<Duration> duration(String value) {
        try {
            return Optional.of(atMostADay(Duration.ofSeconds(Long.parseLong(value.strip()))));
        } catch (NumberFormatException notSeconds) {
            return untilDate(value.strip());
        }
    }

    private Optional<Duration> untilDate(String value) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(atMostADay(Duration.between(clock.instant(), date.toInstant())));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Duration atMostADay(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
