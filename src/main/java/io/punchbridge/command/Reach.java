package io.punchbridge.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How a command line says which running service is meant: the one on this host, or any other by its address. */
final class Reach {
    /** Not among the service's own settings: a service that finds it refuses to start. */
    static final String PASSWORD = "PUNCHBRIDGE_PASSWORD";

    private static final String URL = "--url";
    private static final String USER = "--as";
    private static final String INSECURE = "--insecure-http";

    private final Supplier<Path> tokenFile;
    private final Supplier<@Nullable String> environment;
    private final PasswordSource typed;

    /**
     * @param tokenFile where the service of this host leaves its token, if the command line doesn't say
     * @param environment the password in the environment, if there is one
     */
    Reach(Supplier<Path> tokenFile, Supplier<@Nullable String> environment, PasswordSource typed) {
        this.tokenFile = tokenFile;
        this.environment = environment;
        this.typed = typed;
    }

    static Reach real(Supplier<Path> tokenFile) {
        return new Reach(tokenFile, () -> System.getenv(PASSWORD), PasswordSource.REAL);
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(Options.TOKEN_FILE)
                .type(Path.class)
                .converters(text -> Path.of(text))
                .paramLabel("FILE")
                .description(
                        "File that the running service has written at its start. Found by the service's own settings,"
                                + " if it is left out.")
                .build());
        spec.addOption(OptionSpec.builder(URL)
                .type(String.class)
                .paramLabel("URL")
                .description(
                        "Asks the service at this address, e.g. https://punches.example.com, in place of the one on"
                                + " this host.")
                .build());
        spec.addOption(OptionSpec.builder(USER)
                .type(String.class)
                .paramLabel("NAME")
                .description("Who asks there, a user of that service. The password is asked for, or taken from the"
                        + " environment variable " + PASSWORD + ".")
                .build());
        spec.addOption(OptionSpec.builder(INSECURE)
                .description("Send the password to another host without TLS, for everybody on the way to read.")
                .build());
    }

    RunningService service(ParseResult parsed) {
        Path file = parsed.matchedOptionValue(Options.TOKEN_FILE, null);
        String url = parsed.matchedOptionValue(URL, null);
        String user = parsed.matchedOptionValue(USER, null);
        if (url == null) {
            if (user != null || parsed.hasMatchedOption(INSECURE)) {
                throw wrong(parsed, USER + " and " + INSECURE + " belong to " + URL);
            }
            return new RunningService(new TokenEntrance(file == null ? tokenFile.get() : file));
        }
        if (file != null || user == null) {
            throw wrong(parsed, URL + " takes " + USER + ", and no " + Options.TOKEN_FILE);
        }
        URI address = address(url, parsed);
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw wrong(parsed, "No user's name is empty or has a colon");
        }
        if ("http".equals(address.getScheme())
                && !Loopback.is(address.getHost())
                && !parsed.hasMatchedOption(INSECURE)) {
            throw wrong(
                    parsed,
                    "The password would go to another host without TLS, for everybody on the way to read: nothing was sent."
                            + " Take an https:// address, or say " + INSECURE + " if that is meant");
        }
        return new RunningService(new PasswordEntrance(address, user, () -> password(user)));
    }

    private @Nullable String password(String user) {
        String set = environment.get();
        return set != null && !set.isEmpty() ? set : typed.typed("Password of " + Printable.plain(user) + ": ");
    }

    private static URI address(String url, ParseResult parsed) {
        try {
            URI address = new URI(url.replaceFirst("/+$", ""));
            if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException noAddress) {
            // told below, without what was given: it may hold a password
        }
        throw wrong(
                parsed,
                URL + " must be an address such as https://punches.example.com, without a name or password in it");
    }

    private static ParameterException wrong(ParseResult parsed, String words) {
        return new ParameterException(parsed.commandSpec().commandLine(), words);
    }
}
