# SPDX-License-Identifier: GPL-3.0-or-later
"""Routing by dependency: edges found in a table, a catalog and a real Prometheus' service-graph metrics are proposed and accepted; pages say of
what they are likely a consequence; a fold makes further ones wait, visibly, and whatif counts them first."""
import http.server
import json
import shutil
import threading
from datetime import datetime, timezone

from quarterdeck_lab import Core, Story, answers, free_port, main, need, request, wait_until

WORKSPACE = """
[workspace]
name = "Shop"
mode = "beside"
[[person]]
id = "ana"
name = "Ana"
[[person]]
id = "dan"
name = "Dan"
[[team]]
id = "shop"
members = ["ana"]
policy = "shop"
[[team]]
id = "data"
members = ["dan"]
policy = "data"
[[policy]]
id = "shop"
[[policy.step]]
call = ["ana"]
wait = "5m"
[[policy]]
id = "data"
[[policy.step]]
call = ["dan"]
wait = "5m"
[[group]]
id = "by-name"
by = ["alertname"]
[[service]]
id = "web"
team = "shop"
paging = "own"
needs = ["cart"]
[[service]]
id = "cart"
team = "shop"
paging = "own"
needs = ["db"]
[[service]]
id = "db"
team = "data"
paging = "own"
[[service]]
id = "disk"
team = "data"
paging = "own"
"""
FOLD = """
[[fold]]
id = "web-db"
service = "web"
suspect = "db"
"""
CATALOG = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: web }
spec: { type: service, dependsOn: [ "component:default/cart", "resource:mailer" ] }
"""
METRICS = """# TYPE traces_service_graph_request_total counter
traces_service_graph_request_total{{client="db",server="disk"}} {n}
traces_service_graph_request_total{{client="cart",server="queue",connection_type="messaging_system"}} {n}
traces_service_graph_request_total{{client="user",server="web"}} {n}
"""


class Tempo(http.server.BaseHTTPRequestHandler):
    """What Tempo's metrics generator shows a Prometheus, counting on."""
    count = 0

    def do_GET(self):
        Tempo.count += 10
        body = METRICS.format(n=Tempo.count).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class TheMapRoutes(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        for path in (core.home / "workspace").glob("*.toml"):
            path.unlink()
        (core.home / "workspace/shop.toml").write_text(WORKSPACE)
        core.serve()
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]

    def post(self, name, service, severity="critical"):
        self.assertEqual(request("POST", self.url, [{"labels": {"alertname": name, "service": service, "severity": severity}}]).status, 200)
        return self.core.alert(alertname=name)["key"]

    def edges(self, state):
        return {(e["from"], e["to"]): (e["kind"], e["origin"]) for e in self.core.get("map") if e["state"] == state}

    def test_01_edges_of_a_table_and_a_catalog_are_proposed_and_change_nothing(self):
        (self.core.home / "edges.csv").write_text("from,to,kind\ncart,db,hard\ndb,backup,async\nweb,web,hard\n")
        (self.core.home / "catalog.yaml").write_text(CATALOG)
        done = self.core.run("map", "import", "--csv", self.core.home / "edges.csv")
        self.assertEqual(done.returncode, 0)
        self.assertIn("line 4: web would need itself", done.stderr)
        self.assertIn("1 edge proposed, 1 known already.", done.stderr)
        self.assertIn("web needs mailer (hard)", self.core.ctl("import", "backstage", self.core.home / "catalog.yaml").stdout)
        self.assertEqual(self.edges("proposed"), {("db", "backup"): ("async", "csv")})
        self.core.ctl("map", "import", "--backstage", self.core.home / "catalog.yaml")
        self.assertEqual(self.edges("proposed"), {("db", "backup"): ("async", "csv"), ("web", "mailer"): ("hard", "backstage")})
        listed = self.core.ctl("map", "proposals").stdout
        self.assertRegex(listed, r"web > mailer  hard  proposed from backstage, found \S+ ago")
        (self.core.home / "bad.yaml").write_text("apiVersion: v1\nkind: Component\nmetadata: {}\n")
        self.assertIn("line 3: an entity needs a metadata.name", self.core.refused("map", "import", "--backstage", self.core.home / "bad.yaml"))

    def test_02_a_real_prometheus_says_who_calls_whom(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tempo)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.lab.on_close(server.shutdown)
        port = free_port()
        self.lab.write("map-prom.yml", f"global: {{ scrape_interval: 1s }}\nscrape_configs:\n- {{ job_name: tempo, static_configs: [ {{ targets: ['127.0.0.1:{server.server_port}'] }} ] }}\n")
        self.lab.run("map-prometheus", [need("/usr/bin/prometheus", "prometheus"), "--config.file=map-prom.yml", "--storage.tsdb.path=mapdata", f"--web.listen-address=127.0.0.1:{port}"])
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/-/ready"), 30, "Prometheus is ready")
        self.core.connect("prometheus", "metrics", url=f"http://127.0.0.1:{port}")
        found = f"http://127.0.0.1:{port}/api/v1/query?query=increase(traces_service_graph_request_total[1h])"
        wait_until(lambda: len(request("GET", found).json["data"]["result"]) == 3, 30, "Prometheus has scraped the counters twice")
        self.core.ctl("map", "import", "--prometheus", "metrics")
        proposed = self.edges("proposed")
        self.assertEqual(proposed[("db", "disk")], ("hard", "prometheus/metrics"))
        self.assertEqual(proposed[("cart", "queue")], ("async", "prometheus/metrics"))
        self.assertNotIn(("user", "web"), proposed)
        self.assertIn("There is no connection of kind prometheus named nowhere", self.core.refused("map", "import", "--prometheus", "nowhere"))

    def test_03_accepted_in_bulk_they_count_and_dismissed_ones_stay_away(self):
        self.core.ctl("map", "dismiss", "web>mailer")
        self.core.ctl("map", "accept", "--all", "--origin", "prometheus/metrics")
        self.core.ctl("map", "accept", "db>backup", "--kind", "soft")
        self.assertEqual(set(self.edges("accepted")), {("db", "disk"), ("cart", "queue"), ("db", "backup")})
        self.assertEqual(self.edges("accepted")[("db", "backup")][0], "soft")
        self.core.ctl("map", "import", "--backstage", self.core.home / "catalog.yaml")
        self.assertEqual(self.edges("proposed"), {})
        self.assertIn("nothing is proposed", self.core.ctl("map", "proposals").stdout)
        self.assertEqual(self.core.run("map", "accept").returncode, 2)
        self.assertEqual(self.core.run("map", "accept", "web").returncode, 2)

    def test_04_every_page_goes_and_says_of_what_it_is_likely_a_consequence(self):
        self.post("DbDown", "db")
        web = self.post("WebErrors", "web")
        self.assertIn("likely consequence of db (web → cart → db)", self.core.ctl("why", web).stdout)
        calls = self.core.get("escalations")
        self.assertEqual([(c["service"], c["suspect"], c["outcome"]) for c in calls], [("db", "", "running"), ("web", "db", "running")])
        self.assertEqual(calls[1]["path"], ["web", "cart", "db"])

    def test_05_whatif_says_what_a_fold_would_have_hidden_before_there_is_one(self):
        self.core.ctl("--as", "dan", "ack", "escalation/1")
        self.post("WebSlow", "web")
        other = self.core.home / "other"
        shutil.copytree(self.core.home / "workspace", other)
        (other / "fold.toml").write_text(FOLD)
        answer = json.loads(self.core.ctl("whatif", "--workspace", other, "--since", "24h", "--json").stdout)
        self.assertEqual(answer["folds"], {"were": 0, "would": 2, "toTheEnd": 2})
        self.assertIn("1 fewer that is only observed", answer["sentence"])
        self.assertIn("2 calls folded instead of 0", answer["sentence"])
        (other / "fold.toml").write_text(FOLD.replace('"db"', '"disc"'))
        self.assertIn("fold.toml:5: fold web-db names service disc, which there is not; did you mean disk?", self.core.refused("whatif", "--workspace", other, "--since", "24h"))

    def test_06_promoted_further_pages_wait_are_shown_and_explained(self):
        with self.core.changed_workspace() as workspace:
            (workspace / "fold.toml").write_text(FOLD)
        key = self.post("WebFull", "web")
        call = self.core.get("escalations")[-1]
        self.assertEqual((call["outcome"], call["steps"], call["fold"]["rule"], call["fold"]["suspect"]), ("folded", [], "web-db", "db"))
        why = self.core.ctl("why", key).stdout
        for words in ("folded under db", "Dan answered escalation/1 for db", "web was paged about at", "likely consequence of db"):
            self.assertIn(words, why)
        self.assertIn("Ana was not called", self.core.ctl("why", key, "--person", "ana").stdout)

    def test_07_when_the_suspect_recovers_and_the_upstream_does_not_the_page_goes_at_once(self):
        body = {"labels": {"alertname": "DbDown", "service": "db", "severity": "critical"}, "endsAt": datetime.now(timezone.utc).isoformat()}
        self.assertEqual(request("POST", self.url, [body]).status, 200)
        call = self.core.get("escalations")[-1]
        self.assertEqual((call["outcome"], call["suspect"], len(call["steps"])), ("running", "", 1))
        self.assertIn("db recovered and web did not", self.core.ctl("why", f"escalation/{call['escalation']}").stdout)

    def test_08_all_of_it_is_the_same_after_a_restart_and_at_every_instant(self):
        before = {what: self.core.get_text(what) for what in ("map", "escalations")}
        at = f"seq:{self.core.status()['seq']}"
        self.core.restart()
        for what, text in before.items():
            self.assertEqual(json.loads(self.core.get_text(what, at))["items"], json.loads(text)["items"], what)
        self.assertIn("Nothing would have been different", self.core.ctl("whatif", "--since", "seq:1").stdout)


if __name__ == "__main__":
    main()
