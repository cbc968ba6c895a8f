package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads Shift Types as whole documents: a list names only fields that its version has. */
final class ShiftTypeReader {
    private final FrappeClient client;

    ShiftTypeReader(FrappeClient client) {
        this.client = client;
    }

    /** A list leaves out what User Permissions hide, which is no sign that it is gone: a document says so itself. */
    FrappeAnswer<ShiftTypes> all(Collection<String> known) {
        FrappeAnswer<List<String>> names = client.list(AttendanceJson.shiftTypeNames(), JsonFields::names);
        return FrappeClient.flat(names.map(listed -> {
            Set<String> all = new LinkedHashSet<>(listed);
            all.addAll(known);
            return of(all);
        }));
    }

    private FrappeAnswer<ShiftTypes> of(Collection<String> names) {
        List<ShiftType> shiftTypes = new ArrayList<>();
        Map<String, FrappeFailure> unread = new LinkedHashMap<>();
        for (String name : names) {
            FrappeAnswer<ShiftType> answer = one(name);
            if (answer instanceof Success<ShiftType> read) {
                shiftTypes.add(read.value());
                continue;
            }
            FrappeFailure failure = ((Failure<ShiftType>) answer).failure();
            if (failure.concernsWholeSite()) {
                return new Failure<>(failure);
            }
            if (!failure.isMissing()) {
                unread.put(name, failure);
            }
            // Missing: it was removed since its name was known.
        }
        return new Success<>(new ShiftTypes(shiftTypes, unread));
    }

    FrappeAnswer<ShiftType> one(String name) {
        FrappeAnswer<ShiftType> read = FrappeClient.flat(client.read(
                client.wire().read(AttendanceJson.SHIFT_TYPE, name), json -> shiftTypeIn(json.path("data"))));
        boolean somethingEmpty =
                read.fold(shift -> shift.lastSync() == null || shift.processAfter() == null, failure -> false);
        return somethingEmpty ? provenEmpty(name, read) : read;
    }

    /** A document leaves out what is empty and what the user may not read; a list leaves out only the latter. */
    private FrappeAnswer<ShiftType> provenEmpty(String name, FrappeAnswer<ShiftType> read) {
        FrappeAnswer<List<String>> hidden = client.list(
                AttendanceJson.nullablesOf(name),
                list -> JsonFields.notShown(list, AttendanceJson.NULLABLE_OF_SHIFT_TYPE));
        return FrappeClient.flat(hidden.map(
                fields -> fields.isEmpty() ? read : FrappeClient.mayNotRead(AttendanceJson.SHIFT_TYPE, fields)));
    }

    static FrappeAnswer<ShiftType> shiftTypeIn(JsonNode document) {
        JsonFields.name(document);
        List<String> hidden = AttendanceJson.hiddenOfShiftType(document);
        return hidden.isEmpty()
                ? new Success<>(AttendanceJson.shiftType(document))
                : FrappeClient.mayNotRead(AttendanceJson.SHIFT_TYPE, hidden);
    }
}
