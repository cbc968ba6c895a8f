package io.punchbridge.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses that one party has: of IPv6 every line has a network of 64 bits, and so no end of addresses. */
final class PeerAddress {
    private static final String NONE = "an unknown address";

    private PeerAddress() {}

    /** @param literal no name: nobody is asked for one */
    static String of(@Nullable String literal) {
        if (literal == null || !literal.matches("[0-9A-Fa-f.:]+(%.*)?")) {
            return NONE;
        }
        try {
            InetAddress address = InetAddress.getByName(literal);
            if (!(address instanceof Inet6Address)) {
                return address.getHostAddress();
            }
            byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException noAddress) {
            return NONE;
        }
    }
}
