package io.punchbridge.settings;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.source.yaml.YamlConfigSourceLoader;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a command reads of the configuration. It looks where the service does (system properties, environment, {@code
 * config/application.yaml} and {@code .properties} of the working directory), without any of the service being started.
 */
public final class CommandSettings {
    private CommandSettings() {}

    /**
     * Where the service of this directory and environment leaves its token.
     *
     * @throws ConfigurationException if the keys that say so are wrong; its message is for a person
     */
    public static Path tokenFile() {
        // Named here, as a native image discovers no sources by itself.
        SmallRyeConfig config = ConfigUtils.emptyConfigBuilder()
                .withSources(new YamlConfigSourceLoader.InFileSystem())
                .build();
        SettingsReader.TokenFile read = new SettingsReader(
                        key -> config.getOptionalValue(key, String.class).orElse(null), Set.of(), Set.of())
                .readTokenFile();
        return read.path()
                .orElseThrow(() -> new ConfigurationException(SettingsProducer.report(
                        "The configuration doesn't tell where the running service is found", read.problems())));
    }
}
