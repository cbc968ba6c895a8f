package io.punchbridge.frappe;

import java.util.function.Function;

/** What came of a call: a value, or a failure that says who must act. Never an exception. */
public sealed interface FrappeAnswer<T> {

    record Success<T>(T value) implements FrappeAnswer<T> {}

    record Failure<T>(FrappeFailure failure) implements FrappeAnswer<T> {}

    /** Folds both outcomes into one value. */
    default <R> R fold(Function<? super T, ? extends R> onSuccess, Function<FrappeFailure, ? extends R> onFailure) {
        if (this instanceof Success<T> success) {
            return onSuccess.apply(success.value());
        }
        return onFailure.apply(((Failure<T>) this).failure());
    }

    /** The same outcome with another value. */
    default <R> FrappeAnswer<R> map(Function<? super T, ? extends R> change) {
        return fold(value -> new Success<R>(change.apply(value)), Failure::new);
    }
}
