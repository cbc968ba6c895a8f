package io.punchbridge.inbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of its own that a test may stop and start, which {@link PostgresServer}'s other tests would feel. */
final class StoppablePostgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final Path data;
    private final Path control;

    private StoppablePostgres(EmbeddedPostgres server, Path data, Path control) {
        this.server = server;
        this.data = data;
        this.control = control;
    }

    static StoppablePostgres start() throws IOException, SQLException {
        EmbeddedPostgres server =
                EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
        Path data;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW data_directory")) {
            answer.next();
            data = Path.of(answer.getString(1));
        }
        long process = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        Path binary =
                Path.of(ProcessHandle.of(process).orElseThrow().info().command().orElseThrow());
        return new StoppablePostgres(server, data, binary.resolveSibling("pg_ctl"));
    }

    PostgresSettings settings() {
        return new PostgresSettings(
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "postgres");
    }

    /** As a power cut would: no session is told, nothing is written. */
    void stopImmediately() throws IOException, InterruptedException {
        control("-m", "immediate", "stop");
    }

    void startAgain() throws IOException, InterruptedException {
        String options = Files.readString(data.resolve("postmaster.opts")).strip();
        int end = options.indexOf(' ');
        control("-o", options.substring(end + 1).replace("\"", "'"), "start");
    }

    private void control(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root; the library that started it does the same.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(control.toString(), "-w", "-D", data.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(command + " did not succeed");
        }
    }

    void execute(String sql) throws SQLException {
        String url = settings().url() + "?options=-c%20default_transaction_read_only=off";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
