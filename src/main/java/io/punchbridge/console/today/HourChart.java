package io.punchbridge.console.today;

import io.punchbridge.inbox.PunchSearch.Hour;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The punches of a day by hour, as bars and as a table. Lengths are units of the picture's view box.
 *
 * @param bars one for each hour of the day, also where there are none: 23 to 25
 * @param rows the hours with punches
 * @param complete false where there are so many that the earliest are not counted
 */
public record HourChart(List<Bar> bars, List<Row> rows, Row total, List<Line> lines, String words, boolean complete) {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final double LEFT = 46;
    private static final double RIGHT = 478;
    private static final double TOP = 14;
    private static final double BASE = 164;
    /** What there is must be seen, even if it is one of thousands. */
    private static final double LEAST = 2;

    private static final int HOURS_A_LABEL = 3;

    /** One of a bar's kinds, one on top of the other. */
    public record Piece(String tone, String y, String height) {}

    /** @param label at the foot; empty for most hours, as there is no room */
    public record Bar(String x, String width, String middle, String label, String words, List<Piece> pieces) {}

    /** A line across, with its number. */
    public record Line(String y, String textY, String label) {}

    /**
     * An hour in numbers.
     *
     * @param aside held, rejected or quarantined
     * @param leftOut by configuration
     */
    public record Row(String hour, long delivered, long waiting, long aside, long leftOut) {
        long all() {
            return delivered + waiting + aside + leftOut;
        }

        String words() {
            List<String> parts = new ArrayList<>();
            add(parts, delivered, "delivered");
            add(parts, waiting, "waiting");
            add(parts, aside, "held or rejected");
            add(parts, leftOut, "left out");
            return hour + ": " + (parts.isEmpty() ? "none" : String.join(", ", parts));
        }

        private static void add(List<String> parts, long punches, String what) {
            if (punches > 0) {
                parts.add(Numbers.of(punches) + " " + what);
            }
        }

        public String deliveredText() {
            return Numbers.of(delivered);
        }

        public String waitingText() {
            return Numbers.of(waiting);
        }

        public String asideText() {
            return Numbers.of(aside);
        }

        public String leftOutText() {
            return Numbers.of(leftOut);
        }
    }

    static HourChart of(Hourly counted, LocalDate day, ZoneId zone) {
        Map<Instant, Hour> byStart =
                counted.hours().stream().collect(Collectors.toMap(Hour::start, Function.identity()));
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        List<Row> all = new ArrayList<>();
        for (Instant start = day.atStartOfDay(zone).toInstant();
                start.isBefore(end);
                start = start.plus(Duration.ofHours(1))) {
            Hour hour = byStart.get(start);
            all.add(row(WALL.format(start.atZone(zone)), hour == null ? Map.of() : hour.punches()));
        }
        long highest = scale(all.stream().mapToLong(Row::all).max().orElse(0));
        List<Bar> bars = new ArrayList<>();
        double width = (RIGHT - LEFT) / all.size();
        for (int i = 0; i < all.size(); i++) {
            bars.add(bar(all.get(i), LEFT + i * width, width, highest, i % HOURS_A_LABEL == 0));
        }
        Row total = total(all);
        return new HourChart(
                List.copyOf(bars),
                all.stream().filter(row -> row.all() > 0).toList(),
                total,
                List.of(line(0, highest), line(highest, highest)),
                words(all, total),
                counted.complete());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    private static Row row(String hour, Map<PunchState, Long> punches) {
        return new Row(
                hour,
                sum(punches, PunchState.DELIVERED),
                sum(punches, PunchState.PENDING),
                sum(punches, PunchState.HELD, PunchState.REJECTED, PunchState.QUARANTINED),
                sum(punches, PunchState.IGNORED));
    }

    private static long sum(Map<PunchState, Long> punches, PunchState... states) {
        long sum = 0;
        for (PunchState state : states) {
            sum += punches.getOrDefault(state, 0L);
        }
        return sum;
    }

    private static Row total(List<Row> rows) {
        return new Row(
                "All",
                rows.stream().mapToLong(Row::delivered).sum(),
                rows.stream().mapToLong(Row::waiting).sum(),
                rows.stream().mapToLong(Row::aside).sum(),
                rows.stream().mapToLong(Row::leftOut).sum());
    }

    private static String words(List<Row> all, Row total) {
        Row busiest = all.stream().max(Comparator.comparingLong(Row::all)).orElse(total);
        return "Punches an hour of today, " + Numbers.of(total.all()) + " in all"
                + (total.all() == 0
                        ? "."
                        : "; most in the hour from " + busiest.hour() + " on, " + Numbers.of(busiest.all())
                                + ". The table of the hours tells the same.");
    }

    /** The next round number: 1, 2 or 5 and noughts, 5 at least. */
    private static long scale(long highest) {
        long tens = 1;
        while (true) {
            for (long step : new long[] {1, 2, 5}) {
                long round = step * tens;
                if (round >= Math.max(highest, 5)) {
                    return round;
                }
            }
            tens *= 10;
        }
    }

    private static Bar bar(Row row, double x, double width, long highest, boolean labelled) {
        List<Piece> pieces = new ArrayList<>();
        double y = stack(pieces, "ok", row.delivered(), BASE, highest);
        y = stack(pieces, "warn", row.waiting(), y, highest);
        y = stack(pieces, "bad", row.aside(), y, highest);
        stack(pieces, "left-out", row.leftOut(), y, highest);
        return new Bar(
                number(x + width * 0.1),
                number(width * 0.8),
                number(x + width / 2),
                labelled ? row.hour() : "",
                row.words(),
                List.copyOf(pieces));
    }

    /** Returns where the next piece stands. */
    private static double stack(List<Piece> pieces, String tone, long punches, double foot, long highest) {
        if (punches == 0) {
            return foot;
        }
        double height = Math.max(LEAST, (BASE - TOP) * punches / highest);
        pieces.add(new Piece(tone, number(foot - height), number(height)));
        return foot - height;
    }

    private static Line line(long punches, long highest) {
        double y = BASE - (BASE - TOP) * punches / highest;
        return new Line(number(y), number(y + 4), Numbers.of(punches));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
