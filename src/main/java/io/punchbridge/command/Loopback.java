package io.punchbridge.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an address leads to this host itself, by what is written in it alone. No name is looked up but {@code localhost}:
 * what a name server says of any other name at one moment may lead elsewhere at the next, and a secret with it.
 */
final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Loopback() {}

    /** @param host as {@link java.net.URI#getHost()} gives it, an IPv6 address in its brackets */
    static boolean is(@Nullable String host) {
        if (host == null) {
            return false;
        }
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || IPV4.matcher(host).matches()
                || (host.startsWith("[") && isLiteral(host));
    }

    /** What stands in brackets is an address, which Java reads without asking anybody. */
    private static boolean isLiteral(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }
}
