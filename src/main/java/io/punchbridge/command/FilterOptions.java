package io.punchbridge.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options that say which punches are meant. What they may hold is judged by the service, which knows devices and zones. */
final class FilterOptions {
    private static final String STATE = "--state";

    /** Options, and the service's names for what they hold. */
    private static final Map<String, String> MEMBERS = new TreeMap<>(Map.of(
            Options.DEVICE,
            "device",
            "--serial-number",
            "serialNumber",
            "--user",
            "user",
            "--employee",
            "employee",
            Options.FROM,
            "from",
            Options.TO,
            "to",
            "--reason-has",
            "reason",
            "--source",
            "source"));

    private FilterOptions() {}

    static void add(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(STATE)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .splitRegex(",")
                .paramLabel("STATE")
                .description(
                        "pending, delivered, held, rejected, ignored or quarantined. Several: by commas, or the option again.")
                .build());
        text(spec, Options.DEVICE, "DEVICE", "Name of a device in the configuration.");
        text(spec, "--serial-number", "NUMBER", "Serial number of a device that isn't declared any more.");
        text(spec, "--user", "ID", "User id on the device (Attendance Device ID), exactly: 007 isn't 7.");
        text(
                spec,
                "--employee",
                "NAME",
                "Frappe's Employee, e.g. HR-EMP-00001; finds delivered punches alone, so use --user for others.");
        text(
                spec,
                Options.FROM,
                "TIME",
                "First day, in the device's zone, e.g. 2026-10-31, or instant, e.g. 2026-10-31T08:00:00+03:00.");
        text(spec, Options.TO, "TIME", "Last day, inclusive; or an instant, exclusive.");
        text(spec, "--reason-has", "WORDS", "Words that the reason contains, in upper or lower case.");
        text(spec, "--source", "SOURCE", "callback or load-log.");
    }

    private static void text(CommandSpec spec, String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
    }

    static boolean areGiven(ParseResult parsed) {
        return parsed.hasMatchedOption(STATE) || MEMBERS.keySet().stream().anyMatch(parsed::hasMatchedOption);
    }

    /** The filter as the service understands it; more may be put into it. */
    static ObjectNode wanted(ParseResult parsed) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        List<String> states = parsed.matchedOptionValue(STATE, List.of());
        if (!states.isEmpty()) {
            ArrayNode several = wanted.putArray("state");
            states.forEach(several::add);
        }
        MEMBERS.forEach((option, member) -> {
            String value = parsed.matchedOptionValue(option, null);
            if (value != null) {
                wanted.put(member, value);
            }
        });
        return wanted;
    }
}
