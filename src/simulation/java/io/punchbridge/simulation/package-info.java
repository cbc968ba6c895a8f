/**
 * What a service needs to live in simulated time: a clock that somebody else sets, and what runs by it. In the build of
 * the profile {@code simulation} only; see {@code ThreeMonthsIT}.
 */
@NullMarked
package io.punchbridge.simulation;

import org.jspecify.annotations.NullMarked;
