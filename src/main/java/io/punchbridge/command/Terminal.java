package io.punchbridge.command;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /** False where the output goes into a file or a pipe. */
    @SuppressWarnings("SystemConsoleNull") // null again, with the console that is chosen first
    static boolean isThere() {
        // Some newer JDKs have a console also where nobody watches; this one tells the truth in all of them.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }
}
