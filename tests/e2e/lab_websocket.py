# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of RFC 6455 as a story needs: a client, and a feed that sends one text message after another. Short text messages only."""
import base64
import hashlib
import os
import socket
import struct
import threading

from quarterdeck_lab import patient

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def frame(payload, opcode=1, mask=False):
    data = payload.encode() if isinstance(payload, str) else payload
    head = bytes([0x80 | opcode])
    bit = 0x80 if mask else 0
    head += bytes([bit | len(data)]) if len(data) < 126 else bytes([bit | 126]) + struct.pack(">H", len(data))
    if mask:
        key = os.urandom(4)
        return head + key + bytes(b ^ key[i % 4] for i, b in enumerate(data))
    return head + data


def read_exactly(s, size):
    data = b""
    while len(data) < size:
        more = s.recv(size - len(data))
        if not more:
            raise ConnectionError("closed")
        data += more
    return data


def read_frame(s):
    """Opcode and payload."""
    first, second = read_exactly(s, 2)
    size = second & 0x7F
    if size == 126:
        size = struct.unpack(">H", read_exactly(s, 2))[0]
    elif size == 127:
        size = struct.unpack(">Q", read_exactly(s, 8))[0]
    key = read_exactly(s, 4) if second & 0x80 else b""
    data = read_exactly(s, size)
    return first & 0xF, bytes(b ^ key[i % 4] for i, b in enumerate(data)) if key else data


def read_head(s):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += read_exactly(s, 1)
    return head.decode()


class WebSocket:
    """A client's connection; `status` is what the handshake was answered with."""

    def __init__(self, url, protocol):
        host, _, path = url.removeprefix("ws://").partition("/")
        name, _, port = host.partition(":")
        self._s = socket.create_connection((name, int(port)), patient(10))
        self._s.settimeout(patient(15))
        key = base64.b64encode(os.urandom(16)).decode()
        self._s.sendall((f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                         f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n").encode())
        self.head = read_head(self._s)
        self.status = int(self.head.split()[1])

    def send(self, text):
        self._s.sendall(frame(text, mask=True))

    def receive(self):
        """The next text message."""
        while True:
            opcode, data = read_frame(self._s)
            if opcode == 1:
                return data.decode()
            if opcode == 9:
                self._s.sendall(frame(data, 10, mask=True))
            if opcode == 8:
                raise ConnectionError("closed: " + repr(data))

    def close(self):
        self._s.close()


class Feed:
    """A server that sends its messages to whoever is connected."""

    def __init__(self, lab):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}/feed"
        self._clients, self._lock, self.accepted = [], threading.Lock(), 0
        threading.Thread(target=self._accept, daemon=True).start()
        lab.on_close(self._listener.close)

    def _accept(self):
        while True:
            try:
                s, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(s,), daemon=True).start()

    def _serve(self, s):
        try:
            headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in read_head(s).split("\r\n")[1:])}
            accept = base64.b64encode(hashlib.sha1((headers["sec-websocket-key"] + GUID).encode()).digest()).decode()
            chosen = headers.get("sec-websocket-protocol", "").split(",")[0].strip()
            s.sendall((f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n"
                       + (f"Sec-WebSocket-Protocol: {chosen}\r\n" if chosen else "") + "\r\n").encode())
            with self._lock:
                self._clients.append(s)
                self.accepted += 1
            while True:
                opcode, data = read_frame(s)
                if opcode == 9:
                    s.sendall(frame(data, 10))
        except OSError:
            with self._lock:
                if s in self._clients:
                    self._clients.remove(s)

    def connected(self):
        with self._lock:
            return len(self._clients)

    def send(self, text):
        with self._lock:
            for s in self._clients:
                s.sendall(frame(text))

    def drop(self):
        """Ends every connection without a word."""
        with self._lock:
            for s in self._clients:
                s.shutdown(socket.SHUT_RDWR)
            self._clients.clear()
