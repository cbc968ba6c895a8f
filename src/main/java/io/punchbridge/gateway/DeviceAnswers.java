package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a device says of itself and of its users. No field's name is published for certain, so that licences and
 * counts are found by what their names hold. Dates that could be read in two ways are none.
 */
final class DeviceAnswers {
    private static final Pattern OF_A_LICENCE = Pattern.compile("licen[cs]e|subscription|expir|valid(till|until|upto)");
    private static final Pattern OF_ITS_BEGINNING =
            Pattern.compile("start|begin|from|issue|activat|purchas|renewed|created|updated|modified|last");
    private static final Set<String> MODEL = Set.of("devicemodel", "model", "modelname", "devicemodelname");
    private static final Set<String> USERS =
            Set.of("usercount", "userscount", "users", "totalusers", "totalusercount", "noofusers");

    /** As texts of one meaning only: 03/04/2026 is in March or in April. */
    private static final List<DateTimeFormatter> DATES = Stream.of("uuuu-M-d", "uuuu/M/d", "d-MMM-uuuu", "d MMM uuuu")
            .map(form -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(form)
                    .toFormatter(Locale.ENGLISH))
            .toList();

    private static final int LONGEST_CONTENT = 1 << 16;

    private final Redactor redactor;

    DeviceAnswers(boolean keepHealthData) {
        this.redactor = new Redactor(keepHealthData);
    }

    /** @throws UnreadableReply if the reply says nothing of the device */
    DeviceInformation information(ObjectNode reply, Instant readAt) {
        JsonNode information = found(reply, "DeviceInformation");
        if (information instanceof ArrayNode several && several.size() == 1) {
            information = several.get(0);
        }
        if (!(information instanceof ObjectNode content)) {
            throw new UnreadableReply(
                    WhoActs.VENDOR,
                    "The gateway says that it is done, but sends no information on the device. Ask the vendor.");
        }
        List<Field> fields = new ArrayList<>();
        collect(content, "", fields);
        String text = CamsJson.write(redactor.redact(content));
        return new DeviceInformation(
                fields.stream()
                        .filter(field -> MODEL.contains(field.lastName()))
                        .map(Field::value)
                        .findFirst()
                        .orElse(null),
                fields.stream()
                        .filter(field -> OF_A_LICENCE.matcher(field.path()).find()
                                && !OF_ITS_BEGINNING.matcher(field.path()).find())
                        .flatMap(field -> date(field.value()).stream())
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                fields.stream()
                        .filter(field -> USERS.contains(field.lastName())
                                && field.value().matches("\\d{1,9}"))
                        .map(field -> Integer.valueOf(field.value()))
                        .findFirst()
                        .orElse(null),
                text.length() > LONGEST_CONTENT ? "{\"" + Redactor.REMOVED + "\":\"too long\"}" : text,
                readAt);
    }

    /** A value of the tree, with the folded names that lead to it. */
    private record Field(String path, String lastName, String value) {}

