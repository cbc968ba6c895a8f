package io.punchbridge.doctor;

import java.util.List;

/** Parts of sentences. */
final class Told {
    private static final int MOST = 10;

    private Told() {}

    /** The first ten, and how many more there are. */
    static String some(List<String> all) {
        String first = String.join(", ", all.subList(0, Math.min(MOST, all.size())));
        return all.size() <= MOST ? first : first + " and " + (all.size() - MOST) + " more";
    }

    /** What somebody else said, with an end. */
    static String ended(String words) {
        String said = words.strip();
        return said.endsWith(".") || said.endsWith("?") || said.endsWith("!") ? said : said + ".";
    }
}
