package io.punchbridge.sandbox;

import java.util.Collection;
import java.util.stream.Collectors;

/** JSON as Python's {@code json.dumps} writes it: Frappe nests such strings into its answers. */
final class PythonJson {
    private PythonJson() {}

    static String dumps(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    static String dumps(Collection<String> texts) {
        return texts.stream().map(PythonJson::dumps).collect(Collectors.joining(", ", "[", "]"));
    }
}
