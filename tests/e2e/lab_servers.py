# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers a story meets: a Prometheus pipeline and a chat server from Debian's packages, a recording proxy, a line that can be cut."""
import http.client
import http.server
import os
import pathlib
import socket
import threading

from quarterdeck_lab import accepts, answers, free_port, need, patient, request, wait_until

HERE = pathlib.Path(__file__).resolve().parent

RULES = """groups:
- name: lab
  rules:
  - { alert: Watchdog, expr: vector(1), labels: { severity: none } }
  - alert: InstanceDown
    expr: up == 0
    labels: { severity: critical, service: node }
    annotations: { summary: 'Instance {{ $labels.instance }} down' }
  - alert: ProbeFailed
    expr: probe_success == 0
    labels: { severity: warning, service: node }
    annotations: { summary: 'Probe of {{ $labels.instance }} failed' }
"""


class Monitoring:
    """prometheus → prometheus-alertmanager, watching a node exporter directly and through the blackbox exporter. Every second; the exporter every other
    one, because a read may take no longer than until the next, and one that takes longer would be an alert."""

    def __init__(self, lab, webhook=None, console=None, resend="5s"):
        """`webhook`: a URL Alertmanager posts to. `console`: a URL that Prometheus takes for one more Alertmanager. `resend`: how often Prometheus says
        that something goes on; to Alertmanager it is over when it was not said for four times as long."""
        self.lab, self.resend = lab, resend
        self.prometheus_port, self.alertmanager_port = free_port(), free_port()
        self.exporter_port, self.blackbox_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.alertmanager_port}"
        self.exporter = self.alertmanager = self.prometheus = None
        hook = f", webhook_configs: [ {{ url: '{webhook}', send_resolved: true }} ]" if webhook else ""
        lab.write("am.yml", f"""route: {{ receiver: hook, group_by: [alertname, cluster], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }}
inhibit_rules: [ {{ source_matchers: ['severity="critical"'], target_matchers: ['severity=~"warning|info"'], equal: [cluster, instance] }} ]
receivers: [ {{ name: hook{hook} }} ]
""")
        second = ""
        if console:
            host, _, path = console.removeprefix("http://").partition("/")
            second = f", {{ path_prefix: /{path}, static_configs: [ {{ targets: ['{host}'] }} ] }}"
        lab.write("prom.yml", f"""global: {{ scrape_interval: 1s, evaluation_interval: 1s, external_labels: {{ cluster: lab }} }}
rule_files: [ rules.yml ]
alerting: {{ alertmanagers: [ {{ static_configs: [ {{ targets: ['127.0.0.1:{self.alertmanager_port}'] }} ] }}{second} ] }}
scrape_configs:
- {{ job_name: node, scrape_interval: 2s, scrape_timeout: 2s, static_configs: [ {{ targets: ['127.0.0.1:{self.exporter_port}'] }} ] }}
- job_name: blackbox
  metrics_path: /probe
  params: {{ module: [tcp_connect] }}
  static_configs: [ {{ targets: ['127.0.0.1:{self.exporter_port}'] }} ]
  relabel_configs:
  - {{ source_labels: [__address__], target_label: __param_target }}
  - {{ source_labels: [__param_target], target_label: instance }}
  - {{ target_label: __address__, replacement: '127.0.0.1:{self.blackbox_port}' }}
""")
        lab.write("rules.yml", RULES)
        lab.write("bb.yml", "modules: { tcp_connect: { prober: tcp, timeout: 1s } }\n")

    def start(self):
        self.start_alertmanager()
        self.start_exporter()
        blackbox = need("/usr/bin/prometheus-blackbox-exporter", "prometheus-blackbox-exporter")
        self.lab.run("blackbox", [blackbox, "--config.file=bb.yml", f"--web.listen-address=127.0.0.1:{self.blackbox_port}"])
        wait_until(lambda: accepts(self.blackbox_port), 20, "the blackbox exporter listens")
        self.start_prometheus()
        return self

    def start_alertmanager(self):
        program = need("/usr/bin/prometheus-alertmanager", "prometheus-alertmanager")
        self.alertmanager = self.lab.run("alertmanager", [program, "--config.file=am.yml", "--storage.path=amdata", "--cluster.listen-address=",
                                                          f"--web.listen-address=127.0.0.1:{self.alertmanager_port}"])
        wait_until(lambda: answers(self.url + "/-/ready"), 30, "Alertmanager is ready")

    def start_exporter(self):
        program = need("/usr/bin/prometheus-node-exporter", "prometheus-node-exporter")
        self.exporter = self.lab.run("exporter", [program, f"--web.listen-address=127.0.0.1:{self.exporter_port}", "--collector.disable-defaults",
                                                  "--collector.loadavg"])
        wait_until(lambda: accepts(self.exporter_port), 20, "the node exporter listens")

    def start_prometheus(self, scraped=True):
        """`scraped`: waits until it has read the exporter, which must be there then."""
        program = need("/usr/bin/prometheus", "prometheus")
        self.prometheus = self.lab.run("prometheus", [program, "--config.file=prom.yml", "--storage.tsdb.path=promdata", f"--rules.alert.resend-delay={self.resend}",
                                    f"--web.listen-address=127.0.0.1:{self.prometheus_port}", f"--web.external-url=http://127.0.0.1:{self.prometheus_port}/"])
        wait_until(lambda: answers(f"http://127.0.0.1:{self.prometheus_port}/-/ready"), 30, "Prometheus is ready")
        if not scraped:
            return
        job = f"http://127.0.0.1:{self.prometheus_port}/api/v1/query?query=up%7Bjob%3D%22node%22%7D"

        def has_read():
            found = request("GET", job).json["data"]["result"]
            return found and found[0]["value"][1] == "1"
        wait_until(has_read, 30, "Prometheus has scraped the exporter")

    def own_alerts(self, name):
        """Alertmanager's own list of alerts of that name."""
        return [a for a in request("GET", self.url + "/api/v2/alerts").json if a["labels"]["alertname"] == name]

    def silences(self):
        return request("GET", self.url + "/api/v2/silences").json


