package io.punchbridge.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who has sent the request that is being answered. Inject it where an action is recorded or a page greets. */
@RequestScoped
public class WhoAsks {
    private static final String KEY = WhoAsks.class.getName();

    private final CurrentVertxRequest request;

    WhoAsks(CurrentVertxRequest request) {
        this.request = request;
    }

    static void is(Asker asker, RoutingContext exchange) {
        exchange.put(KEY, asker);
    }

    /** Empty where nobody was let in, or nobody had to be. */
    public static Optional<Asker> of(RoutingContext exchange) {
        return Optional.ofNullable(exchange.get(KEY));
    }

    /** @throws IllegalStateException in a resource that isn't {@link Guarded} */
    public Asker asker() {
        Asker asker = request.getCurrent().get(KEY);
        if (asker == null) {
            throw new IllegalStateException("nobody has asked who this is");
        }
        return asker;
    }

    /** Whether a page should offer what only an operator may do. */
    public boolean mayAct() {
        return asker().role().includes(Role.OPERATOR);
    }
}
