package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.gateway.CallbackDoor.FallbackZone;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Success;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import io.punchbridge.tracing.Attribute;
import io.punchbridge.tracing.TraceSpan;
import io.punchbridge.tracing.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gateway reached over HTTP: checks, waits its turn, asks, understands, keeps the call. */
@ApplicationScoped
public class RestGateway implements Gateway {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final GatewaySettings settings;
    private final FallbackZone fallbackZone;
    private final Clock clock;
    private final @Nullable GatewayConnection connection;
    private final OneCallAtATime turns;
    private final CallRecorder recorder;
    private final LogReader logReader;
    private final DeviceAnswers deviceAnswers;

    public RestGateway(
            GatewaySettings settings,
            GatewayCalls calls,
            ClusterLock clusterLock,
            FallbackZone fallbackZone,
            MeterRegistry metrics,
            Clock clock) {
        this.settings = settings;
        this.fallbackZone = fallbackZone;
        this.clock = clock;
        this.connection = settings.endpoint() == null
                ? null
                : new GatewayConnection(settings.endpoint(), settings.requestTimeout());
        this.turns =
                new OneCallAtATime(clusterLock, GatewayConnection.atMost(settings.requestTimeout()), BETWEEN_TRIES);
        this.recorder = new CallRecorder(calls, metrics);
        this.logReader = new LogReader(settings.keepHealthData());
        this.deviceAnswers = new DeviceAnswers(settings.keepHealthData());
    }

    /** Understands a reply that says "done". May throw {@link UnreadableReply}. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(ObjectNode reply, Instant receivedAt);
    }

    /** What one call brought. */
    private record Told<T>(
            GatewayAnswer<T> answer, @Nullable Integer statusCode) {}

