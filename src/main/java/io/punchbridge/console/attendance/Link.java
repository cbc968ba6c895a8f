package io.punchbridge.console.attendance;

import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Something that has a page of its own, here or in ERPNext.
 *
 * @param href null where there is no such page
 */
public record Link(String text, @Nullable String href) {

    static Link none(String text) {
        return new Link(text, null);
    }

    /** @param name of a configured device */
    static Link device(String name) {
        return new Link(name, UriBuilder.fromPath("/devices/{name}").build(name).toString());
    }

    static Link punch(String key) {
        return new Link(key, UriBuilder.fromPath("/punches/{key}").build(key).toString());
    }
}
