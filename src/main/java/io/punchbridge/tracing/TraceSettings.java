package io.punchbridge.tracing;

import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where spans go.
 *
 * @param collector empty: nowhere, and nothing of this room runs
 * @param service what this installation is called among others
 */
public record TraceSettings(Optional<Collector> collector, String service) {

    /**
     * @param url takes OTLP over HTTP, path included
     * @param headers sent with every request; secrets, which no log shows
     */
    public record Collector(URI url, SortedMap<String, String> headers) {
        @Override
        public String toString() {
            return "Collector[" + url + "]";
        }
    }
}
