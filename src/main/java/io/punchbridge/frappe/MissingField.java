package io.punchbridge.frappe;

/** How Frappe refuses a list that asks for a field which the doctype doesn't have. */
final class MissingField {
    private MissingField() {}

    /** Frappe itself refuses it since version 15; before, its database did (MariaDB's 1054). */
    static boolean isToldBy(FrappeFailure failure) {
        return (failure.status() == 417 && "DataError".equals(failure.excType()))
                || ("OperationalError".equals(failure.excType())
                        && failure.words().contains("1054"));
    }
}
