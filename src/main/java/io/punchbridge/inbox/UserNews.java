package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something heard of one user of one device. What is null was not said, and leaves what is known as it is.
 *
 * @param deleted whether the user is gone; then nothing else counts
 */
public record UserNews(
        SerialNumber device,
        UserId user,
        boolean deleted,
        @Nullable String name,
        @Nullable Boolean admin) {}
