package io.punchbridge.console.setup;

import io.punchbridge.api.SetUpChecks;
import io.punchbridge.console.Moment;
import io.punchbridge.console.Times;
import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Fix;
import io.punchbridge.doctor.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a set-up check came to, for the page.
 *
 * @param verdict all of it in a sentence or two
 * @param look of the verdict: ok, warn or bad
 * @param groups what a person must act on first; none of them is empty
 * @param fixable whether {@code doctor --fix} mends some of it
 */
public record CheckView(Moment at, String by, String verdict, String look, List<Group> groups, boolean fixable) {

    /**
     * Results of one kind.
     *
     * @param word that badges show
     * @param isOpen whether they are shown without being asked for
     */
    public record Group(String word, String title, boolean isOpen, List<Result> results) {}

    /** @param fix what {@code doctor --fix} would do */
    public record Result(
            String name,
            String seen,
            @Nullable String whatToDo,
            @Nullable String fix) {}

    static CheckView of(SetUpChecks.Made made, Times times) {
        List<CheckResult> results = made.results();
        List<Group> groups = new ArrayList<>();
        Stream.of(Outcome.FAILED, Outcome.WARNING, Outcome.NOT_CHECKED, Outcome.PASSED)
                .map(outcome -> group(outcome, results))
                .filter(group -> !group.results().isEmpty())
                .forEach(groups::add);
        return new CheckView(
                times.moment(made.at()),
                made.by(),
                verdict(results),
                look(results),
                groups,
                results.stream().anyMatch(result -> result.fix() != null));
    }

    private static Group group(Outcome outcome, List<CheckResult> results) {
        List<Result> ofKind = results.stream()
                .filter(result -> result.outcome() == outcome)
                .map(CheckView::result)
                .toList();
        return new Group(
                outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                title(outcome) + " (" + ofKind.size() + ")",
                outcome != Outcome.PASSED,
                ofKind);
    }

    private static Result result(CheckResult result) {
        Fix fix = result.fix();
        return new Result(result.name(), result.seen(), result.whatToDo(), fix == null ? null : fix.what());
    }

    private static String title(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> "Failed";
            case WARNING -> "Warnings";
            case NOT_CHECKED -> "Not checked";
            case PASSED -> "Passed";
        };
    }

    private static String verdict(List<CheckResult> results) {
        long failed = count(results, Outcome.FAILED);
        long warned = count(results, Outcome.WARNING);
        long unchecked = count(results, Outcome.NOT_CHECKED);
        String rest = unchecked == 0
                ? ""
                : " " + unchecked + (unchecked == 1 ? " check" : " checks")
                        + " could not be made; each says what must be right first.";
        if (failed > 0) {
            return failed + (failed == 1 ? " check" : " checks")
                    + " failed: something doesn't work, or brings in what is wrong. Begin with the first." + rest;
        }
        if (warned > 0) {
            return "Nothing failed. " + warned + (warned == 1 ? " warning says" : " warnings say")
                    + " what works less well than it should, or not for ever." + rest;
        }
        return "Nothing failed." + (unchecked == 0 ? " All is as it should be." : rest);
    }

    private static String look(List<CheckResult> results) {
        if (count(results, Outcome.FAILED) > 0) {
            return "bad";
        }
        return count(results, Outcome.PASSED) == results.size() ? "ok" : "warn";
    }

    private static long count(List<CheckResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
