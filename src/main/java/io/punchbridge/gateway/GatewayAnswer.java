package io.punchbridge.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Outcome of a request to the gateway. That it can't or won't is expected, hence a value. */
public sealed interface GatewayAnswer<T> {
    record Success<T>(T value) implements GatewayAnswer<T> {}

    record Failure<T>(GatewayFailure failure) implements GatewayAnswer<T> {}

    /**
     * Why a request came to nothing.
     *
     * @param kind where it failed
     * @param code what the gateway said; null unless it is {@link Kind#SAID_BY_GATEWAY}
     * @param whoActs {@link StatusCode.WhoActs#NOBODY}: the same request may succeed later
     * @param words for a person: what happened, what it means, what to do. No secret, no personal data
     * @param retryAfter how long to wait at least where a retry makes sense, else null
     */
    record GatewayFailure(
            Kind kind,
            @Nullable StatusCode code,
            StatusCode.WhoActs whoActs,
            String words,
            @Nullable Duration retryAfter) {}

    enum Kind {
        /**
         * Nothing was sent: no endpoint or service tag configured, a device that can't be asked (DB pull, file
         * processing), a user id that isn't one; or the caller was interrupted, or the storage that tells whose turn it
         * is could not be asked, while it waited for its turn.
         */
        NOT_ASKED,
        /** No answer, or none in time. Whether the gateway did what it was asked to is open. */
        TRANSPORT,
        /** An answer that isn't one: no JSON, undecryptable, without status. */
        UNREADABLE,
        /** A {@link StatusCode} other than done. */
        SAID_BY_GATEWAY
    }
}
