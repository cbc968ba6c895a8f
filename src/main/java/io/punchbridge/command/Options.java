package io.punchbridge.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Options that several commands have. */
final class Options {
    static final String DEVICE = "--device";
    static final String FROM = "--from";
    static final String TO = "--to";
    static final String TOKEN_FILE = "--token-file";

    private Options() {}

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    static OptionSpec tokenFile() {
        return OptionSpec.builder(TOKEN_FILE)
                .type(Path.class)
                .converters(text -> Path.of(text))
                .paramLabel("FILE")
                .description(
                        "File that the running service has written at its start. Found by the service's own settings,"
                                + " if it is left out.")
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
