package io.punchbridge.frappe;

import io.punchbridge.punch.UserId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An Employee with a device id.
 *
 * @param name Frappe's id, e.g. {@code HR-EMP-00001}
 * @param status Frappe's word: Active, Inactive, Suspended, Left
 * @param relievingDate last day at work, in the site's zone
 */
public record Employee(
        String name,
        String employeeName,
        UserId userId,
        String status,
        @Nullable LocalDate relievingDate) {}
