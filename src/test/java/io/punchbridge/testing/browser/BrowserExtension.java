package io.punchbridge.testing.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser for each class of tests, a new profile for each. */
class BrowserExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace OURS = Namespace.create(BrowserExtension.class.getName());

    /** Where distributions put them, as {@code PATH} may not be all that a test is given. */
    private static final String[] FOLDERS = {"/usr/bin", "/usr/local/bin", "/usr/lib/chromium", "/opt/google/chrome"};

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if ("off".equals(System.getenv("BROWSER_TESTS"))) {
            return ConditionEvaluationResult.disabled("BROWSER_TESTS is off");
        }
        if (find("chromium", "chromium-browser", "google-chrome").isPresent()
                && find("chromedriver").isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium and chromedriver are installed");
        }
        if ("required".equals(System.getenv("BROWSER_TESTS"))) {
            return ConditionEvaluationResult.enabled("without a browser this fails, as BROWSER_TESTS demands");
        }
        if (context.getTestMethod().isEmpty()) {
            System.out.printf("""

                    !!! NOT TESTED: %s, since no Chromium is installed.
                    !!! Nothing is known of how these pages of the console look and work in a browser. Install the packages
                    !!! chromium and chromium-driver (Debian's names), and run the tests again.
                    %n""", context.getDisplayName());
        }
        return ConditionEvaluationResult.disabled("no Chromium is installed: how the pages work isn't tested");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext ofClass =
                context.getTestMethod().isPresent() ? context.getParent().orElse(context) : context;
        return ofClass.getStore(OURS)
                .computeIfAbsent(
                        Browser.class.getName(), key -> new Opened(Browser.open(binary(), driver())), Opened.class)
                .browser();
    }

    /** Ends with the class. */
    private record Opened(Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.close();
        }
    }

    private static Path binary() {
        return find("chromium", "chromium-browser", "google-chrome")
                .orElseThrow(() -> new IllegalStateException("no Chromium is installed; the package is chromium"));
    }

    private static Path driver() {
        return find("chromedriver")
                .orElseThrow(() ->
                        new IllegalStateException("no chromedriver is installed; the package is chromium-driver"));
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(FOLDERS).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
