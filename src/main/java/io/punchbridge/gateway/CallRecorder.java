package io.punchbridge.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.tracing.Attribute;
import io.punchbridge.tracing.TraceSpan;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Keeps and counts what the gateway was asked. */
final class CallRecorder {
    private static final Logger LOG = Logger.getLogger(CallRecorder.class);

    private final GatewayCalls calls;
    private final MeterRegistry metrics;

    CallRecorder(GatewayCalls calls, MeterRegistry metrics) {
        this.calls = calls;
        this.metrics = metrics;
    }

    /** Never fails: what the gateway has answered stays answered though nobody can write it down. */
    void keep(GatewayCall call, GatewayAnswer<?> answer) {
        count(call.operation(), answer);
        Timer.builder("punchbridge.gateway.call")
                .description("How long the gateway took for an answer")
                .tag("operation", call.operation())
                .serviceLevelObjectives(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60))
                .register(metrics)
                .record(call.took());
        LOG.debugf(
                "%s of %s (operation %s) took %d ms: %s",
                call.operation(), call.device(), call.operationId(), call.took().toMillis(), call.outcome());
        try {
            calls.keep(call);
        } catch (RuntimeException notKept) {
            LOG.warnf(
                    notKept,
                    "The call %s of %s could not be kept in the record; its answer counts all the same.",
                    call.operationId(),
                    call.device());
        }
    }

    /** Counts a request that was answered without the gateway, too. */
    void count(String operation, GatewayAnswer<?> answer) {
        metrics.counter("punchbridge.gateway.calls", "operation", operation, "outcome", outcome(answer))
                .increment();
    }

    /** How the call ended, without the gateway's words. */
    static void tell(TraceSpan span, GatewayAnswer<?> answer) {
        span.put(Attribute.OUTCOME, outcome(answer));
        if (answer instanceof Failure) {
            span.failed(outcome(answer));
        }
    }

    private static String outcome(GatewayAnswer<?> answer) {
        if (!(answer instanceof Failure<?> failed)) {
            return "done";
        }
        GatewayFailure failure = failed.failure();
        StatusCode code = failure.code();
        return (failure.kind() == Kind.SAID_BY_GATEWAY && code != null
                        ? code.name()
                        : failure.kind().name())
                .toLowerCase(Locale.ROOT);
    }
}
