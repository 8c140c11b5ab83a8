# SPDX-License-Identifier: GPL-3.0-or-later
"""Where status pages are pushed to: OpenSSH's own server, which any user may start, and a fake of Atlassian Statuspage's REST API."""
import datetime
import getpass
import http.server
import json
import os
import re
import subprocess
import threading
import urllib.parse

from quarterdeck_lab import accepts, free_port, need, wait_until


#: An SFTP server (version 3, as OpenSSH's client speaks it) that takes everything and gives every file without end.
ENDLESS = """
import struct, sys
READ, WRITE = sys.stdin.buffer, sys.stdout.buffer
def said(kind, body):
    WRITE.write(struct.pack(">IB", len(body) + 1, kind) + body)
    WRITE.flush()
def text(s):
    return struct.pack(">I", len(s)) + s
while head := READ.read(5):
    size, kind = struct.unpack(">IB", head)
    body = READ.read(size - 1)
    number = body[:4]
    if kind == 1:  # INIT
        said(2, struct.pack(">I", 3) + text(b"posix-rename@openssh.com") + text(b"1"))
    elif kind == 3:  # OPEN
        said(102, number + text(b"h"))
    elif kind == 5:  # READ
        said(103, number + text(b"x" * struct.unpack(">I", body[-4:])[0]))
    elif kind in (7, 8, 17):  # LSTAT, FSTAT, STAT: a regular file of an exabyte, or a folder where one is meant
        folder = kind != 8 and b"." not in body[8:]
        said(105, number + struct.pack(">IQI", 5, 1 << 60, 0o40755 if folder else 0o100644))
    elif kind == 16:  # REALPATH
        said(104, number + struct.pack(">I", 1) + text(body[8:] or b"/") * 2 + struct.pack(">I", 0))
    else:
        said(101, number + struct.pack(">I", 0) + text(b"") * 2)
"""


class SshServer:
    """sshd as whoever runs the test, with keys of its own: for SFTP, and for git over ssh."""

    def __init__(self, lab):
        self.lab, self.port, self.user, self.server = lab, free_port(), getpass.getuser(), None
        self.dir = lab.folder("sshd", 0o700)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # root's sshd asks for it, nobody else's
        for name in ("host", "other-host", "client", "stranger"):
            subprocess.run([need("/usr/bin/ssh-keygen", "openssh-client"), "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", self.dir / name], check=True)
        (self.dir / "authorized").write_text((self.dir / "client.pub").read_text())
        self.known = self.hosts("host")
        self.impostor = self.hosts("other-host")
        (self.dir / "config").write_text(f"""Port {self.port}
ListenAddress 127.0.0.1
HostKey {self.dir}/host
PidFile none
AuthorizedKeysFile {self.dir}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
""")
        self.key, self.strangers_key = self.dir / "client", self.dir / "stranger"
        self.start()

    def answer_by(self, script):
        """From now on this Python program answers SFTP."""
        (self.dir / "answer.py").write_text(script)
        config = (self.dir / "config").read_text()
        (self.dir / "config").write_text(re.sub("Subsystem sftp .*", f"Subsystem sftp {need('/usr/bin/python3', 'python3')} {self.dir}/answer.py", config))
        self.stop()
        self.start()

    def hosts(self, name):
        kind, key, _ = (self.dir / f"{name}.pub").read_text().split()
        file = self.dir / f"known-{name}"
        file.write_text(f"[127.0.0.1]:{self.port} {kind} {key}\n")
        return file

    def start(self):
        self.server = self.lab.run("sshd", [need("/usr/sbin/sshd", "openssh-server"), "-D", "-e", "-f", str(self.dir / "config")])
        wait_until(lambda: accepts(self.port), 20, "sshd listens")

    def stop(self):
        self.server.stop()


