package io.punchbridge.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One command, carried out in this process: what it said, and its exit code. Its seconds pass at once. */
final class CommandRun implements Waiting {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.parse("2026-11-02T08:00:00Z");
    private final Path tokenFile;
    private boolean terminal;
    private IntConsumer meanwhile = second -> {};
    private int seconds;
    private @Nullable Runnable farewell;
    private String typed = "";
    private String asked = "";
    private int exitCode = -1;

    CommandRun(Path tokenFile) {
        this.tokenFile = tokenFile;
    }

    CommandRun onTerminal() {
        terminal = true;
        return this;
    }

    /** What happens while the command waits; is given the number of the second. */
    CommandRun meanwhile(IntConsumer happens) {
        meanwhile = happens;
        return this;
    }

    CommandRun execute(String... args) {
        CommandLine line =
                new PunchbridgeCommand(() -> tokenFile, new PassingSeconds(), "1.2.3").commandLine(terminal, this);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        exitCode = line.execute(args);
        return this;
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    int seconds() {
        return seconds;
    }

    /** As Ctrl-C does; false if nothing would be said. */
    boolean interrupt() {
        Runnable said = farewell;
        if (said != null) {
            said.run();
        }
        return said != null;
    }

    @Override
    public void second() {
        now = now.plusSeconds(1);
        meanwhile.accept(++seconds);
    }

    /** What a person types when asked. */
    CommandRun types(String line) {
        typed = line;
        return this;
    }

    /** What was asked last. */
    String asked() {
        return asked;
    }

    @Override
    public String answer(String question) {
        asked = question;
        return typed;
    }

    @Override
    public Runnable onInterrupt(Runnable said) {
        farewell = said;
        return () -> farewell = null;
    }

    /** Moves by nothing but {@link #second()}, so that a slow machine changes nothing. */
    private final class PassingSeconds extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("commands ask for instants alone");
        }
    }
}
