package io.punchbridge.settings;

import io.punchbridge.tracing.TraceSettings;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where traces go. No problem that it notes holds any of the headers. */
final class TraceReader {
    private static final String OTLP_PATH = "/v1/traces";
    private static final int LONGEST_NAME = 80;
    private static final Pattern HEADER = Pattern.compile(
            "\\s*(?<name>[A-Za-z0-9!#$%&'*+.^_`|~-]+)\\s*=\\s*(?<value>[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?)\\s*");

    private final Values values;

    TraceReader(Values values) {
        this.values = values;
    }

    TraceSettings read() {
        Optional<URI> endpoint = values.optional(Keys.TRACES_ENDPOINT, values::url);
        SortedMap<String, String> headers =
                values.optional(Keys.TRACES_HEADERS, this::headers).orElse(Collections.emptySortedMap());
        String service = values.required(Keys.TRACES_SERVICE, this::service, "");
        return new TraceSettings(endpoint.map(url -> new TraceSettings.Collector(withPath(url), headers)), service);
    }

    private static URI withPath(URI url) {
        String path = url.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? url.resolve(OTLP_PATH) : url;
    }

    private Optional<SortedMap<String, String>> headers(String key, String text) {
        SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String one : text.split(",", -1)) {
            Matcher header = HEADER.matcher(one);
            if (!header.matches()) {
                return values.wrong(key, "is no list of headers: wanted is e.g. authorization=Bearer …,x-tenant=….");
            }
            headers.put(header.group("name"), header.group("value"));
        }
        return Optional.of(headers);
    }

    private Optional<String> service(String key, String text) {
        return text.length() <= LONGEST_NAME
                ? Optional.of(text)
                : values.wrong(key, "is longer than " + LONGEST_NAME + " characters.");
    }
}
