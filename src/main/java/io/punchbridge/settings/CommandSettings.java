package io.punchbridge.settings;

import io.punchbridge.doctor.SetUpSettings;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.source.yaml.YamlConfigSourceLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a command reads of the configuration. It looks where the service does (system properties, environment, {@code
 * config/application.yaml} and {@code .properties} of the working directory), without any of the service being started.
 */
public final class CommandSettings {
    /** A System Manager's token, for one command alone: no key, and a service that finds it refuses to start. */
    public static final String FIX_TOKEN = "PUNCHBRIDGE_FIX_TOKEN";

    /** Of who asks a service elsewhere by a command; no key, either. */
    private static final String PASSWORD = "PUNCHBRIDGE_PASSWORD";

    private CommandSettings() {}

    /**
     * Where the service of this directory and environment leaves its token.
     *
     * @throws ConfigurationException if the keys that say so are wrong; its message is for a person
     */
    public static Path tokenFile() {
        SmallRyeConfig config = config();
        SettingsReader.TokenFile read = new SettingsReader(
                        key -> config.getOptionalValue(key, String.class).orElse(null), Set.of(), Set.of())
                .readTokenFile();
        return read.path()
                .orElseThrow(() -> new ConfigurationException(SettingsProducer.report(
                        "The configuration doesn't tell where the running service is found", read.problems())));
    }

    /**
     * What the set-up check needs; the whole configuration is read and checked for it, as the service does at its start.
     *
     * @throws ConfigurationException if anything is missing or wrong, all of it told; its message is for a person
     */
    public static SetUpSettings setUp() {
        Set<String> environment = new HashSet<>(System.getenv().keySet());
        environment.remove(FIX_TOKEN);
        environment.remove(PASSWORD);
        SettingsReader.Result result = SettingsProducer.read(config(), environment);
        return result.settings()
                .map(Settings::setUp)
                .orElseThrow(() -> new ConfigurationException(
                        SettingsProducer.report("The set-up can't be checked", result.problems())));
    }

    private static SmallRyeConfig config() {
        // Named here, as a native image discovers no sources by itself.
        return ConfigUtils.emptyConfigBuilder()
                .withSources(new YamlConfigSourceLoader.InFileSystem())
                .build();
    }
}
