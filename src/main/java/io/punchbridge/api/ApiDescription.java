package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to the description of {@code /api/v1} what is the same for all of it, and what {@link ApiWords} knows. Named in
 * {@code application.properties}; may be run at build, at the start, or both.
 */
public final class ApiDescription implements OASFilter {
    private static final String PROBLEM = "Problem";
    private static final String BASIC = "basic";
    private static final String TOKEN = "token";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents().getSchemas().containsKey(PROBLEM)) {
            return;
        }
        api.getComponents()
                .addSchema(PROBLEM, problem())
                .addSecurityScheme(
                        BASIC,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme(BASIC)
                                .description(
                                        "Name and password of a configured user. What changes something also takes the header"
                                                + " X-Punchbridge-Request, e.g. set to 1."))
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "The token of the service's token file, from the service's own host alone."));
        ApiWords.addTo(api.getComponents().getSchemas());
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(EntryEdge.API)) {
                item.getOperations().values().forEach(operation -> complete(path, operation));
            }
        });
    }

    private static void complete(String path, Operation operation) {
        operation.setSecurity(List.of(
                OASFactory.createSecurityRequirement().addScheme(BASIC),
                OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        operation
                .getResponses()
                .addAPIResponse("401", problem("Who asks isn't known."))
                .addAPIResponse("403", problem("Who asks may not do this, or the API is off."))
                .addAPIResponse("default", problem("Why it isn't done, for a person."));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> describe(path, parameter));
        }
    }

    private static APIResponse problem(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.TYPE.toString(),
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(PROBLEM))));
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("Problem details, RFC 9457. Some problems have more members.")
                .properties(Map.of(
                        "type", text("about:blank"),
                        "title", text("The status in words."),
                        "status", OASFactory.createSchema().addType(SchemaType.INTEGER),
                        "detail", text("What happened and what to do.")))
                .required(List.of("type", "title", "status", "detail"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static void describe(String path, Parameter parameter) {
        switch (parameter.getName()) {
            case "limit" ->
                parameter
                        .description("How many at most.")
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(Parameters.MOST)));
            case "cursor", "before", "after" -> parameter.description("The next of the page before.");
            case "state" -> parameter.schema(ApiWords.stateAt(path));
            default -> {}
        }
    }
}
