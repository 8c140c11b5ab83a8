# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server of Debian's (python3-aiosmtpd) with STARTTLS and AUTH, and a peer that records what webhooks are sent."""
import email
import email.policy
import http.server
import json
import ssl
import subprocess
import threading
import urllib.parse

from quarterdeck_lab import Core, Story, free_port, need, wait_until

try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult
except ImportError as e:
    raise AssertionError("aiosmtpd is missing: install the Debian package python3-aiosmtpd") from e


def authority(lab, name, *hosts):
    """A root of our own and a certificate of it for localhost and other names: (root, certificate, key)."""
    openssl = need("/usr/bin/openssl", "openssl")
    root, root_key, cert, key, ask = (lab.dir / f"{name}-{part}" for part in ("root.pem", "root.key", "cert.pem", "cert.key", "cert.csr"))

    def run(*args):
        subprocess.run([openssl, *map(str, args)], check=True, capture_output=True)
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    run("req", "-x509", *new, "-keyout", root_key, "-out", root, "-days", "2", "-subj", f"/CN={name} test root")
    run("req", *new, "-keyout", key, "-out", ask, "-subj", "/CN=localhost")
    extensions = lab.write(f"{name}.ext", "subjectAltName=" + ",".join(["DNS:localhost", "IP:127.0.0.1", *(f"DNS:{h}" for h in hosts)]) + "\n")
    run("x509", "-req", "-in", ask, "-CA", root, "-CAkey", root_key, "-CAcreateserial", "-out", cert, "-days", "2", "-extfile", extensions)
    return root, cert, key


class MailServer:
    """Takes mail for anybody from who logs in over TLS. Each message is kept as it came."""

    def __init__(self, lab, user="desk", password="pw-desk"):
        self.lab, self.user, self.password = lab, user, password
        self.port = free_port()
        self.root, self._cert, self._key = authority(lab, "mail")
        self.envelopes = []
        self.refusing = None  # what DATA is answered with instead of taking it
        self.attempts = 0
        self._controller = None
        lab.on_close(self.stop)

    def start(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._cert, self._key)
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, tls_context=context, require_starttls=True,
                                      authenticator=self._authenticate, auth_required=True)
        self._controller.start()
        return self

    def stop(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    def _authenticate(self, server, session, envelope, mechanism, auth):
        ok = (auth.login, auth.password) == (self.user.encode(), self.password.encode())
        return AuthResult(success=ok, handled=False)

    async def handle_DATA(self, server, session, envelope):
        self.attempts += 1
        if self.refusing:
            return self.refusing
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content, session.ssl is not None))
        return "250 OK"

    @property
    def url(self):
        return f"smtp://localhost:{self.port}"

    def mails(self, to=None):
        parsed = [email.message_from_bytes(raw, policy=email.policy.default) for _, rcpt, raw, _ in self.envelopes if to is None or to in rcpt]
        for m in parsed:
            assert not m.defects, m.defects
        return parsed


class Recorder:
    """An HTTP server that keeps what it is sent; `answer` is (status, body) of what follows."""

    def __init__(self, lab):
        self.requests, self.answer = [], (200, {})
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                recorder.requests.append((self.path, dict(self.headers), body))
                status, said = recorder.answer
                data = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            do_PUT = do_POST

            def log_message(self, *_):
                pass
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        lab.on_close(self.close)

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def jsons(self, path):
        return [json.loads(body) for p, _, body in self.requests if p == path]

    def forms(self, path):
        return [dict(urllib.parse.parse_qsl(body)) for p, _, body in self.requests if p == path]


class Called(Story):
    """People who are called for incidents of a service "shop", and what becomes of their pages; `cls.mail` is the server that mails go through."""

    @classmethod
    def build_called(cls, people, **policies):
        """A core with these people (TOML) and for each policy whom it calls; `cls.password` is the file of the mail server's."""
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace:
            with open(workspace / "people.toml", "a") as f:
                f.write(people)
            (workspace / "policies.toml").write_text("".join(
                f'\n[[policy]]\nid = "{name}"\nname = "{name}"\n[[policy.step]]\ncall = {json.dumps(targets)}\nwait = "30m"\n' for name, targets in policies.items()))
            (workspace / "teams.toml").write_text("")
            (workspace / "services.toml").write_text('[[service]]\nid = "shop"\nname = "Shop"\npaging = "own"\n')
        cls.password = cls.lab.write("mail.password", cls.mail.password)
        cls.password.chmod(0o600)

    def connect_mail(self, password=None, root=None):
        self.core.connect("smtp", "mail", url=self.mail.url, user=self.mail.user, password_file=password or self.password, ca_file=root or self.mail.root, **{"from": "desk@example.org"})

    def declare(self, title, policy, severity="SEV2"):
        incident = self.core.json("declare", "--title", title, "--severity", severity, "--service", "shop", "--no-room")["id"]
        self.core.ctl("escalate", "--incident", incident, "--service", "shop", "--policy", policy)
        return incident

    def deliveries(self, incident, effect="page"):
        return [d for d in self.core.get("deliveries") if d["incident"] == incident and d["effect"] == effect]

    def delivery(self, incident, wanted, connection="mail", seconds=30, reason=None):
        """The page of an incident once it is what is wanted, and, with a reason, once that is the one it gives: a page is queued before it is tried."""
        def found():
            return [d for d in self.deliveries(incident) if d["delivery"] == wanted and d["connection"] == connection and reason in (None, d["reason"])]
        try:
            return wait_until(found, seconds, f"the page of {incident} through {connection} is {wanted}")[0]
        except AssertionError as late:
            raise AssertionError(f"{late}: {[(d['connection'], d['delivery'], d['reason']) for d in self.deliveries(incident)]}") from late
