package io.punchbridge.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The forms of bodies that {@link Members} reads one member after the other; for the description of the API alone. */
final class Forms {
    private Forms() {}

    /** A filter and a page. Times are days of the device's zone, or instants. */
    @Schema(
            name = "SearchForm",
            description =
                    "A filter, in which what is left out means all. from and to are days of the device's zone, both"
                            + " inclusive, or instants. state may also be one word alone.")
    record Search(
            @Nullable List<String> state,
            @Nullable String device,
            @Nullable String serialNumber,
            @Nullable String user,
            @Nullable String employee,
            @Nullable String from,
            @Nullable String to,
            @Nullable String reason,
            @Nullable String source,
            @Nullable String cursor,
            @Schema(minimum = "1", maximum = "200") int limit) {}

    @Schema(
            name = "ReplayForm",
            description = "Either keys, or a filter as in a search with the states of rejected, held, quarantined and"
                    + " ignored, and then the number of punches as confirm.")
    record Replay(
            @Schema(minItems = 1, maxItems = 200) @Nullable List<String> keys,
            @Nullable List<String> state,
            @Nullable String device,
            @Nullable String serialNumber,
            @Nullable String user,
            @Nullable String employee,
            @Nullable String from,
            @Nullable String to,
            @Nullable String reason,
            @Nullable String source,
            @Schema(minimum = "0", maximum = "20000") int confirm,
            @Schema(maxLength = 500) @Nullable String why) {}

    @Schema(
            name = "PauseForm",
            requiredProperties = {"reason"})
    record Pause(@Schema(maxLength = 500) String reason) {}

    @Schema(name = "ResumeForm")
    record Resume(@Schema(maxLength = 500) @Nullable String reason) {}

    @Schema(
            name = "DismissForm",
            requiredProperties = {"keys", "why"})
    record Dismiss(
            @Schema(minItems = 1, maxItems = 200) List<String> keys,
            @Schema(maxLength = 500) String why) {}
}