class Prosody:
    """A chat server with rooms, archive and stream management; see prosody.sh."""

    def __init__(self, lab, users="ic bob eve"):
        need("/usr/bin/prosody", "prosody")
        self.lab, self.users = lab, users
        self.web_port, self.c2s_port = free_port(), free_port()
        self.muc = "conference.localhost"
        self.process = None

    def url(self, port=None):
        return f"ws://127.0.0.1:{port or self.web_port}/xmpp-websocket"

    def start(self):
        env = {"QD_XMPP_USERS": self.users, "QD_XMPP_C2S_PORT": str(self.c2s_port)}
        self.process = self.lab.run("prosody", [HERE / "prosody.sh", self.lab.folder("xmpp"), self.web_port], env=env)
        wait_until(lambda: accepts(self.web_port) and accepts(self.c2s_port), 20, "prosody listens")
        return self

    def connect(self, core, allow="rooms,posts", port=None, seconds=20):
        """Gives a core the connection `chat` to here (or by way of a line's port), armed for what is allowed, and waits until it is live."""
        core.connect("xmpp", "chat", url=self.url(port), jid="ic@localhost", password_file=password_file(self.lab, "ic"), muc=self.muc)
        if allow:
            core.ctl("arm", "chat", "--allow", allow)
        wait_until(lambda: core.source("chat")["state"] == "live", seconds, "the chat connection is live")

    def kill(self):
        self.process.kill()

    def stored(self):
        """What the server keeps beside accounts and their settings: files of rooms, archives and messages that wait, by name."""
        data = self.lab.dir / "xmpp/data"
        return {str(p.relative_to(data)): p.read_bytes() for p in sorted(data.rglob("*"))
                if p.is_file() and p.name != "prosody.pid" and not {"accounts", "roster", "smacks_h", "cron"} & {*p.relative_to(data).parts}}


class RecordingProxy:
    """Passes requests on to a server and remembers method and path of each."""

    def __init__(self, lab, target):
        seen = self.seen = []
        host = target.removeprefix("http://")

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                seen.append((self.command, self.path))
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                upstream = http.client.HTTPConnection(host, timeout=patient(10))
                try:
                    kept = {n: v for n, v in self.headers.items() if n.lower() not in ("host", "connection", "content-length", "accept-encoding")}
                    upstream.request(self.command, self.path, body or None, kept)
                    answer = upstream.getresponse()
                    status, text, headers = answer.status, answer.read(), answer.getheaders()
                except OSError as e:
                    status, text, headers = 502, str(e).encode(), []
                finally:
                    upstream.close()
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        lab.on_close(self._server.shutdown)

    def writes(self):
        return [(method, path) for method, path in list(self.seen) if method not in ("GET", "HEAD")]

    def reads(self):
        return [path for method, path in list(self.seen) if method == "GET"]


class Line:
    """A TCP relay to a port of this machine that can be cut and mended."""

    def __init__(self, lab, target):
        self._target, self._open, self._pairs, self._lock = target, True, [], threading.Lock()
        self.came = 0  # connections so far
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        lab.on_close(self._listener.close)

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target), patient(5))
            except OSError:
                near.close()
                continue
            with self._lock:
                if not self._open:
                    near.close()
                    far.close()
                    continue
                self._pairs.append((near, far))
                self.came += 1
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(a, b), daemon=True).start()

    @staticmethod
    def _pump(a, b):
        try:
            while data := a.recv(65536):
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        """Every connection through here is reset and new ones are refused."""
        with self._lock:
            self._open = False
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for s in pair:
                try:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    s.shutdown(socket.SHUT_RDWR)
                    s.close()
                except OSError:
                    pass

    def mend(self):
        with self._lock:
            self._open = True

    def standing(self):
        """How many connections stand through here."""
        def ended(s):
            try:
                return s.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
            except BlockingIOError:
                return False
            except OSError:
                return True
        with self._lock:
            return sum(not ended(near) for near, _ in self._pairs)


def password_file(lab, user):
    path = lab.write(f"password-{user}", f"pw-{user}\n")
    os.chmod(path, 0o600)
    return path