    @Override
    public GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset) {
        ZoneId zone = device.timeZone();
        return ask(
                device,
                GatewayRequest.loadLog(from, until, zone == null ? ZoneOffset.UTC : zone, offset),
                (reply, receivedAt) ->
                        logReader.page(reply, device, zone == null ? fallbackZone.get() : zone, receivedAt));
    }

    @Override
    public GatewayAnswer<DeviceInformation> deviceInformation(Device device) {
        return ask(device, GatewayRequest.deviceInformation(), deviceAnswers::information);
    }

    @Override
    public GatewayAnswer<List<DeviceUser>> loadUsers(Device device) {
        return ask(device, GatewayRequest.loadUsers(), (reply, receivedAt) -> deviceAnswers.users(reply));
    }

    @Override
    public GatewayAnswer<Boolean> putUser(Device device, DeviceUser user) {
        return change(device, UserRequests.ADD, user.id(), () -> GatewayRequest.putUser(user));
    }

    @Override
    public GatewayAnswer<Boolean> deleteUser(Device device, UserId user) {
        return change(device, UserRequests.DELETE, user, () -> GatewayRequest.deleteUser(user));
    }

    private GatewayAnswer<Boolean> change(
            Device device, String operation, UserId user, Supplier<GatewayRequest> request) {
        if (GatewayRequest.readsAsAll(user)) {
            return notAsked(
                    operation,
                    WhoActs.OPERATOR,
                    "A user id that reads \"All\" is never sent, as the gateway's word for every user of the device."
                            + " Give the employee another attendance device id.");
        }
        return ask(device, request.get(), (reply, receivedAt) -> true);
    }

    private <T> GatewayAnswer<T> ask(Device device, GatewayRequest request, Reading<T> reading) {
        if (connection == null) {
            return notAsked(
                    request.operation(),
                    WhoActs.OPERATOR,
                    "The gateway can't be asked: punchbridge.gateway.endpoint isn't set. Set it to the address of your CAMS"
                            + " account's RESTful API.");
        }
        if (!device.connection().answersRequests()) {
            return notAsked(
                    request.operation(),
                    WhoActs.OPERATOR,
                    "The device " + device.name() + " can't be asked: it is connected by "
                            + switch (device.connection()) {
                                case DB_PULL -> "DB pull";
                                case FILE_PROCESSING -> "file processing";
                                case NATIVE_PUSH, DEVICE_SDK ->
                                    device.connection().name();
                            }
                            + ", where the gateway takes no requests. Its punches come by callbacks alone.");
        }
        Optional<Credentials> credentials = settings.credentials().stream()
                .filter(one -> one.device().serialNumber().equals(device.serialNumber()))
                .findFirst();
        String serviceTagId = credentials.map(Credentials::serviceTagId).orElse(null);
        if (credentials.isEmpty() || serviceTagId == null) {
            return notAsked(
                    request.operation(),
                    WhoActs.OPERATOR,
                    "The device " + device.name() + " can't be asked: punchbridge.devices." + device.name()
                            + ".service-tag-id isn't set. Set it to the service tag id that the CAMS API monitor shows.");
        }
        return ask(new Call(connection, device, serviceTagId), credentials.get(), request, reading);
    }

    /** The gateway may be told a new token before or after us: one that was valid a while ago is tried too, once. */
    private <T> GatewayAnswer<T> ask(Call call, Credentials credentials, GatewayRequest request, Reading<T> reading) {
        GatewayAnswer<T> answer = askInTurn(call, credentials.authToken(), request, reading);
        String previous = credentials.previousAuthToken();
        boolean refused =
                answer instanceof Failure<T> failed && failed.failure().code() == StatusCode.INVALID_AUTH_TOKEN;
        return refused && previous != null ? askInTurn(call, previous, request, reading) : answer;
    }

    /** Whom a call goes to, and by which way. */
    private record Call(GatewayConnection connection, Device device, String serviceTagId) {}

    private <T> GatewayAnswer<T> askInTurn(Call call, String token, GatewayRequest request, Reading<T> reading) {
        try {
            return turns.call(() -> askTraced(call, token, request, reading));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return notAsked(
                    request.operation(),
                    WhoActs.NOBODY,
                    "The request was given up before its turn came, since Punchbridge stops or the run was ended.");
        } catch (StorageException unknown) {
            return notAsked(
                    request.operation(),
                    WhoActs.NOBODY,
                    "The gateway wasn't asked, since the storage can't tell whether another replica asks it now: "
                            + unknown.getMessage());
        }
    }

    private <T> GatewayAnswer<T> askTraced(Call call, String token, GatewayRequest request, Reading<T> reading) {
        TraceSpan span = Traces.begin(Traces.Kind.CLIENT, request.operation())
                .put(Attribute.DEVICE, call.device().name());
        return span.around(() -> {
            GatewayAnswer<T> answer = askNow(call, token, request, reading);
            CallRecorder.tell(span, answer);
            return answer;
        });
    }

    private <T> GatewayAnswer<T> askNow(Call call, String token, GatewayRequest request, Reading<T> reading) {
        String operationId = UUID.randomUUID().toString().replace("-", "");
        Instant sentAt = clock.instant();
        long begun = System.nanoTime();
        String body = request.body(operationId, token, sentAt);
        GatewayConnection.Result result = send(call, body);
        Told<T> told = understand(call, result, token, reading);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String words =
                told.answer() instanceof Failure<T> failed ? failed.failure().words() : StatusCode.DONE.words();
        recorder.keep(
                new GatewayCall(
                        operationId,
                        call.device().serialNumber(),
                        request.operation(),
                        sentAt,
                        took,
                        told.statusCode(),
                        words),
                told.answer());
        if (result.interrupted()) {
            Thread.currentThread().interrupt();
        }
        return told.answer();
    }

    private GatewayConnection.Result send(Call call, String body) {
        List<SecurityKey> keys = settings.securityKeys();
        return keys.isEmpty()
                ? call.connection().send(call.serviceTagId(), body)
                : call.connection()
                        .sendEncrypted(call.serviceTagId(), keys.get(0).encrypt(body));
    }

    private <T> Told<T> understand(Call call, GatewayConnection.Result result, String token, Reading<T> reading) {
        GatewayFailure noAnswer = result.failure();
        if (noAnswer != null) {
            return failed(noAnswer, null);
        }
        CallbackBody opened = CallbackBody.open(result.body(), settings.securityKeys());
        Optional<SaidStatus> status =
                opened instanceof CallbackBody.Opened readable ? SaidStatus.of(readable.json()) : Optional.empty();
        if (!result.isOk() && status.isEmpty()) {
            return failed(GatewayFailures.http(result.status()), null);
        }
        if (!(opened instanceof CallbackBody.Opened readable)) {
            return failed(unopened(opened), null);
        }
        if (status.isEmpty()) {
            return failed(
                    GatewayFailures.unreadable(
                            WhoActs.OPERATOR,
                            "The answer says neither Status nor StatusCode, so it isn't the gateway's. Compare"
                                    + " punchbridge.gateway.endpoint with the address that the vendor gave."),
                    null);
        }
        SaidStatus said = status.get();
        if (said.code() != StatusCode.DONE) {
            return failed(GatewayFailures.said(said.code(), said.unknown(), call.device()), said.number());
        }
        // What is kept of a reply must not hold the token, wherever the gateway repeats it.
        Redactor.removeEverywhere(readable.json(), token);
        try {
            refuseOfAnotherDevice(readable.json(), call.device());
            return new Told<>(new Success<>(reading.read(readable.json(), clock.instant())), said.number());
        } catch (UnreadableReply unreadable) {
            return failed(unreadable.failure(), said.number());
        }
    }

    /** Where two service tags were mixed up, one device's punches would be kept as the other's. */
    private static void refuseOfAnotherDevice(ObjectNode reply, Device device) {
        String serialNumber = CamsJson.text(reply, "SerialNumber");
        if (serialNumber != null
                && !serialNumber.equalsIgnoreCase(device.serialNumber().value())) {
            throw new UnreadableReply(
                    WhoActs.OPERATOR,
                    "The gateway answered for another device than " + device.name() + ". Compare punchbridge.devices."
                            + device.name() + ".service-tag-id with the CAMS API monitor.");
        }
    }

    private static GatewayFailure unopened(CallbackBody body) {
        if (body instanceof CallbackBody.Undecryptable undecryptable) {
            return GatewayFailures.unreadable(
                    WhoActs.OPERATOR,
                    undecryptable.haveKeys()
                            ? "The answer is encrypted, and neither punchbridge.gateway.security-key nor the previous one"
                                    + " decrypts it. Compare them with the account's."
                            : "The answer is encrypted, and no key is configured. Set punchbridge.gateway.security-key to"
                                    + " the key of your CAMS account.");
        }
        return GatewayFailures.unreadable(
                WhoActs.OPERATOR,
                "The answer isn't the gateway's JSON: a page of a proxy, or an answer cut short. If that lasts, compare"
                        + " punchbridge.gateway.endpoint with the address that the vendor gave.");
    }

    private static <T> Told<T> failed(GatewayFailure failure, @Nullable Integer statusCode) {
        return new Told<>(new Failure<>(failure), statusCode);
    }

    private <T> GatewayAnswer<T> notAsked(String operation, WhoActs whoActs, String words) {
        GatewayAnswer<T> answer = new Failure<>(GatewayFailures.notAsked(whoActs, words));
        recorder.count(operation, answer);
        return answer;
    }
}
