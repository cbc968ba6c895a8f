package io.punchbridge.console;

/** What a page says of an action that it has carried out; the tag {@code said} shows it. What was refused is a failure. */
public record Said(Tone tone, String words) {

    /** How it ended, by a word and not by a colour alone. */
    public enum Tone {
        DONE("ok", "Done"),
        DONE_IN_PART("warn", "Done in part"),
        NOTHING_CHANGED("warn", "Nothing changed");

        private final String look;
        private final String word;

        Tone(String look, String word) {
            this.look = look;
            this.word = word;
        }

        /** The class of a notice. */
        public String look() {
            return look;
        }

        public String word() {
            return word;
        }
    }

    public static Said done(String words) {
        return new Said(Tone.DONE, words);
    }

    public static Said nothingChanged(String words) {
        return new Said(Tone.NOTHING_CHANGED, words);
    }
}
