package io.punchbridge.command;

import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Fix;
import io.punchbridge.doctor.Outcome;
import io.punchbridge.doctor.SetUpCheck;
import io.punchbridge.doctor.SetUpCheck.Mended;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code doctor}: looks the whole set-up over, tells what it found, and mends what is ours to mend if it is told to. */
public final class DoctorCommand implements Command {
    private static final String FIX = "--fix";
    private static final String YES = "--yes";
    private static final String JSON = "--json";
    /** What can stand in a header: Java's refusal of anything else repeats the token. */
    private static final Pattern TOKEN = Pattern.compile("([!-9;-~]+):([!-~]+)");

    private final Supplier<SetUpCheck> check;
    private final Supplier<@Nullable String> fixToken;
    private final Asking asking;

    /** @param fixToken a System Manager's {@code key:secret} where one was given for this command, or null */
    public DoctorCommand(Supplier<SetUpCheck> check, Supplier<@Nullable String> fixToken) {
        this(check, fixToken, Asking.TERMINAL);
    }

    DoctorCommand(Supplier<SetUpCheck> check, Supplier<@Nullable String> fixToken, Asking asking) {
        this.check = check;
        this.fixToken = fixToken;
        this.asking = asking;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Looks over configuration, storage and Frappe site, and says what is wrong and what to do. Needs no"
                                + " running service, and disturbs none. Changes nothing without --fix.")
                .footer(
                        "",
                        "--fix needs a System Manager's token, as key:secret in the environment variable",
                        "PUNCHBRIDGE_FIX_TOKEN, or typed when asked for. It is used for this command alone.",
                        "",
                        "Exit codes: 0 nothing failed; 1 something did, or --fix made nothing of what it could; 2 the command line is wrong; 3 the",
                        "configuration is wrong, so that nothing can be checked.");
        spec.addOption(OptionSpec.builder(FIX)
                .description("Create the missing fields on Employee Checkin, after asking for each.")
                .build());
        spec.addOption(OptionSpec.builder(YES)
                .description("With --fix: don't ask, for scripts.")
                .build());
        spec.addOption(OptionSpec.builder(JSON)
                .description("Print the results as JSON.")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        return run(parsed, shell.out(), shell.err());
    }

    private int run(ParseResult parsed, PrintWriter out, PrintWriter err) {
        boolean json = parsed.hasMatchedOption(JSON);
        boolean yes = parsed.hasMatchedOption(YES);
        boolean fix = parsed.hasMatchedOption(FIX);
        if (yes && !fix) {
            throw new ParameterException(parsed.commandSpec().commandLine(), YES + " goes with " + FIX);
        }
        SetUpCheck doctor;
        try {
            doctor = check.get();
        } catch (ConfigurationException wrong) {
            err.println(wrong.getMessage());
            err.flush();
            return ExitCode.NOT_ASKED;
        }
        List<CheckResult> results = doctor.run();
        boolean mended = true;
        PrintWriter aside = json ? err : out;
        if (fix) {
            // Whoever is asked should know what for.
            DoctorReport.table(results, aside);
            List<Fix> possible = possible(results);
            List<Fix> chosen = chosen(possible, yes, aside, err);
            mended = possible.isEmpty() || (!chosen.isEmpty() && mend(doctor, chosen, aside, err));
            if (!chosen.isEmpty()) {
                results = doctor.run();
                DoctorReport.table(results, aside);
            }
        }
        if (json) {
            out.println(DoctorReport.json(results));
        } else if (!fix) {
            DoctorReport.table(results, out);
        }
        out.flush();
        boolean failed = results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
        return failed || !mended ? ExitCode.NOT_DONE : ExitCode.DONE;
    }

    private static List<Fix> possible(List<CheckResult> results) {
        return results.stream().map(CheckResult::fix).filter(Objects::nonNull).toList();
    }

    private List<Fix> chosen(List<Fix> possible, boolean yes, PrintWriter aside, PrintWriter err) {
        if (possible.isEmpty()) {
            aside.println("There is nothing that Punchbridge could mend on the site.");
        }
        List<Fix> chosen = new ArrayList<>();
        aside.flush();
        for (Fix fix : possible) {
            Optional<String> answer = yes ? Optional.of("yes") : asking.answer(fix.what() + "? [y/N] ");
            if (answer.isEmpty()) {
                err.println(
                        "Nothing more is changed: nobody is there to be asked. To change all of it without: --fix --yes");
                err.flush();
                break;
            }
            if (isYes(answer.get())) {
                chosen.add(fix);
            } else {
                aside.println("Left out: " + fix.what() + ".");
            }
        }
        aside.flush();
        return chosen;
    }

    private static boolean isYes(String answer) {
        String said = answer.strip().toLowerCase(Locale.ROOT);
        return said.equals("y") || said.equals("yes");
    }

    private boolean mend(SetUpCheck doctor, List<Fix> chosen, PrintWriter aside, PrintWriter err) {
        String given = fixToken.get();
        String typed = given != null && !given.isBlank()
                ? given
                : asking.secret("A System Manager's token (key:secret), for this command alone: ")
                        .orElse("");
        Matcher token = TOKEN.matcher(typed.strip());
        if (!token.matches()) {
            err.println(
                    "Nothing is changed: a System Manager's token is wanted, as key:secret in the environment variable"
                            + " PUNCHBRIDGE_FIX_TOKEN, or typed when asked for on a terminal. It has no blanks, line ends"
                            + " or other characters that aren't ASCII.");
            err.flush();
            return false;
        }
        boolean good = true;
        for (Fix fix : chosen) {
            Mended mended = doctor.mend(fix, token.group(1), token.group(2));
            (mended.good() ? aside : err).println(Printable.plain(fix.subject() + " " + mended.words()));
            good &= mended.good();
        }
        aside.flush();
        err.flush();
        return good;
    }
}
