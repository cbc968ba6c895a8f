package io.punchbridge.gateway;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of itself. The published material names no field of it for certain, so anything may be missing.
 *
 * @param model null if it doesn't say
 * @param licensedUntil last day of the licence that ends first; null if it names none
 * @param users how many users it holds; null if it doesn't say
 * @param content all that it said, as redacted JSON
 * @param readAt our clock when it answered
 */
public record DeviceInformation(
        @Nullable String model,
        @Nullable LocalDate licensedUntil,
        @Nullable Integer users,
        String content,
        Instant readAt) {}
