package io.punchbridge.inbox;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the schema of this version. The scripts are listed here by name: Flyway finds its own by scanning
 * the class path, and a native image has none.
 */
final class Migrations implements ResourceProvider {
    private static final List<String> SCRIPTS = List.of(
            "V1__inbox.sql",
            "V2__retention.sql",
            "V3__gateway_calls.sql",
            "V4__history.sql",
            "V5__found_near.sql",
            "V6__device_state.sql",
            "V7__roster.sql",
            "V8__watermark.sql",
            "V9__late_punches.sql",
            "V10__actions.sql",
            "V11__delivery.sql",
            "V12__alerts.sql",
            "V13__console.sql",
            "V14__given_up_alerts.sql");

    private final String directory;

    private Migrations(String directory) {
        this.directory = directory;
    }

    /** @param directory of the scripts on the class path, e.g. {@code db/sqlite} */
    static void apply(DataSource dataSource, String directory) {
        Flyway.configure()
                .dataSource(dataSource)
                .resourceProvider(new Migrations(directory))
                .javaMigrationClassProvider(List::of)
                .load()
                .migrate();
    }

    /** Version of the schema that the scripts lead to. */
    static int newest() {
        return SCRIPTS.stream()
                .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_'))))
                .max()
                .orElse(0);
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return SCRIPTS.stream()
                .filter(name -> name.startsWith(prefix))
                .<LoadableResource>map(Script::new)
                .toList();
    }

    private final class Script extends LoadableResource {
        private final String name;

        private Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream script =
                    Objects.requireNonNull(Migrations.class.getResourceAsStream("/" + getAbsolutePath()), name);
            return new InputStreamReader(script, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return directory + "/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
