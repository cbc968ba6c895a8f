package io.punchbridge.doctor;

import java.util.List;

/** Lists that stay short. */
final class Listed {
    private static final int MOST = 10;

    private Listed() {}

    /** The first ten, and how many more there are. */
    static String some(List<String> all) {
        String first = String.join(", ", all.subList(0, Math.min(MOST, all.size())));
        return all.size() <= MOST ? first : first + " and " + (all.size() - MOST) + " more";
    }
}
