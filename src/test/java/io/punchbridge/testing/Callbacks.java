package io.punchbridge.testing;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the gateway posts, in its own shape. */
public final class Callbacks {
    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT' xx", Locale.ROOT);

    private Callbacks() {}

    public static String punch(String serialNumber, String token, String userId, String type, Instant at) {
        return """
                {"RealTime":{"OperationID":"op","LabelName":"A device","SerialNumber":"%s","PunchLog":{"Type":"%s","InputType":"Fingerprint","UserId":"%s","LogTime":"%s"},"AuthToken":"%s","Time":"%s"}}""".formatted(serialNumber, type, userId, time(at, "Africa/Nairobi"), token, time(at, "UTC"));
    }

    public static Response post(String body) {
        return RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/cams/callback?stgid=st-1&direction=in");
    }

    private static String time(Instant at, String zone) {
        return LOG_TIME.format(at.atZone(ZoneId.of(zone)));
    }
}
