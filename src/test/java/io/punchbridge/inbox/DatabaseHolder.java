package io.punchbridge.inbox;

import io.punchbridge.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Another process that has a database open and will never end by itself. */
final class DatabaseHolder {
    private static final String HOLD = "hold";
    private static final String LOCK = "lock";

    private DatabaseHolder() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path file = Path.of(arguments[1]);
        if (arguments[0].equals(LOCK)) {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            connection.createStatement().execute("PRAGMA busy_timeout = 30000");
            connection.createStatement().execute("BEGIN EXCLUSIVE");
        } else {
            SqlitePunchStore store =
                    SqlitePunchStore.open(file, new SettableClock(Samples.NINE), PunchStoreContract.LEASE);
            store.append(List.of(Samples.live(Samples.NINE, Samples.punch("held", Samples.NINE))));
        }
        System.out.write('!');
        System.out.flush();
        int end = System.in.read();
        throw new IllegalStateException("nobody writes here, but it read " + end);
    }

    /** A Punchbridge that has stored one punch. */
    static Process start(Path file) throws IOException {
        return start(HOLD, file);
    }

    /** A foreign program in the middle of a transaction. */
    static Process lock(Path file) throws IOException {
        return start(LOCK, file);
    }

    private static Process start(String what, Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseHolder.class.getName(),
                        what,
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int signal = process.getInputStream().read();
        while (signal != '!' && signal != -1) {
            signal = process.getInputStream().read();
        }
        return process;
    }
}
