package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code hash-password}: makes of a password what stands in the configuration. Asks no service and needs none. */
final class HashPasswordCommand implements Command {
    private static final String STDIN = "--stdin";
    private static final String ALLOW_SHORT = "--allow-short";
    /** In characters. */
    private static final int SHORTEST = 12;
    /** In bytes; bcrypt would leave the rest out. */
    private static final int LONGEST = 72;
    /** About a quarter of a second of one processor. */
    private static final int COST = 12;

    private final PasswordSource source;

    HashPasswordCommand(PasswordSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "hash-password";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Asks for a password, twice, and prints its bcrypt hash for"
                        + " punchbridge.console.users.<name>.password-hash.")
                .footer(
                        "",
                        "In a shell and in Docker Compose the hash needs single quotes, or its dollar signs doubled.",
                        "Exit codes: 0 the hash is printed; 1 it isn't, and the reason is told; 2 the command line is wrong.");
        spec.addOption(OptionSpec.builder(STDIN)
                .description("Read the password from the standard input, its first line, e.g. of a password manager.")
                .build());
        spec.addOption(OptionSpec.builder(ALLOW_SHORT)
                .description("Take a password of fewer than " + SHORTEST + " characters too.")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String password = parsed.hasMatchedOption(STDIN) ? source.piped() : asked(shell.err());
        if (password == null) {
            shell.err().println("No password was given. Type it at a terminal, or pipe it in with " + STDIN + ".");
            return ExitCode.NOT_DONE;
        }
        String fault = fault(password, parsed.hasMatchedOption(ALLOW_SHORT));
        if (fault != null) {
            shell.err().println(fault);
            return ExitCode.NOT_DONE;
        }
        shell.out().println(BCrypt.hashpw(password, BCrypt.gensalt("$2b", COST)));
        return ExitCode.DONE;
    }

    private @Nullable String asked(PrintWriter err) {
        String once = source.typed("Password: ");
        while (once != null) {
            String again = source.typed("Once more: ");
            if (again == null || again.equals(once)) {
                return again;
            }
            err.println("The two differ. Try again.");
            once = source.typed("Password: ");
        }
        return null;
    }

    private static @Nullable String fault(String password, boolean shortAllowed) {
        if (password.isEmpty()) {
            return "The password is empty.";
        }
        if (!shortAllowed && password.codePointCount(0, password.length()) < SHORTEST) {
            return "The password has fewer than " + SHORTEST
                    + " characters, which is guessed too soon. Take a longer one," + " e.g. four words; or say "
                    + ALLOW_SHORT + ".";
        }
        if (password.getBytes(UTF_8).length > LONGEST) {
            return "The password has more than " + LONGEST
                    + " bytes, which is all that bcrypt looks at. Take a shorter one.";
        }
        return null;
    }
}
