/** What the packaged service does a second, and how soon. {@code ./mvnw -Pbench verify} runs it; docs/benchmarks.md tells more. */
@NullMarked
package io.punchbridge.bench;

import org.jspecify.annotations.NullMarked;
