"""Runs the images' health probe against stand-ins for the management port.

    probe.py PROBE
"""

import http.server
import os
import socket
import subprocess
import sys
import threading


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/q/health/live" else 503)
        self.end_headers()

    def log_message(self, *_):
        pass


def probe(port, page):
    environment = os.environ | {"QUARKUS_MANAGEMENT_PORT": str(port)}
    return subprocess.run([sys.argv[1], page], env=environment, capture_output=True, timeout=30).returncode


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Health)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        results = {
            "a page that is up": probe(server.server_port, "live") == 0,
            "a page that is down": probe(server.server_port, "ready") != 0,
            "a service that accepts and says nothing": probe(silent.getsockname()[1], "live") != 0,
        }
        closed = silent.getsockname()[1]
    results["a closed port"] = probe(closed, "live") != 0
    for what, right in results.items():
        if not right:
            print(f"the probe misjudges {what}")
    sys.exit(0 if all(results.values()) else 1)


main()
