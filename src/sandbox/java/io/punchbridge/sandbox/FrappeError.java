package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What Frappe raises; rolls the request's transaction back and becomes its answer. */
final class FrappeError extends RuntimeException {
    private static final String EXCEPTIONS = "frappe.exceptions.";

    private final int status;
    private final String type;
    /** Left out of the answer when null: some errors never show one. */
    private final @Nullable String exception;

    private final List<Message> messages;
    private final @Nullable String errorMessage;

    private FrappeError(
            int status,
            String type,
            @Nullable String exception,
            List<Message> messages,
            @Nullable String errorMessage) {
        super(type + (exception == null ? "" : ": " + exception));
        this.status = status;
        this.type = type;
        this.exception = exception;
        this.messages = List.copyOf(messages);
        this.errorMessage = errorMessage;
    }

    /** As {@code frappe.throw(words)} does. */
    static FrappeError validation(String words) {
        return thrown(417, "ValidationError", words);
    }

    static FrappeError thrown(int status, String type, String words) {
        return thrown(status, EXCEPTIONS, type, words, "Message");
    }

    static FrappeError thrown(int status, String module, String type, String words, String title) {
        return new FrappeError(status, type, module + type + ": " + words, List.of(Message.raised(words, title)), null);
    }

    /** An error beside which Frappe prints a message that it didn't raise, without indicator. */
    static FrappeError printed(int status, String type, String words, Message message) {
        return new FrappeError(status, type, EXCEPTIONS + type + ": " + words, List.of(message), null);
    }

    /** A bare Python error: 500, and no message for people. */
    static FrappeError crash(String pythonClass, String words) {
        return new FrappeError(500, simpleName(pythonClass), pythonClass + ": " + words, List.of(), null);
    }

    static FrappeError crash(String type, String exceptionName, String words) {
        return new FrappeError(500, type, exceptionName + ": " + words, List.of(), null);
    }

    static FrappeError unspoken(int status, String type, @Nullable String words) {
        return new FrappeError(status, type, EXCEPTIONS + type + (words == null ? "" : ": " + words), List.of(), null);
    }

    static FrappeError noAccessForWriting(String user, String docType) {
        return new FrappeError(
                403,
                "PermissionError",
                null,
                List.of(Message.plain(noAccess(user, docType, " for document "))),
                "No permission for " + docType);
    }

    static FrappeError noAccessForListing(String user, String docType) {
        return new FrappeError(
                403,
                "PermissionError",
                EXCEPTIONS + "PermissionError",
                List.of(Message.plain(noAccess(user, docType, " for document "))),
                "No permission for " + docType);
    }

    static FrappeError noAccessToDocument(String user, String docType) {
        return new FrappeError(
                403,
                "PermissionError",
                EXCEPTIONS + "PermissionError",
                List.of(Message.plain(noAccess(user, docType, " for document ") + "<br>User <strong>" + user
                        + "</strong> does not have access to this document")),
                null);
    }

    static FrappeError notFound(String docType, String name) {
        return new FrappeError(
                404,
                "DoesNotExistError",
                null,
                List.of(Message.raised(docType + " " + name + " not found", "Message")),
                null);
    }

    static FrappeError modifiedMeanwhile(LocalDateTime modified, LocalDateTime now) {
        return thrown(
                417,
                "TimestampMismatchError",
                "Error: Document has been modified after you have opened it (" + FrappeTime.micros(modified) + ", "
                        + FrappeTime.micros(now) + "). Please refresh to get the latest document.");
    }

    static FrappeError unknownPath() {
        return new FrappeError(404, "DoesNotExistError", null, List.of(), null);
    }

    private static String noAccess(String user, String docType, String preposition) {
        return "User <strong>" + user + "</strong> does not have doctype access via role permission" + preposition
                + "<strong>" + docType + "</strong>";
    }

    private static String simpleName(String pythonClass) {
        return pythonClass.substring(pythonClass.lastIndexOf('.') + 1);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    /** The answer's body; {@code exception} and {@code exc} are left out where the site keeps tracebacks to itself. */
    ObjectNode body(boolean tracebacks) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (exception != null && tracebacks) {
            body.put("exception", exception);
        }
        body.put("exc_type", type);
        if (exception != null && tracebacks) {
            body.put("exc", PythonJson.dumps(List.of(exception)));
        }
        if (!messages.isEmpty()) {
            body.put(
                    "_server_messages",
                    PythonJson.dumps(messages.stream().map(Message::json).toList()));
        }
        if (errorMessage != null) {
            body.put("_error_message", errorMessage);
        }
        return body;
    }

    record Message(String words, String title, @Nullable String indicator, boolean raised) {
        static Message raised(String words, String title) {
            return new Message(words, title, "red", true);
        }

        static Message plain(String words) {
            return new Message(words, "Message", null, false);
        }

        String json() {
            StringBuilder json = new StringBuilder("{\"message\": ")
                    .append(PythonJson.dumps(words))
                    .append(", \"title\": ")
                    .append(PythonJson.dumps(title));
            if (indicator != null) {
                json.append(", \"indicator\": ").append(PythonJson.dumps(indicator));
            }
            if (raised) {
                json.append(", \"raise_exception\": 1, \"__frappe_exc_id\": \"");
                for (int i = 0; i < 7; i++) {
                    json.append(
                            String.format("%08x", ThreadLocalRandom.current().nextInt()));
                }
                json.append('"');
            }
            return json.append('}').toString();
        }
    }
}
