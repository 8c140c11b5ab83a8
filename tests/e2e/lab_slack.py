# SPDX-License-Identifier: GPL-3.0-or-later
"""A small Slack for the tests: one workspace, its Web API and Socket Mode on one port. What it does is what Slack documents and its own clients
(`@slack/socket-mode`, `@slack/web-api`) accept; tests/judges/slack.mjs lets them judge it. As a program:

    lab_slack.py DIR PORT [TLS-PORT CERTIFICATE KEY]     http://127.0.0.1:PORT/api/

What was said is kept in DIR, so a second start is "the server restarted". Apps: ic, bob, dba, each with the tokens xapp-NAME and xoxb-NAME; people:
eve and mallory, who speak by /lab/ calls. /lab/ is the test's own door, not Slack's:
    say {user, channel, text, thread_ts, files: [{name, text, size, at, page}]} (at: an address elsewhere; page: what a token without files:read gets) · fill {user, channel, times} ("missed 0" …, while nobody listens) · edit {channel, ts, text} · react {user, channel, ts, name, adds} · refuse {method, times, retry_after} · disconnect {app, reason} · cut {app}
    direct {user} (what was said to them alone) · make {name, user, private} · rename {channel, name} · end {channel} (archived by hand) · press {app, user, ts} (the first button of a message) · slash {app, user, channel, text}
    pages {most} (messages at once, as Slack gives fewer than it is asked for) · forget {app} (what nobody took is not sent again) · frame {app, text} (as it is) · again {app} (the last event once more, in a new envelope) · posts {channel} · hold {app, seconds} (acknowledgements are not heard)
"""
import collections
import contextlib
import json
import os
import pathlib
import signal
import sys
import threading
import time
import urllib.parse

from lab_fake import Handler, listen

WORKSPACE = "acme.slack.com"
ACK_WITHIN = 3.0  # s, as Slack's
APPS = {name: {"user": f"U{name.upper():0>9}", "bot": f"B{name.upper():0>9}", "app": f"A{name.upper():0>9}"} for name in ("ic", "bob", "dba")}
PEOPLE = {"UEVE000001": "eve", "UMALLORY01": "mallory", **{a["user"]: n for n, a in APPS.items()}}


class Refusal(Exception):
    pass


