"""A proxy of the tests' own before a running site, that answers 503 when it is told to, as one does while a site is deployed."""

import http.client
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OF_THE_CONNECTION = {"connection", "transfer-encoding", "keep-alive"}


class Proxy:
    """`refuse` POSTs are answered 503 without reaching the site; of the next `swallow` ones the site's answer is thrown away."""

    def __init__(self, site):
        self.site, self.refuse, self.swallow = site, 0, 0
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def _what_to_do(self):
        with self._lock:
            for name in ("refuse", "swallow"):
                if getattr(self, name):
                    setattr(self, name, getattr(self, name) - 1)
                    return name
        return "pass on"

    def _handler(self):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self._answer(*self._ask())

            def do_POST(self):
                what = proxy._what_to_do()
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if what == "refuse":
                    return self._answer(503, [], b"")
                told = self._ask(body)
                return self._answer(503, [], b"") if what == "swallow" else self._answer(*told)

            def _ask(self, body=None):
                connection = http.client.HTTPConnection("127.0.0.1", proxy.site.port, timeout=60)
                headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_THE_CONNECTION}
                connection.request(self.command, self.path, body, headers)
                reply = connection.getresponse()
                told = reply.status, reply.getheaders(), reply.read()
                connection.close()
                return told

            def _answer(self, status, headers, body):
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in OF_THE_CONNECTION | {"content-length"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        return Handler


@contextmanager
def proxied(site):
    proxy = Proxy(site)
    thread = threading.Thread(target=proxy.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.server.shutdown()
        proxy.server.server_close()
