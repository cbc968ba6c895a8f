package io.punchbridge.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Numbers measured several times. */
final class Samples {
    private final double[] inOrder;
    private final double[] sorted;

    private Samples(double[] values) {
        if (values.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        this.inOrder = values.clone();
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    static Samples of(double... values) {
        return new Samples(values);
    }

    static Samples of(Collection<Double> values) {
        return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value that this share of all doesn't exceed. */
    double quantile(double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(index, sorted.length - 1))];
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }

    /** Smallest, middle and largest. */
    String spread(String format) {
        return String.format(
                Locale.ROOT, format + " / " + format + " / " + format, sorted[0], median(), sorted[sorted.length - 1]);
    }

    /** In the order in which they were measured. */
    double[] values() {
        return inOrder.clone();
    }
}
