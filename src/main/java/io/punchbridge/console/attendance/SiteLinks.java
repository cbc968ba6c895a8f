package io.punchbridge.console.attendance;

import io.punchbridge.frappe.FrappeSettings;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;

/** Addresses of documents in ERPNext, for people who are logged in there. */
@Singleton
class SiteLinks {
    private final FrappeSettings frappe;

    SiteLinks(FrappeSettings frappe) {
        this.frappe = frappe;
    }

    Link attendance(String name) {
        return document("attendance", name);
    }

    Link checkin(String name) {
        return document("employee-checkin", name);
    }

    Link employee(String name) {
        return document("employee", name);
    }

    Link shiftType(String name) {
        return document("shift-type", name);
    }

    private Link document(String kind, String name) {
        return new Link(
                name,
                UriBuilder.fromUri(frappe.url())
                        .path("app/{kind}/{name}")
                        .build(kind, name)
                        .toString());
    }
}