class Statuspage:
    """The part of Statuspage's REST API v1 that is used: lists, components, incidents and their updates, as its documentation has them. A request needs
    the key; a body has to be of the documented form, or is refused with 422 as there. Lists come a hundred at a time, the newest first. `refuse` makes one kind of
    request fail: the end of its path, and the status. `told` is what subscribers were sent."""
    KEY, PAGE = "canary-statuspage-key", "kctbh9vrtdwd"
    STATES = {"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}
    REALTIME, SCHEDULED = ("investigating", "identified", "monitoring", "resolved"), ("scheduled", "in_progress", "verifying", "completed")

    def __init__(self, lab):
        self.components, self.incidents, self.refused, self.requests, self.down = [], [], [], 0, 0
        self.refuse, self.told, self.written, self.updates = None, [], [], 0
        page = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                page.requests += 1
                status, what = page.reply(self.command, self.path, self.headers, body)
                if status >= 400:
                    page.refused.append((self.command, self.path, status, what))
                text = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = answer

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        lab.on_close(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def reply(self, command, path, headers, body):
        if self.down:
            return self.down, {"error": "Too many requests"}
        if headers.get("Authorization") != f"OAuth {self.KEY}":
            return 401, {"error": "Could not authenticate"}
        route = path.partition("?")[0].removeprefix(f"/v1/pages/{self.PAGE}/")
        if route == path.partition("?")[0]:
            return 404, {"error": "Not Found"}
        if self.refuse and re.search(self.refuse[0], f"{command} {route}"):
            return self.refuse[1], {"error": "refused"}
        kind, _, wanted = route.partition("/")
        if kind not in ("components", "incidents"):
            return 404, {"error": "Not Found"}
        if command != "GET":
            self.written.append(f"{command} {route}")
        if update := re.fullmatch(r"(\w+)/incident_updates/(\w+)", wanted):
            return self.change_update(command, *update.groups(), body)
        all_of = self.components if kind == "components" else self.incidents
        if command == "GET" and not wanted:
            asked = urllib.parse.parse_qs(path.partition("?")[2])
            limit, page = min(int(asked.get("limit", ["100"])[0]), 100), max(int(asked.get("page", ["1"])[0]), 1)
            return 200, all_of if kind == "components" else list(reversed(all_of))[(page - 1) * limit:page * limit]
        try:
            given = json.loads(body)[kind[:-1]]
        except (ValueError, KeyError, TypeError):
            return 422, {"error": f"{kind[:-1]} is missing"}
        if command == "POST" and not wanted:
            found = {"id": f"{kind[0]}{len(all_of):011d}", "page_id": self.PAGE, "incident_updates": [], "metadata": {}, "created_at": self.now()} if kind == "incidents" else {
                "id": f"{kind[0]}{len(all_of):011d}", "page_id": self.PAGE, "status": "operational", "group": False}
            if not given.get("name"):
                return 422, {"error": "name can't be blank"}
        else:
            found = next((each for each in all_of if each["id"] == wanted), None)
            if command != "PATCH" or not found:
                return 404, {"error": "Not Found"}
        wrong = self.change_component(found, given) if kind == "components" else self.change_incident(found, given)
        if wrong:
            return 422, {"error": [wrong]}
        if command == "POST":
            all_of.append(found)
        return (201 if command == "POST" else 200), found

    def change_component(self, found, given):
        if given.get("status", "operational") not in self.STATES:
            return "status is not included in the list"
        if any(c["name"] == given.get("name") for c in self.components):
            return "name has already been taken"
        found.update({k: v for k, v in given.items() if k in ("name", "status", "description")})
        return None

    @staticmethod
    def now():
        return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def change_update(self, command, incident, update, body):
        found = next((u for i in self.incidents if i["id"] == incident for u in i["incident_updates"] if u.get("id") == update), None)
        if not found or command not in ("PATCH", "PUT"):
            return 404, {"error": "Not Found"}
        try:
            given = json.loads(body)["incident_update"]
        except (ValueError, KeyError, TypeError):
            return 422, {"error": "incident_update is missing"}
        if not set(given) <= {"body", "display_at", "deliver_notifications", "wants_twitter_update"} or not isinstance(given.get("body", ""), str):
            return 422, {"error": ["incident_update is invalid"]}
        found.update({k: v for k, v in given.items() if k in ("body", "display_at")}, updated_at=self.now())
        if given.get("deliver_notifications", True):
            self.told.append(found["body"])
        return 200, found

    def change_incident(self, found, given):
        is_scheduled = bool(given.get("scheduled_for") or found.get("scheduled_for"))
        if "status" not in given and "status" in found and "body" not in given:  # its name or its metadata alone: nothing is said
            if "name" in given and not given["name"]:
                return "name can't be blank"
            found.update({k: v for k, v in given.items() if k in ("name", "metadata")})
            return None
        if given.get("status", found.get("status")) not in (self.SCHEDULED if is_scheduled else self.REALTIME):
            return "status is not included in the list"
        for when in ("scheduled_for", "scheduled_until"):
            if when in given and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", given[when]):
                return f"{when} is invalid"
        known = {c["id"]: c for c in self.components}
        for component, state in given.get("components", {}).items():
            if component not in known or state not in self.STATES:
                return "component_ids is invalid"
            known[component]["status"] = state
        if given.get("status") == "resolved":  # as there: what an incident touched works again unless somebody says otherwise
            for component in given.get("components", {}):
                known[component]["status"] = given["components"][component]
        found.update({k: v for k, v in given.items() if k in ("name", "status", "scheduled_for", "scheduled_until", "metadata")})
        self.updates += 1
        found["incident_updates"].insert(0, {"id": f"u{self.updates:011d}", "incident_id": found["id"], "status": found["status"], "body": given.get("body", ""), "created_at": self.now()})
        if given.get("deliver_notifications", True):
            self.told.append(given.get("body", ""))
        return None
