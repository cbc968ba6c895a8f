package io.punchbridge.settings;

import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.gateway.SecurityKey;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values as what they are meant to be, and collects what is missing or wrong: nobody should have to start
 * ten times to hear of ten mistakes.
 */
final class Values {
    private static final String PLACEHOLDER = "REPLACE-ME";
    private static final Duration LONGEST_NEAR = Duration.ofMinutes(10);

    private final Function<String, @Nullable String> values;
    private final Set<String> read = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param values value of a key from any source, the environment included, or null */
    Values(Function<String, @Nullable String> values) {
        this.values = values;
    }

    /** Keys that were asked for, whether they have a value or not. */
    Set<String> read() {
        return Set.copyOf(read);
    }

    /** All that was missing or wrong, by key. */
    List<Problem> problems() {
        return problems.stream().sorted(Comparator.comparing(Problem::key)).toList();
    }

    /** Reads a text, a key of which is told in a problem. Empty after a problem was noted. */
    @FunctionalInterface
    interface Reading<T> {
        Optional<T> read(String key, String text);
    }

    Optional<String> value(String key) {
        read.add(key);
        String text = values.apply(key);
        if (text != null && text.contains(PLACEHOLDER)) {
            problem(key, "still holds the placeholder " + PLACEHOLDER + " of the deployment files.");
        }
        if (text != null && !text.isBlank()) {
            return Optional.of(text.strip());
        }
        String fallback = Keys.fallback(key);
        return fallback.isEmpty() ? Optional.empty() : Optional.of(fallback);
    }

    boolean isSet(String key) {
        String text = values.apply(key);
        return text != null && !text.isBlank();
    }

    <T> Optional<T> optional(String key, Reading<T> reading) {
        return value(key).flatMap(text -> reading.read(key, text));
    }

