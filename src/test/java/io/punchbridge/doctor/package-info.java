@NullMarked
package io.punchbridge.doctor;

import org.jspecify.annotations.NullMarked;
