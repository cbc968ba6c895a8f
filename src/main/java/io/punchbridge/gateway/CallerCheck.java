package io.punchbridge.gateway;

import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.SerialNumber;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its token who calls. Every configured token is compared, each in constant time and by its digest, so that
 * the time tells neither a token's characters nor its length.
 */
final class CallerCheck {

    /** Who calls, or why we don't listen. */
    sealed interface Caller {
        /** A declared device. */
        record Known(Device device) implements Caller {}

        /** Holds one of our tokens; no device declares its serial number. */
        record Undeclared(SerialNumber serialNumber) implements Caller {}

        /** Holds a token that several devices share, and says nothing that tells which it is. */
        record Ambiguous() implements Caller {}

        record Refused(Why why) implements Caller {}
    }

    enum Why {
        NO_TOKEN,
        WRONG_TOKEN,
        OTHER_DEVICES_TOKEN
    }

    private record Entry(Credentials credentials, TokenDigest current, TokenDigest previous) {}

    /** SHA-256 of a token: of one length whatever the token's, and compared in constant time. */
    private static final class TokenDigest {
        private final byte[] digest;

        TokenDigest(String token) {
            this.digest = sha256(token);
        }

        boolean matches(TokenDigest other) {
            return MessageDigest.isEqual(digest, other.digest);
        }

        private static byte[] sha256(String token) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    CallerCheck(List<Credentials> credentials) {
        for (Credentials one : credentials) {
            TokenDigest current = new TokenDigest(one.authToken());
            String previous = one.previousAuthToken();
            entries.add(new Entry(one, current, previous == null ? current : new TokenDigest(previous)));
        }
    }

    Caller check(@Nullable String token, SerialNumber serialNumber, @Nullable String serviceTagId) {
        if (token == null || token.isBlank()) {
            return new Caller.Refused(Why.NO_TOKEN);
        }
        List<Credentials> holders = holdersOf(token.strip());
        if (holders.isEmpty()) {
            return new Caller.Refused(Why.WRONG_TOKEN);
        }
        if (serialNumber.isKnown()) {
            return bySerialNumber(holders, serialNumber);
        }
        if (serviceTagId != null) {
            Optional<Credentials> tagged = entries.stream()
                    .map(Entry::credentials)
                    .filter(one -> serviceTagId.equals(one.serviceTagId()))
                    .findFirst();
            if (tagged.isPresent()) {
                return known(holders, tagged.get());
            }
        }
        return holders.size() == 1 ? new Caller.Known(holders.get(0).device()) : new Caller.Ambiguous();
    }

    private Caller bySerialNumber(List<Credentials> holders, SerialNumber serialNumber) {
        return entries.stream()
                .map(Entry::credentials)
                .filter(one -> one.device().serialNumber().value().equalsIgnoreCase(serialNumber.value()))
                .findFirst()
                .map(declared -> known(holders, declared))
                .orElseGet(() -> new Caller.Undeclared(serialNumber));
    }

    private static Caller known(List<Credentials> holders, Credentials claimed) {
        return holders.contains(claimed)
                ? new Caller.Known(claimed.device())
                : new Caller.Refused(Why.OTHER_DEVICES_TOKEN);
    }

    private List<Credentials> holdersOf(String token) {
        TokenDigest sent = new TokenDigest(token);
        List<Credentials> holders = new ArrayList<>();
        for (Entry entry : entries) {
            boolean current = entry.current().matches(sent);
            boolean previous = entry.previous().matches(sent);
            if (current || previous) {
                holders.add(entry.credentials());
            }
        }
        return holders;
    }
}
