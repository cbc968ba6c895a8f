package io.punchbridge.api;

import io.punchbridge.alerts.AlertBook;
import io.punchbridge.alerts.Reception;
import io.punchbridge.alerts.Severity;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.doctor.Outcome;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.DeliveryAttempt;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.Source;
import io.punchbridge.roster.Finding;
import io.punchbridge.roster.RosterSettings;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/**
 * What the records of answers say by their components and annotations, and not by their types: every member is there, which
 * of them may be null, and which words stand in a text. A member that isn't described any more ends the build.
 */
final class ApiWords {
    private static final Set<Class<?>> ANSWERS = reachable(List.of(
            ActedAnswer.class,
            ActionsResource.ActionsAnswer.class,
            AlertsAnswer.class,
            CommandsResource.CommandsAnswer.class,
            DevicesResource.DevicesAnswer.class,
            DeliveryResource.PauseAnswer.class,
            DeliveryResource.ResumeAnswer.class,
            EventsResource.EventsAnswer.class,
            FoundNearAnswer.class,
            HeldResource.HeldAnswer.class,
            LatePunchesAnswer.class,
            LiveChange.Punches.class,
            PunchesResource.PunchesAnswer.class,
            RosterResource.RosterAnswer.class,
            RunsResource.RunsAnswer.class,
            RunsResource.StartedAnswer.class,
            SetUpCheckResource.SetUpAnswer.class,
            StoryAnswer.class,
            SummaryResource.SummaryAnswer.class,
            WatermarksResource.MovesAnswer.class,
            WatermarksResource.WatermarksAnswer.class));

    private static final Map<String, Class<? extends Enum<?>>> WORDS = Map.ofEntries(
            Map.entry("ActionAnswer.kind", Actions.Kind.class),
            Map.entry("AlertAnswer.severity", Severity.class),
            Map.entry("AlertAnswer.told", AlertBook.Told.class),
            Map.entry("ReceiverAnswer.state", Reception.State.class),
            Map.entry("AttemptAnswer.outcome", DeliveryAttempt.Outcome.class),
            Map.entry("LeftAnswer.state", PunchState.class),
            Map.entry("PunchAnswer.state", PunchState.class),
            Map.entry("PunchAnswer.source", Source.class),
            Map.entry("OnPunch.stateBefore", PunchState.class),
            Map.entry("RunAnswer.state", Run.State.class),
            Map.entry("RunAnswer.trigger", Run.Trigger.class),
            Map.entry("WatermarksAnswer.mode", AttendanceSettings.Mode.class),
            Map.entry("WatermarkAnswer.decision", Watermarks.Outcome.class),
            Map.entry("MoveAnswer.state", Watermarks.MoveState.class),
            Map.entry("Entry.state", LateEntry.State.class),
            Map.entry("Step.step", LateStep.Kind.class),
            Map.entry("DeliveryAnswer.condition", DeliveryStatus.Frappe.class),
            Map.entry("CommandAnswer.state", UserCommand.State.class),
            Map.entry("CommandAnswer.action", UserCommand.Action.class),
            Map.entry("RosterAnswer.mode", RosterSettings.Mode.class),
            Map.entry("FindingAnswer.kind", Finding.Kind.class),
            Map.entry("ResultAnswer.outcome", Outcome.class),
            Map.entry("DeviceAnswer.connection", Connection.class));

    private ApiWords() {}

    static void addTo(Map<String, Schema> schemas) {
        for (Class<?> answer : ANSWERS) {
            Schema schema = there(schemas.get(nameOf(answer)), nameOf(answer));
            schema.setRequired(Arrays.stream(answer.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList());
            for (RecordComponent component : answer.getRecordComponents()) {
                String member = component.getName();
                if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    schema.addProperty(member, orNull(property(schemas, nameOf(answer), member)));
                }
            }
        }
        WORDS.forEach((place, words) -> {
            int dot = place.indexOf('.');
            Schema property = property(schemas, place.substring(0, dot), place.substring(dot + 1));
            words(words).forEach(property::addEnumeration);
            if (property.getType().contains(SchemaType.NULL)) {
                property.addEnumeration(null);
            }
        });
    }

    /** What a parameter {@code state} may be. */
    static Schema stateAt(String path) {
        Schema state = OASFactory.createSchema().addType(SchemaType.STRING);
        words(path.equals(CommandsResource.PATH) ? UserCommand.State.class : LateEntry.State.class)
                .forEach(state::addEnumeration);
        return state;
    }

    private static List<String> words(Class<? extends Enum<?>> constants) {
        return Arrays.stream(constants.getEnumConstants())
                .map(FilterReader::word)
                .toList();
    }

    private static Schema property(Map<String, Schema> schemas, String schema, String member) {
        return there(there(schemas.get(schema), schema).getProperties().get(member), schema + "." + member);
    }

    private static Schema there(@Nullable Schema schema, String name) {
        if (schema == null) {
            throw new IllegalStateException("The description of the API has no " + name + ", which its code has");
        }
        return schema;
    }

    private static Schema orNull(Schema schema) {
        return schema.getRef() == null
                ? schema.addType(SchemaType.NULL)
                : OASFactory.createSchema()
                        .addAnyOf(schema)
                        .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
    }

    private static String nameOf(Class<?> answer) {
        var named = answer.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
        return named == null || named.name().isEmpty() ? answer.getSimpleName() : named.name();
    }

    private static Set<Class<?>> reachable(List<Class<?>> roots) {
        Set<Class<?>> found = new LinkedHashSet<>();
        roots.forEach(root -> collect(root, found));
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(part -> collect(part, found));
        } else if (type instanceof Class<?> known && known.isRecord() && found.add(known)) {
            Arrays.stream(known.getRecordComponents()).forEach(component -> collect(component.getGenericType(), found));
        }
    }
}
