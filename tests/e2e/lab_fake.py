# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fakes of chat servers stand on: HTTP and WebSocket on one port, plain or over TLS, with the standard library alone."""
import base64
import contextlib
import hashlib
import http.server
import json
import socket
import ssl
import struct
import sys
import threading

urls = []  # what was asked for of any fake of this process, in order: a secret stands in none
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def frame(payload, opcode=1):
    data = payload.encode() if isinstance(payload, str) else payload
    head = bytes([0x80 | opcode])
    if len(data) < 126:
        return head + bytes([len(data)]) + data
    return head + (bytes([126]) + struct.pack(">H", len(data)) if len(data) < 65536 else bytes([127]) + struct.pack(">Q", len(data))) + data


class Socket:
    """One WebSocket connection of somebody."""

    def __init__(self, who, connection):
        self.who, self.connection, self.lock, self.open = who, connection, threading.Lock(), True

    def send(self, text, opcode=1):
        try:
            with self.lock:
                self.connection.sendall(frame(text, opcode))
            return True
        except OSError:
            self.open = False
            return False

    def cut(self):
        self.open = False
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers JSON; `websocket` turns a request into a connection. The test's own door has /lab/garble {times}: so many answers to a POST are none of
    the server's own, as a proxy's in front of it."""

    protocol_version = "HTTP/1.1"
    content_type = "application/json; charset=utf-8"
    garbled = [0]

    def log_message(self, *_):
        pass

    def parse_request(self):
        done = super().parse_request()
        if done:
            urls.append(self.path)
        return done

    def answer(self, body, status=200, **headers):
        text = json.dumps(body).encode()
        if self.path == "/lab/garble":
            self.garbled[0] = self.asked["times"]
        elif self.command == "POST" and self.garbled[0] > 0 and not self.path.startswith("/lab/"):
            self.garbled[0] -= 1
            text = b"<html>one moment, please"
        self.send_response_only(status)
        for name, value in {"Content-Type": self.content_type, "Content-Length": len(text), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(text)

    def given(self):
        """The body's JSON."""
        self.asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        return self.asked

    @property
    def secure(self):
        return isinstance(self.connection, ssl.SSLSocket)

    def websocket(self, who, opened, said, closed):
        """Shakes hands and reads until the other side goes: opened(socket), said(socket, text) …, closed(socket)."""
        accept = base64.b64encode(hashlib.sha1((self.headers["Sec-WebSocket-Key"] + GUID).encode()).digest()).decode()
        self.send_response_only(101)
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        s = Socket(who, self.connection)
        opened(s)
        with contextlib.suppress(OSError):
            self.read(s, said)
        closed(s)

    def exactly(self, size):
        data = self.rfile.read(size)
        if len(data) < size:
            raise ConnectionError
        return data

    def read(self, s, said):
        while True:
            first, second = self.exactly(2)
            size = second & 0x7F
            if size == 126:
                size = struct.unpack(">H", self.exactly(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.exactly(8))[0]
            key = self.exactly(4)
            data = bytes(b ^ key[i % 4] for i, b in enumerate(self.exactly(size)))
            if first & 0xF == 8:
                s.send(data[:2], 8)
                return
            if first & 0xF == 9:
                s.send(data, 10)
            elif first & 0xF == 1:
                said(s, data.decode())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 100

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # somebody hung up
            super().handle_error(request, client_address)


def listen(handler, port, tls=None):
    """Serves on 127.0.0.1:port and, with (port, certificate, key), over TLS on 127.0.0.1 and 127.0.0.2."""
    servers = [Server(("127.0.0.1", port), handler)]
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls[1], tls[2])
        for address in ("127.0.0.1", "127.0.0.2"):
            server = Server((address, tls[0]), handler)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            servers.append(server)
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    return servers
