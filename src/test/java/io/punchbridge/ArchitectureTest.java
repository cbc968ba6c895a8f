package io.punchbridge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of the house: which room may know which. docs/architecture.md draws it. */
class ArchitectureTest {
    private static final String ROOT = "io.punchbridge";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<Named<ArchRule>> rules() {
        return Stream.of(
                rule("punch imports nothing of ours", mayKnow("punch")),
                rule("inbox knows the punch", mayKnow("inbox", "punch")),
                rule("gateway hands to the inbox", mayKnow("gateway", "punch", "inbox", "tracing")),
                rule("frappe knows the punch", mayKnow("frappe", "punch", "tracing")),
                rule(
                        "delivery carries from inbox to frappe",
                        mayKnow("delivery", "punch", "inbox", "frappe", "tracing")),
                rule(
                        "reconciliation asks the gateway and fills the inbox",
                        mayKnow("reconciliation", "punch", "inbox", "gateway", "tracing")),
                rule("watch looks at devices", mayKnow("watch", "punch", "inbox", "gateway")),
                rule("roster carries from frappe to gateway", mayKnow("roster", "punch", "inbox", "gateway", "frappe")),
                rule(
                        "attendance leads what frappe makes of the inbox",
                        mayKnow("attendance", "punch", "inbox", "frappe")),
                rule("doctor looks at both sides", mayKnow("doctor", "punch", "inbox", "frappe", "attendance")),
                rule("access judges who asks", mayKnow("access")),
                rule(
                        "api answers programs",
                        mayKnow(
                                "api",
                                "access",
                                "alerts",
                                "punch",
                                "inbox",
                                "gateway",
                                "frappe",
                                "delivery",
                                "reconciliation",
                                "watch",
                                "roster",
                                "attendance",
                                "doctor")),
                rule(
                        "console shows people what api tells programs",
                        mayKnow(
                                "console",
                                "access",
                                "alerts",
                                "api",
                                "punch",
                                "inbox",
                                "gateway",
                                "frappe",
                                "delivery",
                                "reconciliation",
                                "watch",
                                "roster",
                                "attendance",
                                "doctor")),
                rule(
                        "command asks the running service, and knows of its rooms the doctor alone",
                        mayKnow("command", "doctor")),
                rule("alerts read metrics and keep what was told in the inbox", mayKnow("alerts", "inbox")),
                rule("probes look on", mayKnow("probes", "punch", "inbox", "gateway", "frappe", "delivery")),
                rule(
                        "settings know whom they are for",
                        mayKnow(
                                "settings",
                                "punch",
                                "inbox",
                                "gateway",
                                "frappe",
                                "delivery",
                                "reconciliation",
                                "watch",
                                "roster",
                                "attendance",
                                "doctor",
                                "access",
                                "alerts",
                                "tracing")),
                rule(
                        "tracing knows nothing of ours",
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + ".tracing..")
                                .should()
                                .dependOnClassesThat(
                                        resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT + ".tracing.."))))),
                rule(
                        "only tracing knows OpenTelemetry",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(ROOT + ".tracing..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.opentelemetry..")),
                rule(
                        "only inbox knows SQL",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(ROOT + ".inbox..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.sql..",
                                        "javax.sql..",
                                        "org.jdbi..",
                                        "org.sqlite..",
                                        "org.flywaydb..",
                                        "org.postgresql..",
                                        "io.agroal..",
                                        "net.javacrumbs.shedlock..")),
                rule(
                        "only gateway and frappe know JSON, command that of our own answers, and alerts that of their messages",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(
                                        ROOT + ".gateway..",
                                        ROOT + ".frappe..",
                                        ROOT + ".command..",
                                        ROOT + ".alerts..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("com.fasterxml.jackson..")),
                rule(
                        "only command knows picocli",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(ROOT + ".command..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("picocli..")),
                rule(
                        "whoever asks api or console proves who he is",
                        classes()
                                .that()
                                .resideInAnyPackage(ROOT + ".api..", ROOT + ".console..")
                                .and()
                                .areAnnotatedWith("jakarta.ws.rs.Path")
                                .should()
                                .beAnnotatedWith(ROOT + ".access.Guarded")),
                rule(
                        "time comes from a clock",
                        noClasses()
                                .should()
                                .callMethod(java.time.Instant.class, "now")
                                .orShould()
                                .callMethod(java.time.LocalDateTime.class, "now")
                                .orShould()
                                .callMethod(java.time.LocalDate.class, "now")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")),
                rule(
                        "nobody prints",
                        noClasses()
                                .should()
                                .accessField(System.class, "out")
                                .orShould()
                                .accessField(System.class, "err")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        // When
        rule.check(HOUSE);
    }

    private static ArchRule mayKnow(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others))
                .map(name -> ROOT + "." + name + "..")
                .toArray(String[]::new);
        String[] outside = {
            "java..",
            "javax..",
            "jakarta..",
            "org..",
            "com..",
            "io.quarkus..",
            "io.micrometer..",
            "io.smallrye..",
            "io.vertx..",
            "io.netty..",
            "io.agroal..",
            "net.javacrumbs.shedlock..",
            "picocli..",
            ""
        };
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(Arrays.stream(allowed), Arrays.stream(outside))
                        .toArray(String[]::new));
    }

    private static Named<ArchRule> rule(String name, ArchRule rule) {
        return Named.of(name, rule);
    }
}
