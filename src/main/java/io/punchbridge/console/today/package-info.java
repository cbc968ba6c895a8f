/** The first page: how this day goes, and what needs a person. */
@NullMarked
package io.punchbridge.console.today;

import org.jspecify.annotations.NullMarked;