    <T> T required(String key, Reading<T> reading, T placeholder) {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            problem(key, "is missing. " + help(key));
            return placeholder;
        }
        return reading.read(key, text.get()).orElse(placeholder);
    }

    String secret(String key) {
        return required(key, (name, text) -> Optional.of(text), "");
    }

    private static String help(String key) {
        return Keys.all().stream()
                .filter(known -> known.name().equals(key))
                .findFirst()
                .or(() -> Stream.of(Keys.ofADevice(), Keys.ofAUser())
                        .flatMap(List::stream)
                        .filter(known -> key.endsWith("." + known.name()))
                        .findFirst())
                .map(known -> known.help().replace("`", "").replace(" Required.", ""))
                .orElse("");
    }

    Optional<URI> url(String key, String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (web && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notAUrl) {
            // told below, as every other text that is no address
        }
        return wrong(key, "is no web address: wanted is e.g. https://erp.example.com, without user, query or spaces.");
    }

    Optional<String> jdbcUrl(String key, String text) {
        return text.startsWith("jdbc:postgresql:")
                ? Optional.of(text)
                : wrong(key, "is no JDBC address of PostgreSQL: wanted is e.g. jdbc:postgresql://db:5432/punchbridge.");
    }

    Optional<ZoneId> zone(String key, String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return wrong(key, "is no time zone: \"" + text + "\". Wanted is e.g. Africa/Nairobi or +05:30.");
        }
    }

    Optional<Path> path(String key, String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return wrong(key, "is no file name: \"" + text + "\".");
        }
    }

    Optional<SecurityKey> securityKey(String key, String text) {
        try {
            return Optional.of(new SecurityKey(text));
        } catch (IllegalArgumentException wrongLength) {
            return wrong(key, "must have exactly 32 characters; this has " + text.length() + ".");
        }
    }

    Optional<Boolean> flag(String key, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false")
                ? Optional.of(Boolean.valueOf(lower))
                : wrong(key, "is \"" + text + "\"; wanted is one of false, true.");
    }

    Duration duration(String key) {
        return required(key, this::duration, Duration.ofSeconds(1));
    }

    Optional<Duration> duration(String key, String text) {
        return parsed(text)
                .filter(duration -> !duration.isZero())
                .or(() -> wrong(key, "is no duration: \"" + text + "\". Wanted is e.g. 30s, 5m, 12h or 90d."));
    }

    Optional<Duration> durationAtMost(String key, String text, Duration longest) {
        return duration(key, text)
                .filter(duration -> duration.compareTo(longest) <= 0)
                .or(() -> parsed(text).isEmpty() || parsed(text).get().isZero()
                        ? Optional.empty()
                        : wrong(
                                key,
                                "is too long: \"" + text + "\". At most " + longest.toMinutes() + "m is possible."));
    }

    Optional<Duration> durationOrZero(String key, String text) {
        return parsed(text)
                .or(() -> wrong(
                        key, "is no duration: \"" + text + "\". Wanted is e.g. 12h or 3d, or 0s to switch it off."));
    }

    /** Empty for what is no duration, or a negative one. */
    private static Optional<Duration> parsed(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text))
                    .filter(duration -> !duration.isNegative());
        } catch (IllegalArgumentException notADuration) {
            return Optional.empty();
        }
    }

    Optional<Integer> percent(String key, String text) {
        Matcher percent = Pattern.compile("(\\d{1,3})\\s*%").matcher(text);
        return percent.matches() && Integer.parseInt(percent.group(1)) <= 100
                ? Optional.of(Integer.parseInt(percent.group(1)))
                : wrong(key, "is \"" + text + "\"; wanted is a share from 0% to 100%.");
    }

    Optional<Integer> count(String key, String text) {
        return text.matches("\\d{1,2}") && Integer.parseInt(text) >= 1
                ? Optional.of(Integer.parseInt(text))
                : wrong(key, "is \"" + text + "\"; wanted is a whole number from 1 to 99.");
    }

    Optional<Double> degrees(String key, String text, int most) {
        return text.matches("[+-]?\\d{1,3}(\\.\\d{1,15})?") && Math.abs(Double.parseDouble(text)) <= most
                ? Optional.of(Double.valueOf(text))
                : wrong(
                        key,
                        "is \"" + text
                                + "\"; wanted are degrees from -%d to %d, e.g. -1.286389.".formatted(most, most));
    }

    Optional<EmployeeFilter> employeeFilter(String key, String text) {
        try {
            return Optional.of(EmployeeFilter.parse(text));
        } catch (IllegalArgumentException noFilter) {
            return wrong(key, Objects.requireNonNullElse(noFilter.getMessage(), "is no filter."));
        }
    }

    int batchSize() {
        return required(
                Keys.BATCH_SIZE,
                (key, text) -> text.matches("\\d{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 200
                        ? Optional.of(Integer.parseInt(text))
                        : wrong(key, "is \"" + text + "\"; wanted is a whole number from 1 to 200 (Frappe's limit)."),
                1);
    }

    /** Further apart than the longest, two punches of one employee are the rule rather than the exception. */
    Duration near() {
        return required(
                Keys.NEAR,
                (key, text) -> {
                    try {
                        Duration near = DurationConverter.parseDuration(text);
                        if (near != null && !near.isNegative() && near.compareTo(LONGEST_NEAR) <= 0) {
                            return Optional.of(near.truncatedTo(ChronoUnit.SECONDS));
                        }
                    } catch (IllegalArgumentException notADuration) {
                        // told below, as a duration that is too long
                    }
                    return wrong(key, "is \"" + text + "\"; wanted is a duration from 0s to 10m.");
                },
                Duration.ZERO);
    }

    <T> T choice(String key, Map<String, T> choices) {
        T fallback = Objects.requireNonNull(choices.get(Keys.fallback(key)));
        return required(key, (name, text) -> chosen(name, text, choices), fallback);
    }

    <T> Optional<T> chosen(String key, String text, Map<String, T> choices) {
        T chosen = choices.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
        return chosen != null
                ? Optional.of(chosen)
                : wrong(
                        key,
                        "is \"" + text + "\"; wanted is one of "
                                + choices.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
    }

    static <E extends Enum<E>> Map<String, E> choices(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toUnmodifiableMap(
                        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value -> value));
    }

    <T> Optional<T> wrong(String key, String what) {
        problem(key, what);
        return Optional.empty();
    }

    void problem(String key, String what) {
        problems.add(new Problem(key, what));
    }

    static Set<String> items(String text) {
        return Pattern.compile(",")
                .splitAsStream(text)
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
