package io.punchbridge.settings;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of keys as they stand in files and in the environment: which devices they declare, and which are unknown. */
final class KeyNames {
    private static final Pattern DEVICE_KEY = Pattern.compile(
            Pattern.quote(Keys.DEVICES) + "(?:\"(?<quoted>[^\"]+)\"|(?<plain>[^.\"]+))\\.(?<property>.+)");
    private static final String DEVICE_ENVIRONMENT = "PUNCHBRIDGE_DEVICES_";
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
        Map<String, String> prefixes = new TreeMap<>();
        Set<String> inEnvironmentForm = new HashSet<>();
        for (String name : names) {
            Matcher key = DEVICE_KEY.matcher(name);
            if (key.matches()) {
                String quoted = key.group("quoted");
                String device = quoted != null ? quoted : key.group("plain");
                prefixes.put(device, Keys.DEVICES + (quoted != null ? "\"" + quoted + "\"" : device) + ".");
                inEnvironmentForm.add(Keys.environmentVariable(device));
            }
        }
        for (String variable : environment) {
            deviceInEnvironment(variable)
                    .filter(inEnvironmentForm::add)
                    .map(device -> device.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .ifPresent(device -> prefixes.put(device, Keys.DEVICES + device + "."));
        }
        return prefixes;
    }

    /** {@code HEAD_OFFICE} of {@code PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN}. */
    private static Optional<String> deviceInEnvironment(String variable) {
        if (!variable.startsWith(DEVICE_ENVIRONMENT)) {
            return Optional.empty();
        }
        String rest = variable.substring(DEVICE_ENVIRONMENT.length());
        return Keys.ofADevice().stream()
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
