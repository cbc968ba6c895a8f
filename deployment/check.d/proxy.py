"""Runs a reverse proxy's example on the loopback interface, before a stand-in for Punchbridge, and knocks at it.

    proxy.py nginx|caddy EXECUTABLE EXAMPLE

Prints what it saw and exits 1 if the proxy lets through more, or less, than POST /cams/callback.
"""

import http.client
import http.server
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

MEBIBYTE = 1024 * 1024
KNOCKS = [
    # method, path, size of the body, the answers that are right, whether Punchbridge may see the request
    ("POST", "/cams/callback", 100, {200}, True),
    ("POST", "/cams/callback?stgid=ST-1&x=%20", 100, {200}, True),
    ("POST", "/cams/callback", MEBIBYTE - 1024, {200}, True),
    ("GET", "/cams/callback", 0, {403, 404, 405}, False),
    ("PUT", "/cams/callback", 10, {403, 404, 405}, False),
    ("POST", "/cams/callback/", 10, {404}, False),
    ("POST", "/cams/callback/x", 10, {404}, False),
    ("POST", "/cams/callbacks", 10, {404}, False),
    ("POST", "/cams", 10, {404}, False),
    ("GET", "/", 0, {404}, False),
    ("GET", "/q/health/ready", 0, {404}, False),
    ("GET", "/q/metrics", 0, {404}, False),
    ("GET", "/cams/callback/../../q/metrics", 0, {403, 404}, False),
]
TOO_LARGE = {
    # nginx refuses it by itself; Caddy leaves that to Punchbridge, and then must not shorten it.
    "nginx": ("POST", "/cams/callback", MEBIBYTE + 1024, {413}, False),
    "caddy": ("POST", "/cams/callback", MEBIBYTE + 1024, {200}, True),
}


class StandIn(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = []

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.command, self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def replaced(text, old, new):
    if old not in text:
        sys.exit(f"the example has no '{old}' any more; mend proxy.py with it")
    return text.replace(old, new)


def nginx(executable, example, upstream, port, folder):
    key, certificate, config = folder / "key.pem", folder / "certificate.pem", folder / "nginx.conf"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = replaced(example.read_text(), "listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    server = replaced(server, "server 127.0.0.1:8080;", f"server 127.0.0.1:{upstream};")
    server = replaced(server, "/etc/ssl/punchbridge/fullchain.pem", str(certificate))
    server = replaced(server, "/etc/ssl/punchbridge/privkey.pem", str(key))
    temporary = "\n".join(
        f"{module}_temp_path {folder}/{module};" for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    config.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off; {temporary}\n{server} }}"
    )
    subprocess.run([executable, "-t", "-q", "-c", config], check=True)
    return [executable, "-c", config], {}


def caddy(executable, example, upstream, port, folder):
    environment = {
        "PUNCHBRIDGE_HOST": f"http://127.0.0.1:{port}",
        "PUNCHBRIDGE_UPSTREAM": f"127.0.0.1:{upstream}",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    return [executable, "run", "--config", example, "--adapter", "caddyfile"], environment


def knock(kind, port, method, path, size):
    if kind == "nginx":
        # Its certificate was made for this run; there is nothing to verify.
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=ssl._create_unverified_context())
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body=b"x" * size)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        # A proxy may answer before it has read a body that is too large.
        return connection.getresponse().status
    finally:
        connection.close()


def wait_for(port, process):
    for _ in range(100):
        if process.poll() is not None:
            sys.exit(f"the proxy ended with {process.returncode} before it listened")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the proxy did not listen within 10 s")


def main():
    kind, executable, example = sys.argv[1:]
    backend = http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=backend.serve_forever, daemon=True).start()
    port, wrong = free_port(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        start = {"nginx": nginx, "caddy": caddy}[kind]
        command, environment = start(executable, pathlib.Path(example), backend.server_port, port, folder)
        with open(folder / "log", "wb") as log:
            process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
        try:
            wait_for(port, process)
            for method, path, size, right, passes in [*KNOCKS, TOO_LARGE[kind]]:
                StandIn.seen.clear()
                status = knock(kind, port, method, path, size)
                expected = [(method, path, size)] if passes else []
                if status not in right or StandIn.seen != expected:
                    wrong += 1
                    print(f"{method} {path} of {size} bytes: answered {status}, Punchbridge saw {StandIn.seen}")
        finally:
            process.terminate()
            process.wait(20)
            if wrong:
                print((folder / "log").read_text()[-2000:])
    sys.exit(1 if wrong else 0)


main()
