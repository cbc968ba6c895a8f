package io.punchbridge.punch;

/** A slip of the hand in a word that somebody typed, at a device or in ERPNext. */
public final class Slip {
    /** In shorter words another letter makes another word. */
    private static final int SLIPS_FROM = 4;

    private Slip() {}

    /** Whether two words are equal or, from four letters on, but for one letter that is another, or one too many. */
    public static boolean isSameWord(String one, String other) {
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
