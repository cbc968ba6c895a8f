package io.punchbridge.roster;

import io.punchbridge.punch.Slip;
import io.punchbridge.punch.UserId;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Whether the name that a device shows for an id can be an employee's. Devices cut names, drop accents and write capitals; persons at a
 * device change the order, write an initial, leave a name out or mistype a letter. None of that makes it another's name.
 */
final class ShownName {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** What devices show in place of a letter that they don't have. */
    private static final Pattern LETTER_LOST = Pattern.compile("[?\\uFFFD]");

    /** One common word is no proof: of many an Ann, only one is the employee Ann. */
    private static final int WORDS_OF_A_NAME = 2;

    private ShownName() {}

    /**
     * @param shown as the device has it; blank, or the id itself, names nobody, and so can be anybody's
     * @param employeeName in full, as Frappe has it
     */
    static boolean canBe(UserId user, String shown, String employeeName) {
        if (shown.isBlank() || UserId.core(shown).equals(UserId.core(user.value()))) {
            return true;
        }
        List<String> onDevice = words(shown);
        List<String> ofEmployee = words(employeeName);
        if (onDevice.isEmpty()) {
            return false;
        }
        return String.join("", ofEmployee).startsWith(String.join("", onDevice))
                || eachStandsIn(onDevice, ofEmployee, ShownName::isWordOrItsBeginning)
                || (ofEmployee.size() >= WORDS_OF_A_NAME && eachStandsIn(ofEmployee, onDevice, Slip::isSameWord));
    }

    private static List<String> words(String name) {
        String plain = name.replace("ß", "ss")
                .replace("ẞ", "ss")
                .toLowerCase(Locale.ROOT)
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("ı", "i")
                .replace("æ", "ae")
                .replace("œ", "oe");
        String bare =
                MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
        return BETWEEN_WORDS
                .splitAsStream(LETTER_LOST.matcher(bare).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Each word with another one of the others; the longest choose first, since they fit the fewest. */
    private static boolean eachStandsIn(List<String> words, List<String> others, BiPredicate<String, String> fits) {
        List<String> left = new ArrayList<>(others);
        return words.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .allMatch(word -> left.remove(word)
                        || left.stream()
                                .filter(other -> fits.test(word, other))
                                .findFirst()
                                .map(left::remove)
                                .orElse(false));
    }

    private static boolean isWordOrItsBeginning(String word, String other) {
        return other.startsWith(word) || Slip.isSameWord(word, other);
    }
}