    private static void collect(ObjectNode object, String prefix, List<Field> fields) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = CamsJson.fold(entry.getKey()).replace(" ", "");
            if (entry.getValue() instanceof ObjectNode nested) {
                collect(nested, prefix + name, fields);
            } else {
                String value = CamsJson.text(object, entry.getKey());
                if (value != null) {
                    fields.add(new Field(prefix + name, name, cut(value)));
                }
            }
        }
    }

    private static String cut(String value) {
        return value.length() > CamsJson.LONGEST_ID ? value.substring(0, CamsJson.LONGEST_ID) : value;
    }

    /** The day that is written, whatever time of day or offset follows. */
    private static Optional<LocalDate> date(String text) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(LocalDate.parse(text, form));
            } catch (DateTimeParseException anotherForm) {
                // the next one, then
            }
        }
        String wall = text.replaceFirst("\\s*(GMT|UTC|[Zz]|[+-]\\d{2}:?\\d{2}).*$", "");
        return DeviceTime.parse(wall, ZoneOffset.UTC)
                .map(instant -> instant.atZone(ZoneOffset.UTC).toLocalDate());
    }

    /**
     * All users of a device, or none: whoever isn't listed counts as gone.
     *
     * @throws UnreadableReply if the reply holds no list of users, an empty one, or not all of it in a usable form
     */
    List<DeviceUser> users(ObjectNode reply) {
        JsonNode found = found(reply, "UserInfo");
        if (found instanceof ObjectNode object) {
            JsonNode inside = Optional.ofNullable(CamsJson.field(object, "User"))
                    .or(() -> Optional.ofNullable(CamsJson.field(object, "UserInfo")))
                    .or(() -> Optional.ofNullable(CamsJson.field(object, "Users")))
                    .orElse(null);
            found = inside != null ? inside : found;
        }
        if (found == null) {
            throw new UnreadableReply(
                    WhoActs.VENDOR, "The gateway says that it is done, but sends no users. Ask the vendor.");
        }
        List<JsonNode> rows = new ArrayList<>();
        if (found instanceof ArrayNode array) {
            array.forEach(rows::add);
        } else if (found instanceof ObjectNode one && !one.isEmpty()) {
            rows.add(one);
        }
        refuseIfCut(reply, rows.size());
        List<DeviceUser> users = new ArrayList<>();
        for (JsonNode row : rows) {
            DeviceUser user = user(row);
            if (user != null) {
                users.add(user);
            }
        }
        if (users.size() < rows.size()) {
            throw notListed(rows.size() - users.size() + " of its " + rows.size() + " rows have no usable user id");
        }
        if (users.isEmpty()) {
            throw notListed("it is empty, which a device in use never is");
        }
        return List.copyOf(users);
    }

    /** The counts that a log comes with, wherever they stand: a list that is paged, too, is read in part only. */
    private static void refuseIfCut(ObjectNode reply, int rows) {
        for (JsonNode place : Arrays.asList(reply, CamsJson.field(reply, "Load"), found(reply, "UserInfo"))) {
            if (!(place instanceof ObjectNode counts)) {
                continue;
            }
            Integer all = CamsJson.count(counts, "ActualRowCount");
            Integer returned = CamsJson.count(counts, "ReturnRowCount");
            if ((all != null && all > rows) || (returned != null && returned > rows)) {
                throw notListed("it says that it holds more users than the " + rows + " that came");
            }
            String offset = CamsJson.text(counts, "OffSet");
            if (offset != null && !offset.equals("0") && all == null) {
                throw notListed("its OffSet says that there are more users than the " + rows + " that came");
            }
        }
    }

    private static UnreadableReply notListed(String why) {
        return new UnreadableReply(
                WhoActs.VENDOR,
                "The device's list of users can't be relied on: " + why
                        + ". It counts as not read, and nothing known of its users is changed. Report it to the vendor.");
    }

    private static @Nullable DeviceUser user(JsonNode row) {
        UserId id = row instanceof ObjectNode user ? CamsJson.userId(user) : null;
        if (id == null || !(row instanceof ObjectNode user)) {
            return null;
        }
        return new DeviceUser(id, name(user, "FirstName"), name(user, "LastName"), admin(user));
    }

    private static @Nullable Boolean admin(ObjectNode user) {
        String type = Optional.ofNullable(CamsJson.text(user, "UserType"))
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (type.contains("admin")) {
            return true;
        }
        return type.equals("user") ? false : null;
    }

    private static String name(ObjectNode user, String field) {
        return Optional.ofNullable(CamsJson.cut(CamsJson.text(user, field))).orElse("");
    }

    private static @Nullable JsonNode found(ObjectNode reply, String name) {
        JsonNode top = CamsJson.field(reply, name);
        if (top == null && CamsJson.field(reply, "Load") instanceof ObjectNode load) {
            return CamsJson.field(load, name);
        }
        return top == null || top.isNull() ? null : top;
    }
}
