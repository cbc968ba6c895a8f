package io.punchbridge.api;

import io.punchbridge.frappe.FrappeSettings;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;

/** Pages of ERPNext, where a person goes on. */
@Singleton
public class SiteLinks {
    private final FrappeSettings frappe;

    public SiteLinks(FrappeSettings frappe) {
        this.frappe = frappe;
    }

    public String checkin(String name) {
        return page("app/employee-checkin/{name}", name);
    }

    /** The list of all. */
    public String checkins() {
        return UriBuilder.fromUri(frappe.url())
                .path("app/employee-checkin")
                .build()
                .toString();
    }

    public String employee(String name) {
        return page("app/employee/{name}", name);
    }

    private String page(String path, String name) {
        return UriBuilder.fromUri(frappe.url()).path(path).build(name).toString();
    }
}
