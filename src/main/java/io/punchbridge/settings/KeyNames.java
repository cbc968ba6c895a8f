package io.punchbridge.settings;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of keys as they stand in files and in the environment: which devices and users they declare, and which are unknown. */
final class KeyNames {
    /** What Kubernetes and Docker set in every container beside a service that is called punchbridge. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "PUNCHBRIDGE_([A-Z0-9_]*_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\\d+_(TCP|UDP)(_[A-Z]+)?)?)");

    private final Set<String> names;
    private final Set<String> environment;

    /**
     * @param names keys under {@code punchbridge} that sources other than the environment hold
     * @param environment names of environment variables
     */
    KeyNames(Set<String> names, Set<String> environment) {
        this.names = names;
        this.environment = environment.stream()
                .filter(name -> name.startsWith("PUNCHBRIDGE_"))
                .filter(name -> !SERVICE_LINK.matcher(name).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Device names, each with the prefix of its keys. */
    Map<String, String> devices() {
        return declared(Keys.DEVICES, Keys.ofADevice());
    }

    /** Names of the console's users, each with the prefix of its keys. */
    Map<String, String> users() {
        return declared(Keys.USERS, Keys.ofAUser());
    }

    private Map<String, String> declared(String group, List<Keys.Key> properties) {
        Pattern keyOfOne =
                Pattern.compile(Pattern.quote(group) + "(?:\"(?<quoted>[^\"]+)\"|(?<plain>[^.\"]+))\\.(?<property>.+)");
        Map<String, String> prefixes = new TreeMap<>();
        Set<String> inEnvironmentForm = new HashSet<>();
        for (String name : names) {
            Matcher key = keyOfOne.matcher(name);
            if (key.matches()) {
                String quoted = key.group("quoted");
                String one = quoted != null ? quoted : key.group("plain");
                prefixes.put(one, group + (quoted != null ? "\"" + quoted + "\"" : one) + ".");
                inEnvironmentForm.add(Keys.environmentVariable(one));
            }
        }
        for (String variable : environment) {
            inEnvironment(variable, group, properties)
                    .filter(inEnvironmentForm::add)
                    .map(one -> one.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .ifPresent(one -> prefixes.put(one, group + one + "."));
        }
        return prefixes;
    }

    /** {@code HEAD_OFFICE} of {@code PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN}. */
    private static Optional<String> inEnvironment(String variable, String group, List<Keys.Key> properties) {
        String begin = Keys.environmentVariable(group);
        if (!variable.startsWith(begin)) {
            return Optional.empty();
        }
        String rest = variable.substring(begin.length());
        return properties.stream()
                .map(key -> "_" + Keys.environmentVariable(key.name()))
                .filter(suffix -> rest.endsWith(suffix) && rest.length() > suffix.length())
                .max(Comparator.comparingInt(String::length))
                .map(suffix -> rest.substring(0, rest.length() - suffix.length()));
    }

    /** Notes every key that nobody asked for: a typo in {@code auth-token} must not pass. */
    void noteUnknown(Values values) {
        Set<String> known = new HashSet<>(values.read());
        Keys.all().forEach(key -> known.add(key.name()));
        names.stream()
                .filter(name -> name.startsWith(Keys.PREFIX) && !known.contains(name))
                .forEach(name -> values.problem(name, "is no key of Punchbridge. " + suggestion(name, known)));
        Set<String> knownVariables =
                known.stream().map(Keys::environmentVariable).collect(Collectors.toUnmodifiableSet());
        environment.stream()
                .filter(variable -> !knownVariables.contains(variable))
                .forEach(variable -> values.problem(
                        variable.toLowerCase(Locale.ROOT).replace('_', '.'),
                        "comes from the environment variable " + variable + ", which sets no key of Punchbridge. "
                                + suggestion(variable, knownVariables)));
    }

    private static String suggestion(String unknown, Set<String> known) {
        return known.stream()
                .filter(candidate -> distance(unknown, candidate) <= 3)
                .min(Comparator.comparingInt(candidate -> distance(unknown, candidate)))
                .map(candidate -> "Is " + candidate + " meant?")
                .orElse("See the configuration table in the README.");
    }

    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
