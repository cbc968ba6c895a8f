package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String TOKEN = "COJJ7eiiPBGUfmIQPvh2PJWWDLX7OuKs";

    private final Redactor redactor = new Redactor(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AuthToken",
                "auth_token",
                "AUTHTOKEN",
                "previousToken",
                "SecurityKey",
                "api-key",
                "Password",
                "UserPwd",
                "ClientSecret",
                "Template",
                "FaceTemplate",
                "Photo",
                "UserPhoto",
                "ProfilePicture",
                "Image",
                "Avatar",
                "Data",
                "Base64",
                "Fingerprint",
                "Face",
                "Palm",
                "CardNo",
                "Pin",
                "Temperature",
                "BodyTemperature",
                "FaceMask",
                "face_mask"
            })
    void what_must_not_be_kept_is_removed_by_its_name(String name) {
        // When
        JsonNode redacted = redactor.redact(json("{'User':[{'" + name + "':'valuable','FirstName':'Emp001'}]}"));

        // Then
        assertThat(redacted).isEqualTo(json("{'User':[{'" + name + "':'[removed]','FirstName':'Emp001'}]}"));
    }

    @Test
    void whole_objects_go_where_their_name_says_what_they_are() {
        // When
        JsonNode redacted =
                redactor.redact(json("{'Template':[{'UserID':'2','Data':'AAAA'}],'Photo':{'Data':'BBBB'}}"));

        // Then
        assertThat(redacted).isEqualTo(json("{'Template':'[removed]','Photo':'[removed]'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UserID", "FirstName", "OperationTime", "InputType", "UserType", "Size", "DeviceModel", "Keyword"
            })
    void what_tells_a_person_something_stays(String name) {
        // Given
        JsonNode original = json("{'" + name + "':'told'}");

        // When
        JsonNode redacted = redactor.redact(original);

        // Then
        assertThat(redacted).isEqualTo(original);
    }

    @Test
    void text_longer_than_anyone_reads_is_removed_under_whatever_name() {
        // When
        JsonNode redacted = redactor.redact(json("{'Note':'" + "A".repeat(257) + "','List':['" + "B".repeat(257)
                + "'],'" + "C".repeat(257) + "':1,'Short':'" + "D".repeat(256) + "'}"));

        // Then
        assertThat(redacted)
                .isEqualTo(json(
                        "{'Note':'[removed]','List':['[removed]'],'[removed]':1,'Short':'" + "D".repeat(256) + "'}"));
    }

    @Test
    void health_data_stays_where_the_configuration_keeps_it() {
        // Given
        JsonNode original = json("{'Temperature':'36.8','FaceMask':false}");

        // When
        JsonNode redacted = new Redactor(true).redact(original);

        // Then
        assertThat(redacted).isEqualTo(original);
    }

    @Test
    void the_original_is_left_as_it_was() {
        // Given
        JsonNode original = json("{'Photo':{'Data':'x'},'List':[{'Pin':'1'}]}");
        JsonNode before = original.deepCopy();

        // When
        redactor.redact(original);

        // Then
        assertThat(original).isEqualTo(before);
    }

    @Test
    void the_token_that_came_is_removed_wherever_else_it_stands() {
        // Given
        JsonNode node = json("{'A':'t','B':['x t y',{'C':'t'},7],'key t':{'D':1},'E':'other'}"
                .replace("t'", TOKEN + "'")
                .replace(" t ", " " + TOKEN + " "));

        // When
        Redactor.removeEverywhere(node, TOKEN);

        // Then
        assertThat(node)
                .isEqualTo(json(
                        "{'A':'[removed]','B':['[removed]',{'C':'[removed]'},7],'E':'other','[removed]':'[removed]'}"));
    }

    @Test
    void a_token_that_is_as_short_as_any_text_takes_nothing_with_it() {
        // Given
        JsonNode node = json("{'UserID':'2','LogTime':'2024-09-17'}");
        JsonNode before = node.deepCopy();

        // When
        Redactor.removeEverywhere(node, "2");

        // Then
        assertThat(node).isEqualTo(before);
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
