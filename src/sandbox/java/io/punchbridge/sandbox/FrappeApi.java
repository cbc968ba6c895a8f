package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frappe's answer to a request: authentication, routing, and the transaction around it. */
final class FrappeApi {
    private static final Pattern RESOURCE = Pattern.compile("/api/resource/([^/]+)(?:/([^/]+))?/?");
    private static final Pattern METHOD = Pattern.compile("/api/method/([^/]+)/?");
    private static final Pattern LIVE_SESSION = Pattern.compile("(?:^|;\\s*)sid=(?!Guest)[^;]+");
    private static final SimulatedUser GUEST = SimulatedUser.withoutRights("Guest", "", "");

    private final Site site;
    private final FrappeMethods methods;
    private final FrappeResources resources;

    FrappeApi(Site site) {
        this.site = site;
        CheckinWriter writer = new CheckinWriter(site);
        this.resources = new FrappeResources(site, writer);
        this.methods = new FrappeMethods(site, writer, resources);
    }

    /**
     * Does what is asked, and commits it unless it fails or came by GET.
     *
     * @param snapshot the state of the check-ins that the request sees
     */
    Reply answer(Call call, RequestPlan plan, long snapshot) {
        if (site.checkHosts && !isKnownHost(call)) {
            return Reply.werkzeug(404, "Not Found", hostName(call) + " does not exist");
        }
        if (!call.path().startsWith("/api/")) {
            return Reply.werkzeug(404, "Not Found", "The requested URL was not found on the server.");
        }
        try {
            Caller caller = new Caller(authenticate(call), plan, call.isFrench(site.language));
            CheckinTable.Transaction transaction = site.checkins().begin(snapshot);
            Reply reply = route(call, caller, transaction);
            if (!call.method().equals("GET")) {
                transaction.commit();
            }
            return reply;
        } catch (FrappeError error) {
            return Reply.error(error, site.tracebacks);
        }
    }

    private static String hostName(Call call) {
        return call.header("host").replaceAll(":\\d+$", "");
    }

    private static boolean isKnownHost(Call call) {
        return call.headers().getOrDefault("x-frappe-site-name", hostName(call)).equals(Site.HOST);
    }

    private SimulatedUser authenticate(Call call) {
        String sent = call.header("authorization");
        if (sent.isEmpty()) {
            return GUEST;
        }
        return credentials(sent)
                .filter(pair -> pair.contains(":"))
                .map(pair -> pair.split(":", 2))
                .flatMap(pair -> site.user(pair[0], pair[1]))
                .orElseThrow(() -> FrappeError.unspoken(401, "AuthenticationError", null));
    }

    private static Optional<String> credentials(String sent) {
        String value = sent.substring(sent.indexOf(' ') + 1);
        if (sent.startsWith("token ")) {
            return Optional.of(value);
        }
        if (sent.startsWith("Basic ")) {
            try {
                return Optional.of(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException noBase64) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Reply route(Call call, Caller caller, CheckinTable.Transaction transaction) {
        Matcher method = METHOD.matcher(call.path());
        if (method.matches()) {
            return method(method.group(1), call, caller, transaction);
        }
        Matcher resource = RESOURCE.matcher(call.path());
        if (!resource.matches()) {
            throw FrappeError.unknownPath();
        }
        String docType = resource.group(1);
        String name = resource.group(2);
        String route = call.method() + (name == null ? " list" : " document");
        return switch (route) {
            case "GET list" -> data(200, call, resources.list(docType, call, caller));
            case "POST list" -> data(200, call, resources.create(docType, call.document(), caller, transaction));
            case "GET document" -> data(200, call, resources.read(docType, name, caller));
            case "POST document" ->
                Reply.json(200, with(resources.run(docType, name, call.arguments(), caller), session(call)));
            case "PUT document" ->
                data(200, call, resources.update(docType, name, call.document(), caller, transaction));
            case "DELETE document" -> {
                resources.delete(docType, name, caller);
                yield data(202, call, JsonNodeFactory.instance.textNode("ok"));
            }
            default ->
                Reply.werkzeug(405, "Method Not Allowed", "The method is not allowed for the requested URL.")
                        .with(Map.of("Allow", name == null ? "POST, HEAD, GET" : "GET, PUT, DELETE, HEAD, POST"));
        };
    }

    private Reply method(String name, Call call, Caller caller, CheckinTable.Transaction transaction) {
        ObjectNode body = session(call);
        if (name.equals("frappe.client.cancel") && !call.method().equals("GET")) {
            Attendances.Cancelled cancelled = methods.cancel(call.arguments(), caller);
            body.set("message", cancelled.document());
            return Reply.json(200, with(cancelled.messages(), body));
        }
        body.set("message", methods.call(name, call, caller, transaction));
        return Reply.json(200, body);
    }

    private static ObjectNode with(List<String> messages, ObjectNode body) {
        return messages.isEmpty() ? body : body.put("_server_messages", PythonJson.dumps(messages));
    }

    private static Reply data(int status, Call call, JsonNode data) {
        ObjectNode body = session(call);
        body.set("data", data);
        return Reply.json(status, body);
    }

    /** Frappe says so when a session cookie came along that it doesn't know; it knows none here. */
    private static ObjectNode session(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (LIVE_SESSION.matcher(call.header("cookie")).find()) {
            body.put("session_expired", 1);
        }
        return body;
    }

    /** How many documents a request would write; decides how long it takes. */
    static int documents(Call call) {
        if (!call.method().equals("POST")) {
            return 0;
        }
        if (call.path().startsWith("/api/resource/") || call.path().contains("add_log_based_on_employee_field")) {
            return 1;
        }
        if (!call.path().contains("insert_many")) {
            return 0;
        }
        try {
            return Json.parsed(call.arguments().path("docs")) instanceof ArrayNode docs ? docs.size() : 0;
        } catch (FrappeError unreadable) {
            return 0;
        }
    }
}
