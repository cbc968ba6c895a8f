@NullMarked
package io.punchbridge.console.people;

import org.jspecify.annotations.NullMarked;
