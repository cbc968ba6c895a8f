package io.punchbridge.settings;

/**
 * Something missing or wrong in the configuration.
 *
 * @param what what is wrong and what is wanted; never holds the value of a secret
 */
record Problem(String key, String what) {
    @Override
    public String toString() {
        return key + "  (environment: " + Keys.environmentVariable(key) + ")\n      " + what;
    }
}
