"""Serves a sitting to the browser of the same person on the same machine, and to nobody else.

It listens on 127.0.0.1 only. Every request must bear the token of the address that was printed,
and name this host, so that no other page and no other user of the machine gets in.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from taglint.findings import TaglintError, cause
from taglint.pages import part

HOST = "127.0.0.1"
LONGEST = 100_000
Answer = Callable[[str, dict[str, Any]], Any]


class Server(ThreadingHTTPServer):
    """answer: gives the data for a path and a request's body. Calls are made one at a time."""

    daemon_threads = True

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(24)
        self.lock = Lock()
        self.answer = answer
        super().__init__((HOST, port), Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/?token={self.token}"

    def hosts(self) -> tuple[str, str]:
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"

    def stop(self) -> None:
        """From within a request: `shutdown` waits for it to end."""
        Thread(target=self.shutdown, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is nothing to report."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/":
            given = parse_qs(address.query).get("token", [""])[0]
            if self._admitted(given):
                self._page()
            return
        self._call(address.path, {})

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not size.isdecimal() or int(size) > LONGEST:
            self.close_connection = True
            self._send(413, {"error": "too long"})
            return
        body = self.rfile.read(int(size))
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            self._call(urlsplit(self.path).path, data)
        else:
            self._send(400, {"error": "no JSON object"})

    def _call(self, path: str, data: dict[str, Any]) -> None:
        if not self._admitted(self.headers.get("X-Taglint-Token", "")):
            return
        try:
            with self.server.lock:
                found = self.server.answer(path, data)
        except TaglintError as error:
            self._send(409, {"error": str(error)})
        except Exception as error:
            self._send(500, {"error": cause(error)})
        else:
            self._send(404 if found is None else 200, found or {"error": "nothing here"})

    def _admitted(self, given: str) -> bool:
        """A wrong host is another site that was made to lead here."""
        right = hmac.compare_digest(given.encode(), self.server.token.encode())
        if right and self.headers.get("Host", "") in self.server.hosts():
            return True
        self.close_connection = True
        self._send(403, {"error": "open the address that taglint review printed"})
        return False

    def _page(self) -> None:
        nonce = secrets.token_urlsafe(16)
        page = part("review.html").replace("{nonce}", nonce)
        page = page.replace("{style}", part("shared.css") + part("review.css"))
        page = page.replace("{script}", part("shared.js") + part("review.js"))
        rules = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; "
            f"style-src 'nonce-{nonce}' 'unsafe-inline'; connect-src 'self'; img-src data:; "
            "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        ).replace(" 'unsafe-inline'", "")
        self._write(200, "text/html; charset=utf-8", page.encode(), rules)

    def _send(self, status: int, data: dict[str, Any]) -> None:
        self._write(status, "application/json", json.dumps(data).encode(), "default-src 'none'")

    def _write(self, status: int, kind: str, body: bytes, rules: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", rules)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called there
        """Requests are not logged: they bear the token."""
