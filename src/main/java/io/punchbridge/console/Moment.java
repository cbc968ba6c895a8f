package io.punchbridge.console;

import org.jspecify.annotations.Nullable;

/**
 * An instant as people read it; the tag {@code moment} shows it.
 *
 * @param iso for machines, in UTC
 * @param site wall time of the site, to the second
 * @param ago how long ago or ahead, roughly
 * @param device wall time of the device with its offset; null where it says the same as the site's
 */
public record Moment(
        String iso, String site, String ago, @Nullable String device) {}
