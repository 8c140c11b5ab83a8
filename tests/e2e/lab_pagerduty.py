# SPDX-License-Identifier: GPL-3.0-or-later
"""A small PagerDuty: as much of its REST API v2, Events API v2 and V3 webhooks as the stories need, over TLS, in the documented shapes
(PagerDuty/api-schema, PagerDuty/developer-docs). Whether it is one is for PagerDuty's own client to say: tests/judges/pagerduty.mjs."""
import datetime
import hashlib
import hmac
import http.client
import http.server
import itertools
import json
import ssl
import threading
import time
import urllib.parse

from lab_mail import authority
from quarterdeck_lab import patient

ACCEPT = "application/vnd.pagerduty+json;version=2"
API = "https://api.pagerduty.com"
WEB = "https://shop.pagerduty.com"


def instant(seconds=0):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Refused(Exception):
    def __init__(self, status, message, code, *errors, headers=()):
        super().__init__(message)
        self.status, self.headers = status, headers
        self.body = {"error": {"message": message, "code": code, **({"errors": list(errors)} if errors else {})}}


def missing():
    return Refused(404, "Not Found", 2100)


class PagerDuty:
    """One account. Everything is under one lock; times are to the second, as theirs are."""
    _accounts = itertools.count(1)

    def __init__(self, lab, token="pd-canary-token", routing_key="R" * 32):
        self.token, self.routing_key = token, routing_key
        self.root, cert, key = authority(lab, f"pagerduty{next(self._accounts)}", "api.pagerduty.com", "events.pagerduty.com")
        self.lock = threading.RLock()
        self.requests = []          # (method, path with query, headers by small letters, body) of each
        self.times = []             # when each came, by time.monotonic
        self.limited = 0            # so many requests are answered 429 …
        self.limited_for = 2        # … with this ratelimit-reset
        self.limited_as = None      # which of the requests was, last
        self.swallowed = 0          # so many writes are done and not answered
        self.webhook = None         # (url, secret): where V3 webhooks go
        self.webhook_answers = []
        self._numbers, self._ids = itertools.count(1), itertools.count(1)
        self.users, self.services, self.policies, self.schedules, self.teams = {}, {}, {}, {}, {}
        self.incidents, self.alerts, self.notes, self.log = {}, {}, {}, []
        self.overrides = {}
        for i, name in (("PANA", "Ana Amsel"), ("PBEN", "Ben Birke"), ("PZOE", "Zoë Zander")):
            self.users[i] = self._thing("users", i, "user", name, name=name, email=f"{name.split()[0].lower().replace('ë', 'e')}@example.org", time_zone="Europe/Berlin",
                                        role="user", job_title="", teams=[], contact_methods=[])
        self.teams["PTSHOP"] = self._thing("teams", "PTSHOP", "team", "Shop", name="Shop", description=None)
        layer = {"id": "PLAYER1", "type": "schedule_layer", "name": "Weekly", "start": "2026-01-05T08:00:00Z", "end": None,
                 "rotation_virtual_start": "2026-01-05T08:00:00Z", "rotation_turn_length_seconds": 7 * 86400,
                 "users": [{"user": self.ref(self.users[u])} for u in ("PANA", "PBEN")], "restrictions": []}
        self.schedules["PSPRIM"] = self._thing("schedules", "PSPRIM", "schedule", "Primary", name="Primary", time_zone="Europe/Berlin", description="",
                                               schedule_layers=[layer], teams=[], users=[], escalation_policies=[])
        rules = [{"id": "PRULE1", "escalation_delay_in_minutes": 5, "targets": [self.ref(self.schedules["PSPRIM"])]},
                 {"id": "PRULE2", "escalation_delay_in_minutes": 10, "targets": [self.ref(self.users["PZOE"])]}]
        self.policies["PPSHOP"] = self._thing("escalation_policies", "PPSHOP", "escalation_policy", "Shop on call", name="Shop on call", num_loops=1, on_call_handoff_notifications="if_has_services",
                                              escalation_rules=rules, services=[], teams=[self.ref(self.teams["PTSHOP"])], description="")
        for i, name in (("PSCHECK", "checkout"), ("PSDB", "db")):
            self.services[i] = self._thing("services", i, "service", name, name=name, status="active", alert_creation="create_alerts_and_incidents",
                                           escalation_policy=self.ref(self.policies["PPSHOP"]), teams=[], created_at="2026-01-01T00:00:00Z", description="", integrations=[])
        self.on_call = {1: ["PANA"], 2: ["PZOE"]}  # by level of the policy
        self._serve(lab, cert, key)

    # --- things and references -------------------------------------------------------------------------------------

    def _thing(self, kind, i, what, summary, **fields):
        return {"id": i, "type": what, "summary": summary, "self": f"{API}/{kind}/{i}", "html_url": f"{WEB}/{kind}/{i}", **fields}

    @staticmethod
    def ref(thing):
        kind = thing["type"] if thing["type"].endswith("_reference") else thing["type"] + "_reference"
        return {"id": thing["id"], "type": kind, "summary": thing["summary"], "self": thing["self"], "html_url": thing["html_url"]}

    def _id(self, letter):
        return f"{letter}{next(self._ids):06d}"

    # --- what happens there ----------------------------------------------------------------------------------------

    def trigger(self, title, service="PSCHECK", key=None, urgency="high", with_alert=True):
        """An incident; of a service that makes alerts, its key is its alert's and it has none itself."""
        with self.lock:
            number = next(self._numbers)
            i = self._id("Q")
            at = instant()
            incident = self._thing("incidents", i, "incident", f"[#{number}] {title}", incident_number=number, title=title, description=title, created_at=at, updated_at=at, status="triggered",
                                   incident_key=None if with_alert else key, service=self.ref(self.services[service]), escalation_policy=self.ref(self.policies["PPSHOP"]), teams=[],
                                   assignments=[{"at": at, "assignee": self.ref(self.users[u])} for u in self.on_call[1]], acknowledgements=[], last_status_change_at=at,
                                   last_status_change_by=self.ref(self.services[service]), urgency=urgency, priority=None, pending_actions=[], impacted_services=[], is_mergeable=True,
                                   alert_counts={"all": int(with_alert), "triggered": int(with_alert), "resolved": 0}, resolve_reason=None, conference_bridge=None,
                                   incidents_responders=[], responder_requests=[], subscriber_requests=[], alert_grouping=None)
            self.incidents[i] = incident
            self.alerts[i] = []
            if with_alert and key:
                self.alerts[i] = [self._thing("alerts", self._id("A"), "alert", title, created_at=at, status="triggered", alert_key=key, service=self.ref(self.services[service]),
                                              incident=self.ref(incident), suppressed=False, severity="critical", body={"type": "alert_body"})]
            self.notes[i] = []
            self._log("trigger", incident, self.services[service])
            self._tell("incident.triggered", incident, None)
            return i

    def acknowledge(self, i, user="PANA"):
        with self.lock:
            incident, at = self.incidents[i], instant()
            incident["acknowledgements"].append({"at": at, "acknowledger": self.ref(self.users[user])})
            self._turn(incident, "acknowledged", at, user, "acknowledge")

    def unacknowledge(self, i):
        with self.lock:
            self.incidents[i]["acknowledgements"] = []
            self._turn(self.incidents[i], "triggered", instant(), None, "unacknowledge")

    def resolve(self, i, user="PANA"):
        with self.lock:
            self.incidents[i]["assignments"] = []
            self._turn(self.incidents[i], "resolved", instant(), user, "resolve")
            for alert in self.alerts[i]:
                alert["status"] = "resolved"

    def note(self, i, content, user="PANA"):
        with self.lock:
            made = {"id": self._id("N"), "content": content, "created_at": instant(), "user": self.ref(self.users[user]), "channel": {"summary": "The PagerDuty website or APIs", "id": None, "type": None}}
            self.notes[i].append(made)
            self._log("annotate", self.incidents[i], self.users[user], channel={"type": "note", "summary": content})
            return made

    def _turn(self, incident, status, at, user, what):
        agent = self.users[user] if user else incident["service"]
        incident["status"] = status
        incident["last_status_change_at"] = incident["updated_at"] = at
        incident["last_status_change_by"] = self.ref(agent) if user else agent
        self._log(what, incident, agent)
        self._tell(f"incident.{ {'triggered': 'unacknowledged'}.get(status, status)}", incident, agent if user else None)

    def _log(self, what, incident, agent, **more):
        self.log.insert(0, {**self._thing("log_entries", self._id("L"), f"{what}_log_entry", what), "created_at": instant(), "agent": self.ref(agent), "channel": {"type": "api"},
                            "service": incident["service"], "incident": self.ref(incident), "teams": [], "contexts": [], **more})

    def _tell(self, event_type, incident, agent):
        """A V3 webhook, as a subscription would send it."""
        if not self.webhook:
            return
        url, secret = self.webhook
        data = {k: incident[k] for k in ("id", "type", "self", "html_url", "status", "incident_key", "created_at", "title", "service", "escalation_policy", "teams", "priority", "urgency", "conference_bridge")}
        data["number"] = incident["incident_number"]
        data["assignees"] = [a["assignee"] for a in incident["assignments"]]
        data["resolve_reason"] = None
        body = json.dumps({"event": {"id": self._id("E"), "event_type": event_type, "resource_type": "incident", "occurred_at": incident["last_status_change_at"].replace("Z", ".169Z"),
                                     "agent": self.ref(agent) if agent else None, "client": None, "data": data}}).encode()
        threading.Thread(target=self.deliver, args=(url, secret, body), daemon=True).start()

    def deliver(self, url, secret, body):
        signature = "v1=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        place = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(place.netloc, timeout=patient(15))
        try:
            connection.request("POST", place.path, body, {"Content-Type": "application/json", "X-PagerDuty-Signature": signature, "X-Webhook-Id": self._id("W")})
            self.webhook_answers.append(connection.getresponse().status)
        finally:
            connection.close()
        return self.webhook_answers[-1]

    # --- what was asked of it --------------------------------------------------------------------------------------

    def writes(self):
        with self.lock:
            return [(method, path.partition("?")[0], json.loads(body) if body else None) for method, path, _, body in self.requests if method != "GET" and not path.startswith("/v2/")]

    def events(self):
        with self.lock:
            return [json.loads(body) for _, path, _, body in self.requests if path == "/v2/enqueue"]

    def reads(self, path):
        with self.lock:
            return [p for method, p, _, _ in self.requests if method == "GET" and p.partition("?")[0] == path]

    # --- the API ---------------------------------------------------------------------------------------------------

    def answer(self, method, path, query, headers, body):
        """(status, JSON) or Refused."""
        if path == "/v2/enqueue":
            return self._enqueue(body)
        if headers.get("Authorization") != f"Token token={self.token}":
            raise Refused(401, "Authentication failed", 2006)
        if headers.get("Accept") != ACCEPT:
            raise Refused(400, "Invalid Input Provided", 2001, "The Accept header must name version 2 of the API.")
        if self.limited > 0:
            self.limited -= 1
            self.limited_as = len(self.requests) - 1
            raise Refused(429, "Rate Limit Exceeded", 2020, headers=(("ratelimit-limit", "960"), ("ratelimit-remaining", "0"), ("ratelimit-reset", str(self.limited_for))))
        parts = path.strip("/").split("/")
        lists = {"users": self.users, "teams": self.teams, "services": self.services, "escalation_policies": self.policies, "schedules": self.schedules}
        if method == "GET" and len(parts) == 1 and parts[0] in lists:
            items = list(lists[parts[0]].values())
            if wanted := query.get("query"):
                items = [i for i in items if wanted[0].lower() in (i.get("name", "") + " " + i.get("email", "")).lower()]
            return 200, self._page(parts[0], items, query)
        if method == "GET" and len(parts) == 2 and parts[0] in lists:
            if parts[1] not in lists[parts[0]]:
                raise missing()
            return 200, {{"users": "user", "teams": "team", "services": "service", "escalation_policies": "escalation_policy", "schedules": "schedule"}[parts[0]]: lists[parts[0]][parts[1]]}
        if method == "GET" and parts[0] == "teams" and parts[2:] == ["members"]:
            return 200, self._page("members", [{"user": self.ref(self.users[u]), "role": "manager"} for u in ("PANA", "PBEN")], query)
        if method == "GET" and parts[0] == "schedules" and parts[2:] == ["overrides"]:
            return 200, {"overrides": self.overrides.get(parts[1], [])}
        if method == "GET" and parts == ["oncalls"]:
            return 200, self._page("oncalls", self._on_calls(query.get("escalation_policy_ids[]")), query)
        if method == "GET" and parts == ["log_entries"]:
            return 200, self._page("log_entries", self._entries(self.log, query), query)
        if parts[0] == "incidents":
            return self._incidents(method, parts[1:], query, headers, body)
        raise missing()

    def _page(self, name, items, query):
        limit = min(int(query.get("limit", ["25"])[0]), 100)
        offset = int(query.get("offset", ["0"])[0])
        if limit + offset > 10000:
            raise Refused(400, "Invalid Input Provided", 2001, "Offset and limit must not exceed 10000.")
        total = len(items) if query.get("total") == ["true"] else None
        return {name: items[offset:offset + limit], "limit": limit, "offset": offset, "total": total, "more": offset + limit < len(items)}

    @staticmethod
    def _entries(entries, query):
        since = query.get("since", ["0"])[0]
        return [e for e in entries if e["created_at"] >= since]

    def _on_calls(self, policies):
        if policies and "PPSHOP" not in policies:
            return []
        out = []
        for level, people in self.on_call.items():
            for user in people:
                by_schedule = level == 1
                out.append({"escalation_policy": self.ref(self.policies["PPSHOP"]), "escalation_level": level, "schedule": self.ref(self.schedules["PSPRIM"]) if by_schedule else None,
                            "user": self.ref(self.users[user]), "start": "2026-01-05T08:00:00Z" if by_schedule else None, "end": "2036-01-05T08:00:00Z" if by_schedule else None})
        return out

    def _incidents(self, method, rest, query, headers, body):
        if method == "GET" and not rest:
            wanted = query.get("statuses[]", ["triggered", "acknowledged", "resolved"])
            keys = query.get("incident_key")
            items = [i for i in self.incidents.values() if i["status"] in wanted and (not keys or i["incident_key"] in keys or any(a["alert_key"] in keys for a in self.alerts[i["id"]]))]
            return 200, self._page("incidents", sorted(items, key=lambda i: i["created_at"]), query)
        if method == "POST" and not rest:
            self._requester(headers)
            asked = body["incident"]
            i = self.trigger(asked["title"], asked["service"]["id"], asked.get("incident_key"), asked.get("urgency", "high"), with_alert=False)
            return 201, {"incident": self.incidents[i]}
        incident = self.incidents.get(rest[0])
        if not incident:
            raise missing()
        i, what = incident["id"], rest[1:]
        if method == "GET" and not what:
            return 200, {"incident": incident}
        if method == "GET" and what == ["alerts"]:
            return 200, self._page("alerts", self.alerts[i], query)
        if method == "GET" and what == ["notes"]:
            return 200, {"notes": self.notes[i]}
        if method == "GET" and what == ["log_entries"]:
            return 200, self._page("log_entries", self._entries([e for e in self.log if e["incident"]["id"] == i], query), query)
        if method == "POST" and what == ["notes"]:
            return 201, {"note": self.note(i, body["note"]["content"], self._requester(headers))}
        if method == "PUT" and not what:
            return 200, {"incident": self._update(incident, body["incident"], self._requester(headers))}
        raise missing()

    def _requester(self, headers):
        for i, user in self.users.items():
            if user["email"] == headers.get("From"):
                return i
        raise Refused(400, "Invalid Input Provided", 2001, "Requester User Not Found")

    def _update(self, incident, asked, user):
        i = incident["id"]
        if asked.get("type") not in ("incident", "incident_reference"):
            raise Refused(400, "Invalid Input Provided", 2001, "Type must be incident or incident_reference.")
        if incident["status"] == "resolved":
            raise Refused(400, "Incident Already Resolved", 1001)
        status = asked.get("status")
        if status not in (None, "acknowledged", "resolved"):
            raise Refused(400, "Invalid Status Provided", 1003)
        if status == "acknowledged":
            self.acknowledge(i, user)
        if status == "resolved":
            if asked.get("resolution"):
                self.note(i, "Resolution Note: " + asked["resolution"], user)
            self.resolve(i, user)
        if assignments := asked.get("assignments"):
            people = [a["assignee"]["id"] for a in assignments]
            if any(p not in self.users for p in people):
                raise Refused(400, "Assigned To User Not Found", 1007)
            incident["assignments"] = [{"at": instant(), "assignee": self.ref(self.users[p])} for p in people]
            self._log("assign", incident, self.users[user], assignees=[self.ref(self.users[p]) for p in people])
        if level := asked.get("escalation_level"):
            if level not in self.on_call:
                raise Refused(400, "Cannot Escalate", 1006)
            incident["assignments"] = [{"at": instant(), "assignee": self.ref(self.users[p])} for p in self.on_call[level]]
            self._log("escalate", incident, self.users[user], assignees=[a["assignee"] for a in incident["assignments"]])
        return incident

    def _enqueue(self, event):
        """Events API v2: a key is one incident until it is resolved."""
        if event.get("routing_key") != self.routing_key:
            return 400, {"status": "invalid event", "message": "Event object is invalid", "errors": ["'routing_key' is invalid"]}
        key = event.get("dedup_key") or self._id("K")
        held = next((i for i, alerts in self.alerts.items() if self.incidents[i]["status"] != "resolved" and any(a["alert_key"] == key for a in alerts)), None)
        action = event["event_action"]
        if action == "trigger" and not held:
            self.trigger(event["payload"]["summary"], "PSDB", key)
        elif held and action == "acknowledge":
            self._turn(self.incidents[held], "acknowledged", instant(), None, "acknowledge")
        elif held and action == "resolve":
            self._turn(self.incidents[held], "resolved", instant(), None, "resolve")
        return 202, {"status": "success", "message": "Event processed", "dedup_key": key}

    def _serve(self, lab, cert, key):
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def serve(self):
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path, _, query = self.path.partition("?")
                is_write = self.command != "GET"
                with fake.lock:
                    fake.times.append(time.monotonic())
                    fake.requests.append((self.command, self.path, {n.lower(): v for n, v in self.headers.items()}, raw.decode()))
                    try:
                        status, said, more = *fake.answer(self.command, path, urllib.parse.parse_qs(query), self.headers, json.loads(raw) if raw else {}), ()
                    except Refused as e:
                        status, said, more = e.status, e.body, e.headers
                    swallow = is_write and status < 300 and fake.swallowed > 0
                    fake.swallowed -= int(swallow)
                    data = json.dumps(said).encode()
                if swallow:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(data))), *more):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            do_GET = do_POST = do_PUT = do_DELETE = serve

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_port
        self.url = f"https://localhost:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        lab.on_close(self.close)

    def close(self):
        self._server.shutdown()
        self._server.server_close()
