package io.punchbridge.command;

import java.util.Objects;

/** How a command ends that asks the service. */
final class ServiceCall {
    private ServiceCall() {}

    @FunctionalInterface
    interface Question {
        int ask() throws NotAsked, InterruptedException;
    }

    static int ask(Shell shell, Question question) {
        try {
            return question.ask();
        } catch (NotAsked reason) {
            shell.err().println(Objects.requireNonNull(reason.getMessage()));
            return ExitCode.NOT_ASKED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.NOT_ASKED;
        }
    }

    static int refused(Shell shell, Answer answer) {
        shell.err().println(Printable.plain(answer.reason()));
        return ExitCode.NOT_DONE;
    }
}
