package io.punchbridge.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A callback of which only a part is sent. A server that refuses a body closes the connection while a usual client still
 * sends, and whether that client then sees the answer or a broken pipe is chance; who sends no more than the server reads
 * always sees the answer.
 */
public final class RawRequest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HEAD =
            "POST /cams/callback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private RawRequest() {}

    /** The status of the answer to a head that claims so many bytes, none of which is sent. */
    public static int claiming(int port, long bytes) throws IOException {
        return statusOf(port, HEAD + "Content-Length: " + bytes + "\r\n\r\n");
    }

    /** The status of the answer to a body of untold length of which so many bytes are sent, and no end. */
    public static int streaming(int port, int bytes) throws IOException {
        return statusOf(
                port,
                HEAD + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes)
                        + "\r\n");
    }

    private static int statusOf(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
            if (line == null) {
                throw new IOException("The connection was closed without an answer");
            }
            return Integer.parseInt(line.substring("HTTP/1.1 ".length()).substring(0, 3));
        }
    }
}