class Slack:
    def __init__(self, folder):
        self._file = pathlib.Path(folder) / "slack.json"
        self.lock = threading.RLock()
        self.sockets, self.tickets, self.refusals = [], {}, {}
        self.waiting = {name: [] for name in APPS}  # events that no socket took yet
        self.unacked = {}                           # envelope id → (app, payload, attempt, when)
        self.last, self.held, self.revoked = {}, {}, set()
        self.files, self.asked = {}, []             # path → (bytes, whether it is given to nobody); who asked for one, with which token
        self.number, self.most = 0, 1000            # messages at once, whatever is asked for
        self.state = json.loads(self._file.read_text()) if self._file.exists() else {"channels": {}, "ts": 0, "next": 0}
        threading.Thread(target=self._retry, daemon=True).start()

    # -- state -----------------------------------------------------------------------------------------------------------------------

    def save(self):
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self.state))
        os.replace(new, self._file)

    def next_ts(self):
        self.state["ts"] = max(self.state["ts"] + 1, int(time.time() * 1_000_000))
        return f"{self.state['ts'] // 1_000_000}.{self.state['ts'] % 1_000_000:06d}"

    def new_id(self, kind):
        self.state["next"] += 1
        return f"{kind}{self.state['next']:09d}"

    def channel(self, given, app, inside=True):
        found = self.state["channels"].get(given.get("channel", ""))
        if not found:
            raise Refusal("channel_not_found")
        if app and found.get("private") and APPS[app]["user"] not in found["members"]:
            raise Refusal("channel_not_found")
        if inside and app and APPS[app]["user"] not in found["members"]:
            raise Refusal("not_in_channel" if not found["im"] else "channel_not_found")
        return found

    @staticmethod
    def message(channel, ts):
        found = next((m for m in channel["messages"] if m["ts"] == ts), None)
        if not found:
            raise Refusal("message_not_found")
        return found

    @staticmethod
    def public(channel, app):
        return {"id": channel["id"], "name": channel["name"], "is_channel": not channel["im"], "is_im": channel["im"], "is_private": channel["im"] or channel.get("private", False), "is_archived": channel["archived"],
                "is_member": APPS[app]["user"] in channel["members"], "topic": {"value": channel["topic"]}, "num_members": len(channel["members"])}

    # -- events ----------------------------------------------------------------------------------------------------------------------

    def tell(self, channel, event, also=()):
        for name, app in APPS.items():
            if app["user"] in channel["members"] or app["user"] in also:
                self.number += 1
                self.push(name, {"token": "lab", "team_id": "T00000001", "api_app_id": app["app"], "type": "event_callback", "event_id": f"Ev{os.getpid()}{self.number}",
                                 "event_time": int(time.time()), "event": {"event_ts": self.next_ts(), **event}})

    def push(self, name, payload, attempt=0):
        """To one of the app's sockets; kept for later when there is none."""
        self.last[name] = payload
        envelope = f"env-{os.urandom(8).hex()}"
        text = json.dumps({"envelope_id": envelope, "type": "events_api", "accepts_response_payload": False, "payload": payload, "retry_attempt": attempt,
                           "retry_reason": "timeout" if attempt else ""})
        for s in [s for s in self.sockets if s.who == name and s.open][::-1]:
            self.unacked[envelope] = (name, payload, attempt, time.monotonic())
            if s.send(text):
                return
            del self.unacked[envelope]
        self.waiting[name].append(payload)

    def ask(self, name, type, payload):
        """A button pressed or a word with a slash: to one socket, once; whoever asked sees that nobody heard when there is none."""
        envelope = f"env-{os.urandom(8).hex()}"
        text = json.dumps({"envelope_id": envelope, "type": type, "accepts_response_payload": type == "slash_commands", "payload": payload})
        return {"heard": any(s.send(text) for s in [s for s in self.sockets if s.who == name and s.open][::-1][:1])}

    def _retry(self):
        while True:
            time.sleep(0.1)
            with self.lock:
                now = time.monotonic()
                for envelope, (name, payload, attempt, when) in list(self.unacked.items()):
                    if now - when > ACK_WITHIN:
                        del self.unacked[envelope]
                        if attempt < 3:
                            self.push(name, payload, attempt + 1)

    def acked(self, s, text):
        with contextlib.suppress(ValueError, AttributeError), self.lock:
            if time.monotonic() >= self.held.get(s.who, 0):
                self.unacked.pop(json.loads(text).get("envelope_id"), None)

    def opened(self, s):
        with self.lock:
            self.sockets = [x for x in self.sockets if x.open] + [s]
            s.send(json.dumps({"type": "hello", "num_connections": sum(x.who == s.who for x in self.sockets), "connection_info": {"app_id": APPS[s.who]["app"]},
                               "debug_info": {"host": "lab", "approximate_connection_time": 18060}}))
            waiting, self.waiting[s.who] = self.waiting[s.who], []
            for payload in waiting:
                self.push(s.who, payload, 1)

    def closed(self, s):
        with self.lock:
            s.open = False
            self.sockets = [x for x in self.sockets if x is not s]

    # -- what is said -----------------------------------------------------------------------------------------------------------------

    def add(self, channel, message):
        message = {"type": "message", "ts": self.next_ts(), "team": "T00000001", **message}
        channel["messages"].append(message)
        self.save()
        self.tell(channel, {**message, "channel": channel["id"], "channel_type": self.kind(channel)})
        return message

    def shared(self, given, host):
        """Files as a message shows them; their bytes are had with a bot's token (files:read), and a page to sign in at without."""
        out = []
        for f in given.get("files", []):
            number, data = self.new_id("F"), f["text"].encode()
            path = f"/files-pri/T00000001-{number}/{urllib.parse.quote(f['name'])}"
            self.files[path] = data, f.get("page", False)
            out.append({"id": number, "name": f["name"], "title": f["name"], "mimetype": "text/plain", "size": f.get("size", len(data)), "mode": "hosted", "is_external": False,
                        "url_private": f.get("at") or f"http://{host}{path}", "url_private_download": f.get("at") or f"http://{host}{path}"})
        return {"files": out, "upload": True, "subtype": "file_share"} if out else {}

    @staticmethod
    def kind(channel):
        return "im" if channel["im"] else "group" if channel.get("private") else "channel"

    def post(self, app, given):
        channel = self.channel(given, app)
        if not given.get("text"):
            raise Refusal("no_text")
        if len(given["text"]) > 40000:
            raise Refusal("msg_too_long")
        message = {"user": APPS[app]["user"], "bot_id": APPS[app]["bot"], "app_id": APPS[app]["app"], "text": given["text"]}
        if given.get("metadata"):
            message["metadata"] = json.loads(given["metadata"]) if isinstance(given["metadata"], str) else given["metadata"]
        if given.get("blocks"):
            message["blocks"] = json.loads(given["blocks"]) if isinstance(given["blocks"], str) else given["blocks"]
            for block in message["blocks"]:
                if block["type"] not in ("section", "actions") or len(block.get("text", {}).get("text", "x")) > 3000 or block["type"] == "actions" and not 1 <= len(block["elements"]) <= 25:
                    raise Refusal("invalid_blocks")
        if given.get("thread_ts"):
            self.message(channel, given["thread_ts"])
            message["thread_ts"] = given["thread_ts"]
        return {"channel": channel["id"], "ts": (said := self.add(channel, message))["ts"], "message": said}

    def change(self, channel, message, text, **more):
        before = dict(message)
        message.update(text=text, edited={"user": message["user"], "ts": self.next_ts()}, **more)
        self.save()
        self.tell(channel, {"type": "message", "subtype": "message_changed", "channel": channel["id"], "channel_type": self.kind(channel),
                            "ts": self.next_ts(), "message": dict(message), "previous_message": before})

    def react(self, app, given, add):
        channel = self.channel(given, app)
        self.reacted(channel, self.message(channel, given.get("timestamp")), APPS[app]["user"], given, add)
        return {}

    def reacted(self, channel, message, who, given, add):
        reactions = message.setdefault("reactions", [])
        mine = next((r for r in reactions if r["name"] == given["name"]), None)
        if add == bool(mine and who in mine["users"]):
            raise Refusal("already_reacted" if add else "no_reaction")
        if add:
            mine or reactions.append(mine := {"name": given["name"], "users": [], "count": 0})
            mine["users"].append(who)
        else:
            mine["users"].remove(who)
        message["reactions"] = [{**r, "count": len(r["users"])} for r in reactions if r["users"]]
        self.save()
        self.tell(channel, {"type": "reaction_added" if add else "reaction_removed", "user": who, "reaction": given["name"], "item_user": message["user"],
                            "item": {"type": "message", "channel": channel["id"], "ts": message["ts"]}})

    # -- the Web API ------------------------------------------------------------------------------------------------------------------

    def call(self, method, app, given, host, secure):
        """What a method answers beside "ok"."""
        user = APPS[app]["user"]
        channels = self.state["channels"]
        if method == "auth.test":
            return {"url": f"https://{WORKSPACE}/", "team": "Acme", "user": app, "team_id": "T00000001", "user_id": user, "bot_id": APPS[app]["bot"]}
        if method == "apps.connections.open":
            ticket = os.urandom(8).hex()
            self.tickets[ticket] = app
            return {"url": f"{'wss' if secure else 'ws'}://{host}/link/?ticket={ticket}&app_id={APPS[app]['app']}"}
        if method == "conversations.create":
            name = given.get("name", "")
            if not name or len(name) > 80 or name != name.lower() or not all(c.isalnum() or c in "-_" for c in name):
                raise Refusal("invalid_name_specials" if name else "invalid_name_required")
            if any(c["name"] == name for c in channels.values()):
                raise Refusal("name_taken")
            channel = {"id": self.new_id("C"), "name": name, "im": False, "archived": False, "topic": "", "members": [user], "messages": [],
                       "private": given.get("is_private") == "true"}
            channels[channel["id"]] = channel
            self.save()
            return {"channel": self.public(channel, app)}
        if method == "conversations.list":
            kinds = given.get("types", "public_channel").split(",")
            found = [c for c in channels.values() if not c["im"] and (user in c["members"] and "private_channel" in kinds if c.get("private") else "public_channel" in kinds) and not (c["archived"] and given.get("exclude_archived") == "true")]
            return {**self.page(found, given, 100, lambda c: self.public(c, app), "channels")}
        if method == "conversations.open":
            other = given.get("users", "")
            if other not in PEOPLE:
                raise Refusal("user_not_found")
            channel = next((c for c in channels.values() if c["im"] and set(c["members"]) == {user, other}), None)
            if not channel:
                channel = {"id": self.new_id("D"), "name": "", "im": True, "archived": False, "topic": "", "members": [user, other], "messages": []}
                channels[channel["id"]] = channel
                self.save()
            return {"channel": {"id": channel["id"]}}
        if method == "users.info":
            if given.get("user") not in PEOPLE:
                raise Refusal("user_not_found")
            name = PEOPLE[given["user"]]
            return {"user": {"id": given["user"], "name": name, "real_name": name.capitalize(), "profile": {"display_name": name, "real_name": name.capitalize()}}}
        if method == "conversations.join":
            channel = self.channel(given, app, inside=False)
            if channel.get("private"):
                raise Refusal("method_not_supported_for_channel_type")
            if channel["archived"]:
                raise Refusal("is_archived")
            if user not in channel["members"]:
                self.enter(channel, user)
            return {"channel": self.public(channel, app)}
        if method == "conversations.info":
            return {"channel": self.public(self.channel(given, app, inside=False), app)}
        channel = self.channel(given, app)
        if method == "conversations.members":
            return self.page(channel["members"], given, 100, lambda m: m, "members")
        if method == "conversations.archive":
            if channel["archived"]:
                raise Refusal("already_archived")
            channel["archived"] = True
            self.save()
            self.tell(channel, {"type": "group_archive" if channel.get("private") else "channel_archive", "channel": channel["id"], "user": user})
            return {}
        if channel["archived"] and method in ("conversations.leave", "conversations.invite", "conversations.setTopic", "chat.postMessage"):
            raise Refusal("is_archived")
        if method == "conversations.leave":
            channel["members"].remove(user)
            self.save()
            self.tell(channel, {"type": "member_left_channel", "user": user, "channel": channel["id"], "channel_type": "C", "team": "T00000001"})
            return {}
        if method == "conversations.invite":
            for other in given.get("users", "").split(","):
                if other not in PEOPLE:
                    raise Refusal("user_not_found")
                if other in channel["members"]:
                    raise Refusal("already_in_channel")
                self.enter(channel, other)
            return {"channel": self.public(channel, app)}
        if method == "conversations.setTopic":
            if len(given.get("topic", "")) > 250:
                raise Refusal("too_long")
            channel["topic"] = given.get("topic", "")
            self.add(channel, {"subtype": "channel_topic", "user": user, "topic": channel["topic"], "text": f"set the channel topic: {channel['topic']}"})
            return {"channel": self.public(channel, app)}
        if method == "conversations.history":
            return self.history([m for m in channel["messages"] if m.get("thread_ts", m["ts"]) == m["ts"]], channel, given)
        if method == "conversations.replies":
            self.message(channel, given.get("ts"))
            found = [m for m in channel["messages"] if given["ts"] in (m["ts"], m.get("thread_ts"))]
            return self.history([m for m in found if m["ts"] == given["ts"] or m["ts"] > given.get("oldest", "0") or (given.get("inclusive") == "true" and m["ts"] == given["oldest"])][::-1], channel, {**given, "oldest": "0"})
        if method == "chat.postMessage":
            return self.post(app, given)
        if method in ("chat.update", "chat.delete"):
            message = self.message(channel, given.get("ts"))
            if message.get("bot_id") != APPS[app]["bot"]:
                raise Refusal("cant_update_message" if method == "chat.update" else "cant_delete_message")
            if method == "chat.update":
                self.change(channel, message, given.get("text", ""))
                return {"channel": channel["id"], "ts": message["ts"], "text": given.get("text", ""), "message": message}
            if any(m.get("thread_ts") == message["ts"] for m in channel["messages"]):  # its answers stay, and so does its place
                before = dict(message)
                message.clear()
                message.update(type="message", subtype="tombstone", ts=before["ts"], thread_ts=before["ts"], user="USLACKBOT", text="This message was deleted.", hidden=True)
                self.save()
                self.tell(channel, {"type": "message", "subtype": "message_changed", "channel": channel["id"], "channel_type": self.kind(channel), "ts": self.next_ts(), "hidden": True,
                                    "message": dict(message), "previous_message": before})
                return {"channel": channel["id"], "ts": message["ts"]}
            channel["messages"].remove(message)
            self.save()
            self.tell(channel, {"type": "message", "subtype": "message_deleted", "channel": channel["id"], "channel_type": "channel", "ts": self.next_ts(),
                                "deleted_ts": message["ts"], "previous_message": message})
            return {"channel": channel["id"], "ts": message["ts"]}
        if method in ("reactions.add", "reactions.remove"):
            return self.react(app, given, method == "reactions.add")
        raise Refusal("unknown_method")

    def enter(self, channel, user):
        channel["members"].append(user)
        self.save()
        self.tell(channel, {"type": "member_joined_channel", "user": user, "channel": channel["id"], "channel_type": "C", "team": "T00000001"})

    @staticmethod
    def page(items, given, default, shown, name):
        begin, limit = int(given.get("cursor") or 0), min(int(given.get("limit") or default), 1000)
        rest = begin + limit < len(items)
        return {name: [shown(i) for i in items[begin:begin + limit]], "response_metadata": {"next_cursor": str(begin + limit) if rest else ""}}

    def history(self, messages, channel, given):
        oldest, inclusive = given.get("oldest") or "0", given.get("inclusive") == "true"
        latest = given.get("latest") or "99999999999"
        found = [m for m in messages if (float(m["ts"]) > float(oldest) or (inclusive and m["ts"] == oldest))
                 and (float(m["ts"]) < float(latest) or (inclusive and m["ts"] == latest))][::-1]  # the newest first
        replies = collections.Counter(x["thread_ts"] for x in channel["messages"] if "thread_ts" in x)

        def shown(m):
            if replies[m["ts"]]:  # a thread was begun from it
                m = {**m, "thread_ts": m["ts"], "reply_count": replies[m["ts"]], "latest_reply": max((x["ts"] for x in channel["messages"] if x.get("thread_ts") == m["ts"]), key=float)}
            if given.get("include_all_metadata") != "true":
                m.pop("metadata", None)
            return m
        answer = self.page(found, {**given, "limit": min(int(given.get("limit") or 100), self.most)}, 100, shown, "messages")
        return {**answer, "has_more": bool(answer["response_metadata"]["next_cursor"])}

    # -- the test's own door ----------------------------------------------------------------------------------------------------------

    def lab(self, what, given):
        named = next((c for c in self.state["channels"].values() if given.get("channel") in (c["id"], c["name"])), None)
        if what == "say":
            if given["user"] not in named["members"]:
                self.enter(named, given["user"])
            return self.add(named, {"user": given["user"], "client_msg_id": os.urandom(8).hex(), "text": given["text"], **self.shared(given, given.get("host")),
                                    **({"thread_ts": given["thread_ts"]} if given.get("thread_ts") else {})})
        if what == "make":  # by somebody who is no app of ours
            channel = {"id": self.new_id("C"), "name": given["name"], "im": False, "archived": False, "topic": "", "members": [given["user"]], "messages": [], "private": given.get("private", False)}
            self.state["channels"][channel["id"]] = channel
            self.save()
            return self.public(channel, "ic")
        if what == "fill":
            named["messages"] += [{"type": "message", "ts": self.next_ts(), "team": "T00000001", "user": given["user"], "text": f"missed {n}"} for n in range(given["times"])]
            self.save()
        elif what == "rename":  # by hand
            named["name"] = given["name"]
            self.save()
        elif what == "end":  # by hand: it can be brought back
            named["archived"] = True
            self.save()
        elif what == "forget":
            self.waiting[given["app"]].clear()
        elif what == "pages":
            self.most = given["most"]
        elif what == "edit":
            self.change(named, self.message(named, given["ts"]), given["text"])
        elif what == "react":
            self.reacted(named, self.message(named, given["ts"]), given["user"], given, given.get("adds", True))
        elif what == "refuse":
            left = self.refusals.get(given["method"], [0])[0]
            self.refusals[given["method"]] = [given.get("times", 1), given.get("retry_after", 1), {k: given[k] for k in ("error", "needed", "provided") if k in given}]
            return {"left": left}
        elif what == "revoke":  # as when the app is removed: its bot's token is none any more; `tell`: and Slack says so
            if given.get("tell"):
                self.push(given["app"], {"token": "lab", "team_id": "T00000001", "api_app_id": APPS[given["app"]]["app"], "type": "event_callback", "event_id": f"EvR{self.new_id('R')}",
                                         "event_time": int(time.time()), "event": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [APPS[given["app"]]["user"]]}}})
            self.revoked.add(given["app"])
        elif what == "asked":
            return {"files": self.asked}
        elif what == "posts":
            return {"posts": named["messages"] if named else [], "topic": named["topic"] if named else "", "members": named["members"] if named else [], "private": bool(named and named.get("private")), "archived": bool(named and named["archived"])}
        elif what == "again":
            self.push(given["app"], self.last[given["app"]], 1)
        elif what == "direct":
            return {"posts": [m for c in self.state["channels"].values() if c["im"] and given["user"] in c["members"] for m in c["messages"]]}
        elif what == "press":
            channel, message = next((c, m) for c in self.state["channels"].values() for m in c["messages"] if m["ts"] == given["ts"])
            button = next(e for b in message["blocks"] if b["type"] == "actions" for e in b["elements"])
            return self.ask(given["app"], "interactive", {
                "type": "block_actions", "user": {"id": given["user"], "username": PEOPLE.get(given["user"], ""), "team_id": given.get("team", "T00000001")}, "api_app_id": APPS[given["app"]]["app"],
                "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"]}, "trigger_id": f"1.2.{os.urandom(8).hex()}",
                "team": {"id": "T00000001", "domain": "acme"}, "channel": {"id": channel["id"], "name": channel["name"] or "directmessage"}, "message": message,
                "response_url": "https://hooks.slack.com/actions/lab-canary-response-url",
                "actions": [{**button, "block_id": "b", "action_ts": self.next_ts()}]})
        elif what == "slash":
            return self.ask(given["app"], "slash_commands", {
                "token": "lab", "team_id": "T00000001", "team_domain": "acme", "channel_id": named["id"] if named else "C0ELSEWHERE", "channel_name": "x", "user_id": given["user"],
                "user_name": PEOPLE.get(given["user"], ""), "command": "/quarterdeck", "text": given["text"], "api_app_id": APPS[given["app"]]["app"],
                "response_url": "https://hooks.slack.com/commands/lab-canary-response-url", "trigger_id": f"1.2.{os.urandom(8).hex()}"})
        elif what == "hold":
            self.held[given["app"]] = time.monotonic() + given["seconds"]
        elif what == "sockets":
            return {"open": sum(s.who == given["app"] and s.open for s in self.sockets)}
        for s in [s for s in self.sockets if s.who == given.get("app") and s.open]:
            if what == "disconnect":
                s.send(json.dumps({"type": "disconnect", "reason": given["reason"], "debug_info": {"host": "lab"}}))
            elif what == "frame":
                s.send(given["text"])
            elif what == "cut":
                s.cut()
        return {}


