package io.punchbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.sandbox.SimulatedFrappe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The least that could bring check-ins to Frappe: it sends, and believes every answer. */
final class BareClient {
    private static final DateTimeFormatter WALL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Africa/Nairobi"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SimulatedFrappe frappe;
    private final Punches punches;

    BareClient(SimulatedFrappe frappe, Punches punches) {
        this.frappe = frappe;
        this.punches = punches;
    }

    void insertMany(int documents) throws IOException, InterruptedException {
        List<Map<String, Object>> docs = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            docs.add(document());
        }
        post("/api/method/frappe.client.insert_many", Map.of("docs", docs));
    }

    void insertOne() throws IOException, InterruptedException {
        post("/api/resource/Employee%20Checkin", document());
    }

    private Map<String, Object> document() {
        Punches.Next punch = punches.next();
        return Map.of(
                "doctype", "Employee Checkin",
                "employee", punch.employee(),
                "time", WALL.format(punch.at()),
                "log_type", "IN",
                "device_id", "gate");
    }

    private void post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(frappe.url() + path))
                .header("Authorization", "token " + SimulatedFrappe.API_KEY + ":" + SimulatedFrappe.API_SECRET)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("Frappe answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
