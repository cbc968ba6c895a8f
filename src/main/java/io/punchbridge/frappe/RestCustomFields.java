package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.punch.PunchKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A site's own fields, by lists of check-ins: the documents that describe fields are closed to an HR User. */
@ApplicationScoped
public class RestCustomFields implements CustomFields {
    private final FrappeClient client;

    @Inject
    RestCustomFields(FrappeClient client) {
        this.client = client;
    }

    public RestCustomFields(FrappeSettings settings, Clock clock) {
        this(new FrappeClient(settings, clock));
    }

    @Override
    public FrappeAnswer<Set<CheckinField>> present() {
        FrappeAnswer<Set<CheckinField>> all = shown(List.of(CheckinField.values()));
        return lacksAField(all) ? eachAlone() : all;
    }

    private FrappeAnswer<Set<CheckinField>> eachAlone() {
        Set<CheckinField> present = EnumSet.noneOf(CheckinField.class);
        for (CheckinField field : CheckinField.values()) {
            FrappeAnswer<Set<CheckinField>> one = shown(List.of(field));
            if (one instanceof Success<Set<CheckinField>> answer) {
                present.addAll(answer.value());
            } else if (!lacksAField(one)) {
                return one;
            }
        }
        return new Success<>(Set.copyOf(present));
    }

    /** Those of the fields that a list shows. A field that exists, and that the user may not read, is left out of it. */
    private FrappeAnswer<Set<CheckinField>> shown(List<CheckinField> fields) {
        List<String> names = fields.stream().map(CheckinField::fieldName).toList();
        return client.list(FrappeJson.anyWith(names), list -> {
            List<String> hidden = JsonFields.notShown(list, names);
            return Set.copyOf(fields.stream()
                    .filter(field -> !hidden.contains(field.fieldName()))
                    .toList());
        });
    }

    private static boolean lacksAField(FrappeAnswer<?> answer) {
        return answer.fold(any -> false, MissingField::isToldBy);
    }

    @Override
    public FrappeAnswer<Map<PunchKey, CheckinRow>> checkinsWith(Collection<PunchKey> keys) {
        if (keys.isEmpty()) {
            return new Success<>(Map.of());
        }
        if (keys.size() > FrappeSite.MOST_IN_A_BATCH) {
            throw new IllegalArgumentException("at most " + FrappeSite.MOST_IN_A_BATCH + " keys, not " + keys.size());
        }
        List<String> values = keys.stream().map(PunchKey::value).toList();
        return client.list(FrappeJson.rowsWithKeys(values), RestCustomFields::byKey);
    }

    private static Map<PunchKey, CheckinRow> byKey(JsonNode list) {
        Map<PunchKey, CheckinRow> rows = new HashMap<>();
        for (JsonNode node : list) {
            String key = JsonFields.text(node, CheckinField.PUNCH_KEY.fieldName());
            if (key != null) {
                rows.put(new PunchKey(key), FrappeJson.row(node));
            }
        }
        return Map.copyOf(rows);
    }
}
