package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a reply says that it went, in any of the ways that were seen: a {@code StatusCode} as number or text, a {@code
 * Status} of {@code done} alone, or one that holds {@code API_RESPONSE_<NAME>}. Done is believed only if nothing
 * contradicts it.
 *
 * @param number as said, or as the name stands for; null for a name that nobody published
 * @param unknown what was said, where it is a code that we don't know; safe to be shown
 */
record SaidStatus(
        StatusCode code, @Nullable Integer number, @Nullable String unknown) {
    private static final Pattern NAME = Pattern.compile("(API_RESPONSE_)?([A-Z][A-Z0-9_]{0,59})");
    private static final String IN_OTHER_WORDS = "(in words of its own)";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    /** Empty if the reply says nothing of it. */
    static Optional<SaidStatus> of(ObjectNode reply) {
        String code = CamsJson.text(reply, "StatusCode");
        String status = CamsJson.text(reply, "Status");
        Optional<SaidStatus> inWords = Optional.ofNullable(status).map(SaidStatus::named);
        if (code == null) {
            return inWords;
        }
        SaidStatus said = NUMBER.matcher(code).matches() ? numbered(Integer.parseInt(code)) : named(code);
        return Optional.of(said.code() == StatusCode.DONE ? inWords.orElse(said) : said);
    }

    private static SaidStatus numbered(int number) {
        StatusCode code = StatusCode.of(number);
        return new SaidStatus(code, number, code == StatusCode.UNKNOWN ? Integer.toString(number) : null);
    }

    private static SaidStatus named(String text) {
        Matcher name = NAME.matcher(text.toUpperCase(Locale.ROOT));
        if (!name.matches()) {
            return new SaidStatus(StatusCode.UNKNOWN, null, IN_OTHER_WORDS);
        }
        StatusCode code = StatusCode.named(name.group(2));
        if (code != StatusCode.UNKNOWN) {
            return new SaidStatus(code, code.code(), null);
        }
        // Only a name of the vendor's is repeated: what else stands there may be about a person.
        return new SaidStatus(code, null, name.group(1) == null ? IN_OTHER_WORDS : name.group());
    }
}
