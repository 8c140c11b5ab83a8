# SPDX-License-Identifier: GPL-3.0-or-later
"""An IRC network (InspIRCd and Atheme, see inspircd.sh) and people on it with a client of their own: plain sockets, RFC 1459 and IRCv3 tags."""
import base64
import os
import pathlib
import socket
import threading

from quarterdeck_lab import accepts, free_port, need, patient, wait_until

HERE = pathlib.Path(__file__).resolve().parent


class Ircd:
    """The server and its services. Accounts have the password pw-NAME."""

    network = "irc.test"

    def __init__(self, lab, users="ic bob eve"):
        need("/usr/sbin/inspircd", "inspircd")
        need("/usr/bin/atheme-services", "atheme-services")
        self.lab, self.users = lab, users
        self.web_port, self.plain_port, self.link_port = free_port(), free_port(), free_port()
        self.process = None

    def url(self, port=None):
        return f"ws://127.0.0.1:{port or self.web_port}/"

    def _run(self, name, *more):
        env = {"QD_IRC_USERS": self.users, "QD_IRC_PLAIN_PORT": str(self.plain_port), "QD_IRC_LINK_PORT": str(self.link_port)}
        return self.lab.run(name, [HERE / "inspircd.sh", self.lab.folder("irc"), self.web_port, *more], env=env)

    def start(self):
        self.process = self._run("inspircd")
        wait_until(lambda: accepts(self.web_port) and accepts(self.plain_port), 20, "InspIRCd listens")
        self._run("services", "services")
        wait_until(self._offers_sign_in, 30, "the services have linked")
        return self

    def _offers_sign_in(self):
        with socket.create_connection(("127.0.0.1", self.plain_port), 5) as s:
            s.sendall(b"CAP LS 302\r\nNICK probe\r\n")
            s.settimeout(2)
            seen = b""
            while b"CAP * LS" not in seen:
                seen += s.recv(4096)
            return b" sasl" in seen or b":sasl" in seen

    def connect(self, core, allow="rooms,posts", port=None, seconds=20, nick="ic"):
        """Gives a core the connection `chat` to here (or by way of a line's port), armed for what is allowed, and waits until it is live."""
        secret = self.lab.write(f"password-{nick}", f"pw-{nick}\n")
        os.chmod(secret, 0o600)
        core.connect("irc", "chat", url=self.url(port), nick=nick, password_file=secret, network=self.network)
        if allow:
            core.ctl("arm", "chat", "--allow", allow)
        wait_until(lambda: core.source("chat")["state"] == "live", seconds, "the chat connection is live")


class IrcPerson:
    """Somebody on the network, signed in to an account or (with account=None) to none. All methods may be called from the test's thread."""

    def __init__(self, ircd, nick, account=""):
        self.nick, self.account = nick, nick if account == "" else account
        self.lines, self.said = [], []  # every line; (channel or nick, who, text) of what was said
        self.topics = {}
        self._s = socket.create_connection(("127.0.0.1", ircd.plain_port), patient(10))
        self._s.settimeout(None)
        threading.Thread(target=self._read, daemon=True).start()
        ircd.lab.on_close(self.leave)
        self.send("CAP LS 302")
        self.send(f"NICK {nick}")
        self.send(f"USER {nick} 0 * :{nick}")
        self._await(" CAP * LS ", "the server says what it offers")
        self.send("CAP REQ :message-tags server-time echo-message account-tag batch" + (" sasl" if self.account else ""))
        self._await(" ACK ", "the server agrees")
        if self.account:
            self.send("AUTHENTICATE PLAIN")
            self._await("AUTHENTICATE :+", "the server asks for the password")
            self.send("AUTHENTICATE " + base64.b64encode(f"{self.account}\0{self.account}\0pw-{self.account}".encode()).decode())
            self._await(" 903 ", f"{nick} is signed in")
        self.send("CAP END")
        self._await(" 422 ", f"{nick} is on the network")

    def _await(self, text, what):
        wait_until(lambda: any(text in line for line in list(self.lines)), 20, what)

    def _read(self):
        for raw in self._s.makefile("rb"):
            line = raw.decode(errors="replace").rstrip("\r\n")
            rest = line.split(" ", 1)[1] if line.startswith("@") else line
            if rest.startswith("PING"):
                self.send("PONG" + rest[4:])
            source, command, *params = rest.split(" ", 3)
            if command == "PRIVMSG" and len(params) == 2:
                self.said.append((params[0], source[1:].split("!")[0], params[1].removeprefix(":")))
            elif command == "TOPIC" and len(params) == 2:
                self.topics[params[0]] = params[1].removeprefix(":")
            elif command == "332":
                channel, _, topic = params[1].partition(" :")
                self.topics[channel] = topic
            self.lines.append(line)

    def send(self, line):
        try:
            self._s.sendall(line.encode() + b"\r\n")
        except OSError:
            pass

    def leave(self):
        try:
            self._s.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def join(self, channel):
        self.send(f"JOIN {channel}")
        self._await(f" 366 {self.nick} {channel} ", f"{self.nick} is in {channel}")

    def say(self, target, text):
        """Says it and waits for the server's echo."""
        before = len(self.said)
        self.send(f"PRIVMSG {target} :{text}")
        wait_until(lambda: (target, self.nick, text) in self.said[before:], 20, f"the server has {text!r}")

    def heard(self, text, channel=None):
        return [t for where, who, t in self.said if text in t and who != self.nick and (channel is None or where == channel)]

    def wait_for(self, text, seconds=20):
        return wait_until(lambda: self.heard(text), seconds, f"{self.nick} reads {text!r}")[0]

