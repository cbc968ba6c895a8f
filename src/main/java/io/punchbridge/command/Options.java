package io.punchbridge.command;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Options that several commands have. */
final class Options {
    static final String DEVICE = "--device";
    static final String FROM = "--from";
    static final String TO = "--to";
    static final String JSON = "--json";
    static final String TOKEN_FILE = "--token-file";

    private Options() {}

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    static OptionSpec json() {
        return OptionSpec.builder(JSON)
                .description("Print the service's answer as JSON.")
                .build();
    }

    static OptionSpec.Builder date(String name) {
        return OptionSpec.builder(name).type(LocalDate.class).paramLabel("DATE").converters(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException noDate) {
                throw new TypeConversionException("'" + text + "' is no date; wanted is e.g. 2026-10-31");
            }
        });
    }
}
