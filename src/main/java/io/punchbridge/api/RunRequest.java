package io.punchbridge.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be loaded.
 *
 * @param device its name in the configuration
 * @param from first day, in the device's zone, e.g. {@code 2026-10-01}
 * @param to last day, in the device's zone, inclusive; today where it is left out
 * @param why for the record of what was done
 */
@RegisterForReflection
@Schema(requiredProperties = {"device", "from"})
public record RunRequest(
        @Nullable String device,
        @Nullable String from,
        @Nullable String to,
        @Nullable String why) {}
