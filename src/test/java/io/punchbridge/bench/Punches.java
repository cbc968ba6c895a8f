package io.punchbridge.bench;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * An endless row of distinct punches in the order of time, 900 a second: the nth is of the same user and second in every
 * run that begins at the same instant.
 */
final class Punches {
    static final String SERIAL_NUMBER = "ZHM11BENCH0001";
    static final String TOKEN = "token-of-the-bench-device-000001";
    static final String WRONG_TOKEN = "token-of-the-other-device-000002";
    static final int EMPLOYEES = 999;

    static final int FIRST_USER = 100;
    /** The first of those whom no employee has. */
    static final int FIRST_STRANGER = 10_000;

    private static final int USERS = 900;
    private static final DateTimeFormatter WALL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String BODY = """
            {"RealTime":{"OperationID":"9nu1wak5616p","LabelName":"Head Office","SerialNumber":"%s","PunchLog":{"Type":"CheckIn","Temperature":"36.8","FaceMask":false,"InputType":"Fingerprint","UserId":"UUU","LogTime":"TTTT-TT-TT TT:TT:TT GMT +0000"},"AuthToken":"%s","Time":"%s GMT +0000"}}""";

    /** So that an employee's punches lie further apart than what counts as one, as those of people do. */
    private static final int SECONDS_APART_IN_HISTORY = 120;

    private final Instant begin;
    private final int secondsApart;
    private final int firstUser;
    private long next;

    /** The next punch: who and when. */
    record Next(int user, Instant at) {
        PunchKey key() {
            return PunchKey.of(new SerialNumber(SERIAL_NUMBER), new UserId(Integer.toString(user)), at, "CheckIn");
        }

        String employee() {
            return "HR-EMP-%05d".formatted(user);
        }
    }

    private Punches(Instant begin, int secondsApart, int firstUser) {
        this.begin = begin;
        this.secondsApart = secondsApart;
        this.firstUser = firstUser;
    }

    /** Old enough for millions of them to lie in the past, young enough for the policy that punches must meet. */
    static Punches since(Duration ago) {
        return new Punches(beginning(ago), 1, FIRST_USER);
    }

    /** As {@link #since}, at a pace that people may have: 900 each two minutes. */
    static Punches ofHistory(Duration ago) {
        return new Punches(beginning(ago), SECONDS_APART_IN_HISTORY, FIRST_USER);
    }

    /** So many from an instant until now, as evenly as they come. */
    static Punches spread(Instant begin, int count, int firstUser) {
        long steps = count / USERS + 1L;
        long seconds = Duration.between(begin, Clock.systemUTC().instant()).toSeconds();
        return new Punches(begin, (int) Math.max(1, seconds / steps), firstUser);
    }

    private static Instant beginning(Duration ago) {
        return Clock.systemUTC().instant().minus(ago).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The rest of the row that begins with this punch. */
    static Punches beginningWith(Next punch) {
        Punches rest = new Punches(punch.at(), 1, FIRST_USER);
        rest.next = (long) punch.user() - FIRST_USER;
        return rest;
    }

    Next next() {
        long n = next++;
        return new Next(firstUser + (int) (n % USERS), begin.plusSeconds(n / USERS * secondsApart));
    }

    /** Turns {@link #next} into requests without making garbage a request. */
    Requests requests(String token) {
        return new Requests(token);
    }

    final class Requests {
        private final byte[] request;
        private final int userAt;
        private final int timeAt;
        private Instant written = Instant.MIN;

        private Requests(String token) {
            String now = WALL.format(Clock.systemUTC().instant());
            String body = BODY.formatted(SERIAL_NUMBER, token, now);
            String head = "POST /cams/callback?stgid=ST-BENCH HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
            String whole = head + body;
            request = whole.getBytes(StandardCharsets.US_ASCII);
            userAt = whole.indexOf("UUU");
            timeAt = whole.indexOf("TTTT");
        }

        /** Valid until the next call. */
        byte[] next() {
            Next punch = Punches.this.next();
            request[userAt] = (byte) ('0' + punch.user() / 100);
            request[userAt + 1] = (byte) ('0' + punch.user() / 10 % 10);
            request[userAt + 2] = (byte) ('0' + punch.user() % 10);
            if (!punch.at().equals(written)) {
                byte[] wall = WALL.format(punch.at()).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(wall, 0, request, timeAt, wall.length);
                written = punch.at();
            }
            return request;
        }
    }
}
