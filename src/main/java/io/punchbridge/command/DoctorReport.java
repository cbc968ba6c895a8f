package io.punchbridge.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Results of the set-up check, for a person and for a script. */
final class DoctorReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 100;
    private static final int INDENT = 14;

    private DoctorReport() {}

    /**
     * A line a check with a sign and a word that need no colours, and under it what was seen and what to do. Both hold what
     * persons wrote at the site.
     */
    static void table(List<CheckResult> results, PrintWriter out) {
        for (CheckResult result : results) {
            out.println(word(result.outcome()) + Printable.plain(result.name()));
            wrapped(result.seen(), "", out);
            if (result.whatToDo() != null) {
                wrapped(result.whatToDo(), "-> ", out);
            }
        }
        out.println();
        out.println(count(results, Outcome.PASSED) + " passed, " + count(results, Outcome.WARNING) + " with a warning, "
                + count(results, Outcome.FAILED) + " failed, " + count(results, Outcome.NOT_CHECKED) + " not checked.");
        if (results.stream().anyMatch(result -> result.fix() != null)) {
            out.println("Some of it can be mended by: doctor --fix");
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "+ passed      ";
            case WARNING -> "! WARNING     ";
            case FAILED -> "x FAILED      ";
            case NOT_CHECKED -> "- not checked ";
        };
    }

    private static long count(List<CheckResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    private static void wrapped(String text, String mark, PrintWriter out) {
        int space = WIDTH - INDENT - mark.length();
        String rest = Printable.plain(text).strip();
        String before = " ".repeat(INDENT) + mark;
        while (!rest.isEmpty()) {
            int end = rest.length();
            if (end > space) {
                int blank = rest.lastIndexOf(' ', space);
                end = blank > 0 ? blank : rest.indexOf(' ', space) < 0 ? end : rest.indexOf(' ', space);
            }
            out.println(before + rest.substring(0, end));
            rest = rest.substring(end).strip();
            before = " ".repeat(INDENT + mark.length());
        }
    }

    static String json(List<CheckResult> results) {
        ObjectNode report = JSON.createObjectNode();
        report.put("failed", count(results, Outcome.FAILED) > 0);
        ArrayNode list = report.putArray("results");
        for (CheckResult result : results) {
            ObjectNode node = list.addObject()
                    .put("name", result.name())
                    .put(
                            "outcome",
                            result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("seen", result.seen())
                    .put("whatToDo", result.whatToDo());
            node.put("fix", result.fix() == null ? null : result.fix().what());
        }
        return report.toPrettyString();
    }
}
