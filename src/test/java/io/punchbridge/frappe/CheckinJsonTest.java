package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.PunchKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents as they were recorded when they were taken. */
class CheckinJsonTest {
    private static final Checkin KEYED =
            checkin("HR-EMP-00060", LocalDateTime.of(2026, 1, 9, 9, 0)).with(key("ST1:60:20260109090000:IN"));

    @Test
    void a_key_goes_along_as_recorded() {
        // When
        JsonNode document = json(FrappeJson.insert(KEYED));

        // Then
        assertThat(document).isEqualTo(recorded("14e_key_insert_ok"));
    }

    @Test
    void a_batch_carries_a_key_in_each_document_as_recorded() {
        // Given
        List<Checkin> checkins = List.of(
                checkin("HR-EMP-00061", LocalDateTime.of(2026, 1, 9, 9, 0, 0)).with(key("K61a")),
                checkin("HR-EMP-00061", LocalDateTime.of(2026, 1, 9, 9, 0, 10)).with(key("ST1:60:20260109090000:IN")),
                checkin("HR-EMP-00061", LocalDateTime.of(2026, 1, 9, 9, 0, 20)).with(key("K61c")));

        // When
        JsonNode body = json(FrappeJson.insertMany(checkins));

        // Then
        assertThat(body).isEqualTo(recorded("14h_many_key_conflict"));
    }

    @Test
    void coordinates_go_along_as_recorded() {
        // Given
        Checkin checkin = checkin("HR-EMP-00043", LocalDateTime.of(2026, 1, 7, 9, 0))
                .with(new Checkin.Extras(null, new Coordinates(-1.286389, 36.817223), null, null, null, null, null));

        // When
        JsonNode document = json(FrappeJson.insert(checkin));

        // Then
        assertThat(document).isEqualTo(recorded("16c_geo_with_coordinates"));
    }

    @Test
    void a_check_in_without_any_is_as_it_always_was() {
        // When
        JsonNode document = json(FrappeJson.insert(checkin("HR-EMP-00043", LocalDateTime.of(2026, 1, 7, 9, 0))));

        // Then
        assertThat(document).isEqualTo(recorded("16b_geo_no_coordinates"));
    }

    @Test
    void the_other_fields_go_by_their_names() {
        // Given
        Checkin.Extras extras =
                new Checkin.Extras(null, null, "2026-01-09 09:00:00 GMT +0300", "Face", "36.6", true, "BreakIn");

        // When
        JsonNode document = json(FrappeJson.insert(KEYED.with(extras)));

        // Then
        assertThat(document.path("custom_original_time").asText()).isEqualTo("2026-01-09 09:00:00 GMT +0300");
        assertThat(document.path("custom_input_type").asText()).isEqualTo("Face");
        assertThat(document.path("custom_temperature").asText()).isEqualTo("36.6");
        assertThat(document.path("custom_face_mask").asInt()).isEqualTo(1);
        assertThat(document.path("custom_punch_type").asText()).isEqualTo("BreakIn");
        assertThat(document.has("custom_cams_punch_key")).isFalse();
    }

    @Test
    void no_mask_is_another_thing_than_an_unknown_one() {
        // When
        JsonNode document =
                json(FrappeJson.insert(KEYED.with(new Checkin.Extras(null, null, null, null, null, false, null))));

        // Then
        assertThat(document.path("custom_face_mask").asInt(-1)).isZero();
    }

    /** 14l: 140 characters are taken; 14m: 141 are not, and the whole document with them. */
    @Test
    void a_value_is_cut_to_what_frappe_takes_and_no_character_in_two() {
        // Given
        String long141 = recorded("14m_key_141").path("custom_cams_punch_key").asText();
        String halved = "x".repeat(139) + "\ud83d\ude00";
        Checkin.Extras extras = new Checkin.Extras(null, null, long141, halved, null, null, "x".repeat(140));

        // When
        JsonNode document = json(FrappeJson.insert(KEYED.with(extras)));

        // Then
        assertThat(long141).hasSize(141);
        assertThat(document.path("custom_original_time").asText())
                .isEqualTo(recorded("14l_key_140").path("custom_cams_punch_key").asText());
        assertThat(document.path("custom_input_type").asText()).isEqualTo("x".repeat(139));
        assertThat(document.path("custom_punch_type").asText()).hasSize(140);
    }

    private static Checkin checkin(String employee, LocalDateTime time) {
        return new Checkin(employee, time, LogType.IN, "CAMS-ST1", false);
    }

    private static Checkin.Extras key(String key) {
        return Checkin.Extras.NONE.withKey(new PunchKey(key));
    }

    private static JsonNode recorded(String recording) {
        return json(Recording.of(recording).request().path("body").asText().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] body) {
        return new StubSite.Received("", "", Map.of(), new String(body, StandardCharsets.UTF_8)).json();
    }
}
