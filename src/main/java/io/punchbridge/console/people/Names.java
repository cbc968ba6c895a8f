package io.punchbridge.console.people;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names as people and devices write them: order of the words, case, accents and signs between them tell nothing. */
public final class Names {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** In shorter words another letter makes another word. */
    private static final int SLIPS_FROM = 4;

    private Names() {}

    public static List<String> words(String name) {
        String bare = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return BETWEEN_WORDS.splitAsStream(bare).filter(word -> !word.isEmpty()).toList();
    }

    /** Whether each word that is sought begins a word of the name. */
    public static boolean begin(List<String> sought, List<String> name) {
        return !sought.isEmpty()
                && sought.stream().allMatch(wanted -> name.stream().anyMatch(word -> word.startsWith(wanted)));
    }

    /** How many words of the one stand in the other too, equal or, from four letters on, with one letter other, more or less. */
    public static int alike(List<String> one, List<String> other) {
        List<String> left = new ArrayList<>(other);
        int alike = 0;
        for (String word : one) {
            for (int i = 0; i < left.size(); i++) {
                if (isAlike(word, left.get(i))) {
                    left.remove(i);
                    alike++;
                    break;
                }
            }
        }
        return alike;
    }

    private static boolean isAlike(String one, String other) {
        return one.equals(other)
                || (one.length() <= other.length() ? isOneSlipApart(one, other) : isOneSlipApart(other, one));
    }

    private static boolean isOneSlipApart(String shorter, String longer) {
        int more = longer.length() - shorter.length();
        if (shorter.length() < SLIPS_FROM || more > 1) {
            return false;
        }
        int same = 0;
        while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) {
            same++;
        }
        return shorter.substring(Math.min(shorter.length(), same + 1 - more)).equals(longer.substring(same + 1));
    }
}