class Answers(Handler):
    slack = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        given = json.loads(body or "{}") if "json" in (self.headers.get("Content-Type") or "") else dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        self.asked = given
        path = urllib.parse.urlparse(self.path).path
        if path.startswith("/lab/"):
            with self.slack.lock:
                answer = self.slack.lab(path.removeprefix("/lab/"), {**given, "host": self.headers.get("Host")})
            return self.answer(answer)
        method = path.removeprefix("/api/")
        scheme, _, token = (self.headers.get("Authorization") or f"Bearer {given.get('token', '')}").partition(" ")
        kind, _, app = token.partition("-")
        wanted = "xapp" if method == "apps.connections.open" else "xoxb"
        if scheme.lower() != "bearer" or app not in APPS or kind not in ("xapp", "xoxb"):
            return self.answer({"ok": False, "error": "invalid_auth" if token else "not_authed"})
        if kind != wanted:
            return self.answer({"ok": False, "error": "not_allowed_token_type"})
        if kind == "xoxb" and app in self.slack.revoked:
            return self.answer({"ok": False, "error": "token_revoked"})
        with self.slack.lock:
            left = self.slack.refusals.get(method)
            if left and left[0] > 0:
                left[0] -= 1
                refused, named = left[1], left[2]
            else:
                refused = 0
                try:
                    body = {"ok": True, **self.slack.call(method, app, given, self.headers.get("Host"), self.secure)}
                except Refusal as e:
                    body = {"ok": False, "error": str(e)}
        if refused and named:
            return self.answer({"ok": False, **named})
        if refused:
            return self.answer({"ok": False, "error": "ratelimited"}, 429, Retry_After=refused)
        self.answer(body)

    def file(self, path):
        _, _, token = (self.headers.get("Authorization") or "").partition(" ")
        with self.slack.lock:
            data, hidden = self.slack.files[path]
            self.slack.asked.append({"path": path, "token": token})
            given = token.partition("-")[0] == "xoxb" and token.partition("-")[2] in APPS and token.partition("-")[2] not in self.slack.revoked and not hidden
        self.send_response_only(200)
        body = data if given else b"<!DOCTYPE html><title>Sign in | Slack</title>"
        for name, value in {"Content-Type": "text/plain" if given else "text/html; charset=utf-8", "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        if url.path in self.slack.files:
            return self.file(url.path)
        with self.slack.lock:
            app = self.slack.tickets.pop(urllib.parse.parse_qs(url.query).get("ticket", [""])[0], None)  # good for one connection
        if url.path != "/link/" or not app or "Sec-WebSocket-Key" not in self.headers:
            return self.answer({"ok": False}, 408 if url.path == "/link/" else 404)
        self.websocket(app, self.slack.opened, self.slack.acked, self.slack.closed)


def serve(folder, port, tls=None):
    return listen(type("SlackAnswers", (Answers,), {"slack": Slack(folder)}), port, tls)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), (int(sys.argv[3]), sys.argv[4], sys.argv[5]) if len(sys.argv) > 5 else None)
    signal.pause()
