package io.punchbridge.console.devices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Punches of a device that its callbacks lost, day by day up to today.
 *
 * @param known whether its log was ever compared; if not, nothing can be said of lost ones
 */
public record LostChart(boolean known, long total, int days, int width, int height, List<Column> columns) {

    /**
     * One day.
     *
     * @param lost that many punches
     */
    public record Column(LocalDate day, long lost, int x, int y, int width, int height) {
        public String figure() {
            return number(lost);
        }
    }

    public LostChart {
        columns = List.copyOf(columns);
    }

    static LostChart of(boolean known, Map<LocalDate, Long> lost, LocalDate today, int days, int column, int height) {
        long most = 1;
        long total = 0;
        for (int back = 0; back < days; back++) {
            long n = lost.getOrDefault(today.minusDays(back), 0L);
            most = Math.max(most, n);
            total += n;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            LocalDate day = today.minusDays(days - 1L - i);
            long n = lost.getOrDefault(day, 0L);
            // The smallest loss must still be seen.
            int high = n == 0 ? 1 : (int) Math.max(3, n * height / most);
            columns.add(new Column(day, n, i * column, height - high, column - 2, high));
        }
        return new LostChart(known || total > 0, total, days, days * column, height, columns);
    }

    public boolean isAny() {
        return total > 0;
    }

    public String figure() {
        return number(total);
    }

    /** The days on which some were lost, newest first. */
    public List<Column> bad() {
        List<Column> bad = new ArrayList<>(
                columns.stream().filter(column -> column.lost() > 0).toList());
        Collections.reverse(bad);
        return bad;
    }

    /** For whoever doesn't see the chart. */
    public String alternative() {
        return "Punches that callbacks lost in the last " + days + " days: " + figure();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
