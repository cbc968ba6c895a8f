package io.punchbridge.console.people;

import io.punchbridge.punch.Slip;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names as people and devices write them: order of the words, case, accents and signs between them tell nothing. */
public final class Names {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

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
                if (Slip.isSameWord(word, left.get(i))) {
                    left.remove(i);
                    alike++;
                    break;
                }
            }
        }
        return alike;
    }
}
