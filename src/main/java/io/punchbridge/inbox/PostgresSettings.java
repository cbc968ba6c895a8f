package io.punchbridge.inbox;

/**
 * Access to a PostgreSQL database.
 *
 * @param url JDBC URL, e.g. {@code jdbc:postgresql://db.example/punchbridge}
 */
public record PostgresSettings(String url, String username, String password) {

    /** The URL without its parameters, which may hold a password. */
    String place() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=" + place() + ", username=" + username + "]";
    }
}
