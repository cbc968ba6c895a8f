package io.punchbridge.access;

import io.punchbridge.testing.FakeReconciliation;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.Set;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Who may log in, in tests that need somebody. */
public final class People {
    public static final String VIEWER = "jane";
    public static final String VIEWER_PASSWORD = "jane looks at punches";
    public static final String OPERATOR = "omar.o@example.com";
    public static final String OPERATOR_PASSWORD = "omar: acts on punches ü";

    private People() {}

    public static RequestSpecification viewer() {
        return as(VIEWER, VIEWER_PASSWORD);
    }

    public static RequestSpecification operator() {
        return as(OPERATOR, OPERATOR_PASSWORD);
    }

    public static RequestSpecification as(String name, String password) {
        return RestAssured.given().header("Authorization", basic(name, password));
    }

    public static String basic(String name, String password) {
        return "Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString((name + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Runs the application with them. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "punchbridge.console.users.jane.password-hash",
                    BCrypt.hashpw(VIEWER_PASSWORD, BCrypt.gensalt("$2b", 10)),
                    "punchbridge.console.users.jane.role",
                    "viewer",
                    "punchbridge.console.users.\"omar.o@example.com\".password-hash",
                    BCrypt.hashpw(OPERATOR_PASSWORD, BCrypt.gensalt("$2a", 11)),
                    "punchbridge.console.users.\"omar.o@example.com\".role",
                    "operator");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeReconciliation.class);
        }
    }
}
