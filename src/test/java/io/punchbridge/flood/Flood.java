package io.punchbridge.flood;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Connections that are held open as long as the service lets them, and opened anew when it doesn't. */
final class Flood implements AutoCloseable {
    private static final int ROUNDS_BEFORE_A_REOPENED_ONE_SENDS = 4;
    private static final String HEAD = "POST /cams/callback HTTP/1.1\r\nHost: punchbridge\r\n";

    /** What a connection sends at once, and byte by byte afterwards. */
    enum Kind {
        SILENT("", ""),
        SLOW_HEADERS("POST /cams", HEAD.substring(10) + "X-Slow: " + "x".repeat(4000)),
        SLOW_BODY(HEAD + "Content-Length: 400\r\n\r\n{", " ".repeat(400)),
        CLAIMS_A_GIB(HEAD + "Content-Length: 1073741824\r\n\r\n{", " ".repeat(400)),
        ALL_BUT_THE_END_OF_A_MIB(HEAD + "Content-Length: 1048576\r\n\r\n{" + " ".repeat(1_000_000), " ".repeat(400)),
        ENDLESS_CHUNKS(
                HEAD + "Transfer-Encoding: chunked\r\n\r\n" + ("400\r\n" + " ".repeat(1024) + "\r\n").repeat(900), " ");

        private final String atOnce;
        private final String afterwards;

        Kind(String atOnce, String afterwards) {
            this.atOnce = atOnce;
            this.afterwards = afterwards;
        }
    }

    /** All that a connection ever sends; encoded once, for some of it is large. */
    private static final Map<Kind, byte[]> TEXTS = new EnumMap<>(Kind.class);

    static {
        for (Kind kind : Kind.values()) {
            TEXTS.put(kind, (kind.atOnce + kind.afterwards).getBytes(ISO_8859_1));
        }
    }

    private static final class Line {
        private final Kind kind;
        private SocketChannel channel;
        private int sent;
        private int rests;

        Line(Kind kind, SocketChannel channel) {
            this.kind = kind;
            this.channel = channel;
        }
    }

    private final InetSocketAddress service;
    private final List<Line> lines = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong reopened = new AtomicLong();
    private final CountDownLatch allOpened = new CountDownLatch(1);
    private final ByteBuffer trash = ByteBuffer.allocate(8192);
    private final Thread thread;
    private volatile boolean closed;

    Flood(int port, int connections) {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.thread = new Thread(() -> run(connections), "flood");
    }

    void start() throws InterruptedException {
        thread.start();
        allOpened.await();
    }

    int open() {
        return open.get();
    }

    long reopened() {
        return reopened.get();
    }

    private void run(int connections) {
        for (int i = 0; i < connections && !closed; i++) {
            // The heavy ones are few: each of them costs this process, on the same machine, as much as the service.
            Kind kind = i % 50 < 3 ? Kind.values()[3 + i % 50] : Kind.values()[i % 3];
            try {
                lines.add(new Line(kind, SocketChannel.open(service)));
                lines.get(lines.size() - 1).channel.configureBlocking(false);
                open.incrementAndGet();
            } catch (IOException refused) {
                // Fewer then; how many there are is told by open().
                LockSupport.parkNanos(1_000_000);
            }
        }
        allOpened.countDown();
        while (!closed) {
            lines.forEach(this::step);
            LockSupport.parkNanos(500_000_000);
        }
    }

    private void step(Line line) {
        if (line.rests-- > 0) {
            return;
        }
        try {
            trash.clear();
            if (line.channel.read(trash) < 0) {
                throw new IOException("closed by the service");
            }
            byte[] text = Objects.requireNonNull(TEXTS.get(line.kind));
            int atOnce = line.kind.atOnce.length() - line.sent;
            if (line.sent < text.length) {
                line.sent += line.channel.write(ByteBuffer.wrap(text, line.sent, Math.max(1, atOnce)));
            }
        } catch (IOException lost) {
            reopen(line);
        }
    }

    private void reopen(Line line) {
        line.rests = ROUNDS_BEFORE_A_REOPENED_ONE_SENDS;
        try {
            line.channel.close();
            line.channel = SocketChannel.open(service);
            line.channel.configureBlocking(false);
            line.sent = 0;
            reopened.incrementAndGet();
        } catch (IOException refused) {
            // Tried again in the next round.
            line.sent = 0;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Line line : lines) {
            line.channel.close();
        }
    }
}
