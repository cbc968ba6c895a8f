package io.punchbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.punchbridge.access.People;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is published of the API is what it does. */
@QuarkusTest
@TestProfile(People.Profile.class)
class OpenApiTest {
    private static final String DESCRIPTION = "/q/openapi?format=json";

    @Inject
    Inbox inbox;

    @Inject
    Clock clock;

    private static JsonPath description() {
        return given().get(DESCRIPTION).jsonPath();
    }

    @Test
    void it_is_open_to_everybody_and_says_what_it_is() {
        // When
        Response answer = given().get(DESCRIPTION);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        JsonPath api = answer.jsonPath();
        assertThat(api.getString("openapi")).startsWith("3.1.");
        assertThat(api.getString("info.title")).isEqualTo("Punchbridge");
        assertThat(api.getString("info.version")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(api.getString("info.license.name")).isEqualTo("Apache-2.0");
        assertThat(api.<Object>get("servers")).isNull();
        assertThat(answer.asString())
                .doesNotContain(TestSettings.TOKEN, TestSettings.SERIAL_NUMBER, People.VIEWER + "\"");
    }

    @Test
    void it_holds_the_api_and_nothing_else() {
        // When
        Set<String> described = new TreeSet<>();
        paths().forEach((path, item) -> item.forEach((method, operation) -> described.add(method + " " + path)));

        // Then
        assertThat(described).isEqualTo(written());
    }

    @Test
    void every_operation_is_named_and_says_how_it_fails() {
        // When
        Map<String, Map<String, Map<String, Object>>> paths = paths();

        // Then
        List<String> names = new ArrayList<>();
        paths.forEach((path, item) -> item.forEach((method, operation) -> {
            names.add((String) operation.get("operationId"));
            assertThat(operation.get("summary")).as(path).asString().isNotBlank();
            assertThat((Collection<?>) operation.get("tags")).as(path).hasSize(1);
            assertThat((Collection<?>) operation.get("security")).as(path).hasSize(2);
            Map<?, ?> responses = Objects.requireNonNull((Map<?, ?>) operation.get("responses"));
            assertThat(Stream.of("401", "403", "default"))
                    .as(path)
                    .allSatisfy(status -> assertThat(responses.get(status))
                            .asString()
                            .contains("application/problem+json", "#/components/schemas/Problem"));
            assertThat(responses.keySet().stream().map(Object::toString))
                    .as(path)
                    .anyMatch(status -> status.startsWith("2"));
        }));
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void words_of_states_are_those_of_the_code() {
        // When
        JsonPath api = description();

        // Then
        assertThat(api.getList("components.schemas.PunchAnswer.properties.state.enum", String.class))
                .containsExactlyElementsOf(Arrays.stream(PunchState.values())
                        .map(FilterReader::word)
                        .toList());
        assertThat(api.getList("components.schemas.PunchAnswer.properties.reason.type", String.class))
                .containsExactlyInAnyOrder("string", "null");
    }

    @Test
    void the_forms_of_bodies_are_those_that_are_read() {
        // When
        JsonPath api = description();

        // Then
        assertThat(members(api, "SearchForm")).isEqualTo(PunchesResource.MEMBERS);
        assertThat(members(api, "ReplayForm")).isEqualTo(ReplayResource.MEMBERS);
        assertThat(members(api, "DismissForm")).isEqualTo(DismissResource.MEMBERS);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/actions, ActionsAnswer",
        "/api/v1/alerts, AlertsAnswer",
        "/api/v1/commands, CommandsAnswer",
        "/api/v1/devices, DevicesAnswer",
        "/api/v1/events, EventsAnswer",
        "/api/v1/held, HeldAnswer",
        "/api/v1/late-punches, LatePunchesAnswer",
        "/api/v1/roster, RosterAnswer",
        "/api/v1/reconciliation/runs, RunsAnswer",
        "/api/v1/summary, SummaryAnswer",
        "/api/v1/watermarks, WatermarksAnswer",
        "/api/v1/nothing, Problem",
    })
    void answers_have_the_members_that_are_described(String path, String schema) {
        // Given
        SerialNumber device = new SerialNumber(TestSettings.SERIAL_NUMBER);
        Punch punch = Punch.of(
                device,
                new UserId("871002"),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "CheckIn",
                PunchDetails.NONE);
        DeviceEvent event = DeviceEvent.of(device, "UserUpdated", new UserId("7"), null, "{}");
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punch), List.of(), List.of(event)))
                .toCompletableFuture()
                .join();

        // When
        Object answer = People.viewer().get(path).jsonPath().get("");

        // Then
        assertFits(answer, Map.of("$ref", "#/components/schemas/" + schema), description(), path);
    }

    /** A small part of JSON Schema, as far as it is used here. */
    private static void assertFits(@Nullable Object value, Map<?, ?> schema, JsonPath api, String place) {
        if (schema.get("$ref") instanceof String ref) {
            Map<?, ?> named = api.getMap(ref.substring(2).replace('/', '.'));
            assertThat(named).as(ref).isNotNull();
            assertFits(value, named, api, place);
        } else if (schema.get("anyOf") instanceof List<?> either) {
            if (value != null) {
                assertFits(value, (Map<?, ?>) either.get(0), api, place);
            }
        } else if (value == null) {
            assertThat(schema.get("type")).as(place).asString().contains("null");
        } else if (value instanceof List<?> list) {
            list.forEach(one -> assertFits(one, part(schema, "items"), api, place + "[]"));
        } else if (value instanceof Map<?, ?> members && schema.get("properties") instanceof Map<?, ?> properties) {
            assertThat(members.keySet()).as(place).isEqualTo(properties.keySet());
            members.forEach((name, member) -> assertFits(member, part(properties, name), api, place + "." + name));
        } else if (schema.get("enum") instanceof List<?> words) {
            assertThat(words.contains(value)).as(place + " is " + value).isTrue();
        } else {
            assertThat(schema.get("type")).as(place).asString().contains(type(value));
        }
    }

    private static Map<?, ?> part(Map<?, ?> schema, @Nullable Object name) {
        return Objects.requireNonNull((Map<?, ?>) schema.get(name));
    }

    private static String type(Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Map) {
            return "object";
        }
        return value instanceof Integer || value instanceof Long ? "integer" : "number";
    }

    private static Set<String> members(JsonPath api, String schema) {
        return new TreeSet<>(api.<String, Object>getMap("components.schemas." + schema + ".properties")
                .keySet());
    }

    private static Map<String, Map<String, Map<String, Object>>> paths() {
        return description().get("paths");
    }

    /** Method and path of each of our resources' methods. HEAD is what GET is, without a body. */
    private static Set<String> written() {
        Set<String> written = new TreeSet<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.punchbridge.api")
                        .stream()
                        .filter(known -> known.isAnnotatedWith(Path.class))
                        .forEach(known -> {
                            Class<?> resource = known.reflect();
                            for (Method method : resource.getDeclaredMethods()) {
                                String verb = method.isAnnotationPresent(GET.class)
                                        ? "get"
                                        : method.isAnnotationPresent(POST.class) ? "post" : null;
                                if (verb != null) {
                                    Path below = method.getAnnotation(Path.class);
                                    written.add(verb + " "
                                            + resource.getAnnotation(Path.class).value()
                                            + (below == null ? "" : "/" + below.value()));
                                }
                            }
                        });
        return written;
    }
}
