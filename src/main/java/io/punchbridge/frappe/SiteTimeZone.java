package io.punchbridge.frappe;

import java.time.ZoneId;

/**
 * The zone of the site's wall times.
 *
 * @param origin where it was read, in words for a person
 */
public record SiteTimeZone(ZoneId zone, String origin) {}
