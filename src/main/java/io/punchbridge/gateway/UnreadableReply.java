package io.punchbridge.gateway;

import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;

/** Thrown within this room where a reply is "done" and still not what was asked for. */
final class UnreadableReply extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialised: it doesn't leave the class that reads a reply
    private final GatewayFailure failure;

    /** @param words for a person, without anything of the reply's content */
    UnreadableReply(StatusCode.WhoActs whoActs, String words) {
        super(words, null, false, false);
        this.failure = GatewayFailures.unreadable(whoActs, words);
    }

    GatewayFailure failure() {
        return failure;
    }
}
