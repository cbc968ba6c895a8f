package io.punchbridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a number of connections busy from one thread: each sends its next request when it has its answer (or, paced,
 * when it is due). Lean, since it takes its time from the cores that it measures.
 */
final class LoadGenerator {
    private static final int BUFFER = 4096;

    private final InetSocketAddress server;
    private final int connections;

    LoadGenerator(int port, int connections) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.connections = connections;
    }

    /**
     * @param byStatus how many answers came with each status
     * @param perSecond answers
     * @param millis from writing each request to reading its answer
     */
    record Result(Map<Integer, Long> byStatus, double perSecond, Samples millis) {
        Result require(int status) {
            if (byStatus.size() != 1 || !byStatus.containsKey(status)) {
                throw new IllegalStateException("answers other than " + status + ": " + byStatus);
            }
            return this;
        }
    }

    Result run(Punches.Requests requests, Duration duration) throws IOException {
        return run(requests, duration, 0);
    }

    /** @param perSecond requests of all connections together, evenly spread; 0 for as many as there can be */
    Result run(Punches.Requests requests, Duration duration, int perSecond) throws IOException {
        Run run = new Run(requests, perSecond);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                run.connect(selector);
            }
            run.work(selector, duration);
        } finally {
            run.close();
        }
        return run.result();
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final byte[] answer = new byte[BUFFER];
        private int answered;
        private long sentAt;
        private boolean waiting;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final class Run {
        private final Punches.Requests requests;
        private final int perSecond;
        private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
        private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        private final Map<Integer, Long> byStatus = new TreeMap<>();
        private final Connection[] all = new Connection[connections];
        private int connected;
        private long[] latencies = new long[1 << 16];
        private int answers;
        private int underWay;
        private long nanos;

        private Run(Punches.Requests requests, int perSecond) {
            this.requests = requests;
            this.perSecond = perSecond;
        }

        private void connect(Selector selector) throws IOException {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel);
            all[connected++] = connection;
            channel.register(selector, SelectionKey.OP_READ, connection);
        }

        private void work(Selector selector, Duration duration) throws IOException {
            long begin = System.nanoTime();
            long end = begin + duration.toNanos();
            if (perSecond == 0) {
                for (Connection connection : all) {
                    send(connection);
                }
            }
            long paced = 0;
            int turn = 0;
            while (System.nanoTime() < end || underWay > 0) {
                boolean goOn = System.nanoTime() < end;
                if (perSecond > 0 && goOn) {
                    long due = (System.nanoTime() - begin) * perSecond / 1_000_000_000L;
                    for (int i = 0; i < connections && paced < due; i++) {
                        Connection connection = all[turn++ % connections];
                        if (!connection.waiting) {
                            send(connection);
                            paced++;
                        }
                    }
                }
                select(selector, goOn);
                if (System.nanoTime() > end + TimeUnit.SECONDS.toNanos(30)) {
                    throw new IOException(underWay + " requests have had no answer for 30 s");
                }
            }
            nanos = System.nanoTime() - begin;
        }

        private void select(Selector selector, boolean goOn) throws IOException {
            int ready = perSecond > 0 ? selector.selectNow() : selector.select(1000);
            if (ready == 0 && perSecond > 0) {
                LockSupport.parkNanos(50_000);
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (read(connection) && goOn && perSecond == 0) {
                    send(connection);
                }
            }
            selector.selectedKeys().clear();
        }

        private void send(Connection connection) throws IOException {
            out.clear().put(requests.next()).flip();
            connection.sentAt = System.nanoTime();
            connection.waiting = true;
            underWay++;
            while (out.hasRemaining()) {
                // A request of half a KiB fits into an idle connection's buffer; this loop is for completeness.
                connection.channel.write(out);
            }
        }

        /** Whether the answer is complete. */
        private boolean read(Connection connection) throws IOException {
            in.clear();
            if (connection.channel.read(in) < 0) {
                throw new IOException("the server closed a connection");
            }
            in.flip();
            int length = in.remaining();
            in.get(connection.answer, connection.answered, length);
            connection.answered += length;
            int status = statusOfComplete(connection.answer, connection.answered);
            if (status < 0) {
                return false;
            }
            connection.answered = 0;
            connection.waiting = false;
            underWay--;
            if (answers == latencies.length) {
                latencies = Arrays.copyOf(latencies, answers * 2);
            }
            latencies[answers++] = System.nanoTime() - connection.sentAt;
            byStatus.merge(status, 1L, Long::sum);
            return true;
        }

        private Result result() {
            double[] millis = Arrays.stream(latencies, 0, answers)
                    .mapToDouble(each -> each / 1e6)
                    .toArray();
            return new Result(byStatus, answers * 1e9 / nanos, Samples.of(millis));
        }

        private void close() throws IOException {
            for (Connection connection : Arrays.copyOf(all, connected)) {
                connection.channel.close();
            }
        }
    }

    private static int statusOfComplete(byte[] answer, int answered) {
        String text = new String(answer, 0, answered, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return -1;
        }
        int length = text.toLowerCase(Locale.ROOT).indexOf("content-length:");
        int bodyLength = length < 0
                ? 0
                : Integer.parseInt(text.substring(length + "content-length:".length(), text.indexOf('\r', length))
                        .strip());
        return text.length() < head + 4 + bodyLength ? -1 : Integer.parseInt(text.substring(9, 12));
    }
}
