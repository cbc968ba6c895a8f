package io.punchbridge.console.loadlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a wish for runs.
 *
 * @param heading in a few words
 * @param run the one to watch; null where several were wanted
 * @param refusals of devices for which none was started: which, and why
 */
public record Started(
        String heading, String tone, String words, @Nullable RunView run, List<String> refusals) {}
