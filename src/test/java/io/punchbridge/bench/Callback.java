package io.punchbridge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A gateway that sends one punch now and then, and remembers when. */
final class Callback implements AutoCloseable {
    private final Socket socket;
    private final Punches punches;
    private final Clock clock = Clock.systemUTC();
    private final Map<Frappe.Identity, Instant> sent = new HashMap<>();

    Callback(int port, Punches punches) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(30_000);
        this.punches = punches;
    }

    /** Returns when it is acknowledged. */
    void send() throws IOException {
        Punches.Next punch = punches.next();
        byte[] request = Punches.beginningWith(punch).requests(Punches.TOKEN).next();
        sent.put(Frappe.Identity.of(punch), clock.instant());
        socket.getOutputStream().write(request);
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[1024];
        InputStream in = socket.getInputStream();
        while (answer.indexOf("{\"status\":\"done\"}") < 0) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("no acknowledgement, but: " + answer);
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
    }

    Map<Frappe.Identity, Instant> sent() {
        return sent;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
