# SPDX-License-Identifier: GPL-3.0-or-later
"""A small Discord for the tests: one guild, REST and gateway v10 on one port. What it does is what Discord documents and its own clients
(`@discordjs/ws`, `@discordjs/rest`) accept; tests/judges/discord.mjs lets them judge it. As a program:

    lab_discord.py DIR PORT [TLS-PORT CERTIFICATE KEY]     http://127.0.0.1:PORT/api/v10

What was said is kept in DIR, so a second start is "the server restarted", which knows no session any more. Bots ic, bob, dba, each with the token
token-NAME; eve is a person. Unlike Discord it lets two bots write to each other alone, and counts few requests as too many (`limit`). /lab/ is the
test's own door: say {user, channel, text, files: [{name, text, size, at}]} (at: an address elsewhere) · thread {user, message, name} (begun from a message) · putaway {channel} (a thread nobody wrote in lately) · fill {user, channel, times} ("missed 0" …, while nobody listens) · edit, remove {message, …} · react {user, message, emoji} · clear {message, emoji} · press {user, message} (its first button) · slash {app, user, channel, name, text} · answers · direct {user} · posts {channel} · cut, reconnect, forget,
deafen {user} · refuse {path (or channel: what is said there), times, …} · limit {path, calls, seconds} · intents {user, allowed} · revoke {user} · starts {remaining} · counts {}
"""
import contextlib
import json
import os
import pathlib
import re
import signal
import struct
import sys
import threading
import time
import urllib.parse

from lab_discordbelow import GUILD, GUILDS, Below, Refusal
from lab_fake import Handler, listen

EPOCH = 1420070400000
CATEGORY = "900000000000000002"
USERS = {f"10000000000000000{i}": name for i, name in enumerate(("ic", "bob", "dba", "eve"), 1)}
IDS = {name: user for user, name in USERS.items()}
PEOPLE = {"eve"}
LONGEST, TOPIC = 2000, 1024
MESSAGES, REACTIONS, DIRECT, CONTENT = 1 << 9, 1 << 10, 1 << 12, 1 << 15
BEAT = 2000  # ms; Discord says 41250


def user_json(user):
    return {"id": user, "username": USERS[user], "discriminator": "0", "global_name": None, "avatar": None, "bot": USERS[user] not in PEOPLE}


class Session:
    def __init__(self, number, user, intents):
        self.id, self.user, self.intents, self.seq, self.sent, self.socket = f"session{number}", user, intents, 0, [], None


class Discord(Below):
    def __init__(self, folder):
        self._file = pathlib.Path(folder) / "discord.json"
        self.lock = threading.RLock()
        self.sockets, self.sessions, self.nonces, self.refusals, self.limits, self.calls = [], {}, {}, {}, {}, {}
        self.presses = {}  # buttons pressed and words with a slash, not answered yet: interaction → its token, and how it may be answered
        self.commands, self.answers = {}, []  # words with a slash, by application and name; what interactions were answered
        self.files, self.asked = {}, []  # path and signature → bytes; who asked for one, with which token
        self.revoked = set()  # whose token is none any more
        self.blind, self.deaf, self.remaining, self.counts = set(), set(), 1000, {"identify": 0, "resume": 0, "limited": 0, "heartbeat": 0}
        self.state = json.loads(self._file.read_text()) if self._file.exists() else {"channels": {CATEGORY: self.new_channel(CATEGORY, 4, "Incidents")}, "messages": {}, "last": 0}

    @staticmethod
    def new_channel(number, kind, name, parent=None, topic=None):
        return {"id": number, "type": kind, "guild_id": GUILD, "name": name, "parent_id": parent, "topic": topic, "position": 0, "permission_overwrites": [], "nsfw": False}

    def save(self):
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self.state))
        os.replace(new, self._file)

    def snowflake(self):
        self.state["last"] = max(self.state["last"] + 1, (int(time.time() * 1000) - EPOCH) << 22)
        return str(self.state["last"])

    @staticmethod
    def when(snowflake):
        ms = (int(snowflake) >> 22) + EPOCH
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(ms // 1000)) + f".{ms % 1000:03d}000+00:00"

    # -- gateway ---------------------------------------------------------------------------------------------------------------------

    def opened(self, s):
        with self.lock:
            s.session = None
            self.sockets.append(s)
            s.send(json.dumps({"op": 10, "d": {"heartbeat_interval": BEAT, "_trace": []}, "s": None, "t": None}))

    def closed(self, s):
        with self.lock:
            s.open = False
            self.sockets = [x for x in self.sockets if x is not s]
            if s.session and s.session.socket is s:
                s.session.socket = None

    @staticmethod
    def hang_up(s, code, why):
        s.send(struct.pack(">H", code) + why.encode(), 8)

    def said(self, s, text):
        with contextlib.suppress(ValueError), self.lock:
            if len(text.encode()) > 4096:
                return self.hang_up(s, 4002, "Error while decoding payload.")
            given = json.loads(text)
            op, d = given.get("op"), given.get("d")
            if op == 1:
                self.counts["heartbeat"] += 1
                if not (s.session and USERS[s.session.user] in self.deaf):
                    s.send(json.dumps({"op": 11, "d": None, "s": None, "t": None}))
            elif op == 2:
                self.identify(s, d)
            elif op == 6:
                self.resume(s, d)
            elif not s.session:
                self.hang_up(s, 4003, "Not authenticated.")

    def identify(self, s, d):
        self.counts["identify"] += 1
        self.remaining -= 1
        user = IDS.get(str(d.get("token", "")).removeprefix("token-"))
        if not user or not str(d.get("token")).startswith("token-") or USERS[user] in PEOPLE or user in self.revoked:
            return self.hang_up(s, 4004, "Authentication failed.")
        if s.session:
            return self.hang_up(s, 4005, "Already authenticated.")
        if not isinstance(d.get("intents"), int) or not {"os", "browser", "device"} <= set(d.get("properties", {})):
            return self.hang_up(s, 4013, "Invalid intent(s).")
        if USERS[user] in self.blind and d["intents"] & CONTENT:
            return self.hang_up(s, 4014, "Disallowed intent(s).")
        session = Session(len(self.sessions) + 1, user, d["intents"])
        self.sessions[session.id] = session
        self.attach(s, session)
        self.dispatch(session, "READY", {"v": 10, "user": user_json(user), "guilds": [{"id": GUILD, "unavailable": True}], "session_id": session.id,
                                         "resume_gateway_url": s.address, "application": {"id": user, "flags": 0}, "private_channels": [], "shard": [0, 1]})
        if session.intents & GUILDS:
            self.dispatch(session, "GUILD_CREATE", {"id": GUILD, "name": "Acme", "unavailable": False, "member_count": len(USERS), "members": [],
                                                    "channels": [self.shown(c) for c in self.state["channels"].values() if c["type"] not in (1, 11)], "threads": self.threads(user), "roles": []})

    def resume(self, s, d):
        self.counts["resume"] += 1
        session = self.sessions.get(d.get("session_id"))
        if not session or d.get("token") != "token-" + USERS[session.user] or d.get("seq", 0) > session.seq:
            s.send(json.dumps({"op": 9, "d": False, "s": None, "t": None}))
            return
        self.attach(s, session)
        for frame in [f for f in session.sent if f["s"] > d["seq"]]:
            s.send(json.dumps(frame))
        self.dispatch(session, "RESUMED", {})

    @staticmethod
    def attach(s, session):
        if session.socket and session.socket is not s:
            session.socket.cut()
        s.session, session.socket = session, s

    @staticmethod
    def dispatch(session, name, data):
        session.seq += 1
        frame = {"op": 0, "t": name, "s": session.seq, "d": data}
        session.sent = session.sent[-2000:] + [frame]
        if session.socket and session.socket.open:
            session.socket.send(json.dumps(frame))

    def tell(self, channel, name, data, needs):
        for session in list(self.sessions.values()):
            if self.sees(channel, session.user) and session.intents & needs:
                self.dispatch(session, name, self.for_eyes(session, channel, name, data))

    @staticmethod
    def for_eyes(session, channel, name, data):
        """Without the privileged intent what others write in a guild has no content."""
        hidden = name.startswith("MESSAGE_") and "content" in data and not session.intents & CONTENT and channel["type"] != 1 and data["author"]["id"] != session.user
        return {**data, "content": ""} if hidden else data

    def bits(self, channel, guild):
        return DIRECT if channel["type"] == 1 else guild

    # -- messages --------------------------------------------------------------------------------------------------------------------

    def message(self, m):
        """As the history shows it: without the nonce."""
        return {"id": m["id"], "channel_id": m["channel_id"], "author": user_json(m["author"]), "content": m["content"], "timestamp": self.when(m["id"]),
                "edited_timestamp": m.get("edited"), "tts": False, "mention_everyone": m.get("everyone", False), "mentions": [user_json(u) for u in m.get("mentions", [])],
                "mention_roles": [], "attachments": [self.attachment(f) for f in m.get("files", [])], "embeds": [], "pinned": False, "type": m.get("type", 0), "flags": 0,
                "components": m.get("components", []), **({"message_reference": {"message_id": m["about"], "channel_id": m["channel_id"], "guild_id": GUILD}} if m.get("about") else {}),
                **({"reactions": [{"emoji": {"id": None, "name": e}, "count": len(by), "me": False} for e, by in m["reactions"].items() if by]} if m.get("reactions") else {})}

    def in_guild(self, channel, user):
        return {} if channel["type"] == 1 else {"guild_id": GUILD, "member": {"nick": None, "roles": [], "joined_at": self.when("0"), "deaf": False, "mute": False}}

    def add(self, channel, user, content, **more):
        m = {"id": self.snowflake(), "channel_id": channel["id"], "author": user, "content": content, **{k: v for k, v in more.items() if k != "nonce"}}
        self.state["messages"][m["id"]] = m
        channel["last_message_id"] = m["id"]
        self.save()
        self.tell(channel, "MESSAGE_CREATE", {**self.message(m), **self.in_guild(channel, user), **({"nonce": more["nonce"]} if more.get("nonce") else {})}, self.bits(channel, MESSAGES))
        return m

    def create(self, user, channel, given):
        content = given.get("content") or ""
        if not content:
            raise Refusal(400, 50006, "Cannot send an empty message")
        if len(content) > LONGEST:
            raise Refusal(400, 50035, "Invalid Form Body")
        nonce = given.get("nonce")
        if nonce is not None and len(str(nonce)) > 25:
            raise Refusal(400, 50035, "Invalid Form Body")
        known = self.nonces.get((user, channel["id"], nonce))
        if nonce and given.get("enforce_nonce") and known and time.monotonic() - known[1] < 180:
            return {**self.message(self.state["messages"][known[0]]), "nonce": nonce}
        allowed = given.get("allowed_mentions", {"parse": ["users", "everyone", "roles"]})
        mentions = [u for u in re.findall(r"(?<!\\)<@!?(\d+)>", content) if u in USERS and ("users" in allowed.get("parse", []) or u in allowed.get("users", []))]
        about = (given.get("message_reference") or {}).get("message_id")
        if channel["type"] == 11:
            if channel["thread_metadata"]["locked"]:
                raise Refusal(400, 50083, "Thread is archived")
            if channel["thread_metadata"]["archived"]:
                self.put_away(channel, False)
            channel["in"] = sorted({*channel["in"], user})
        components = given.get("components") or []
        for row in components:
            if row.get("type") != 1 or not 1 <= len(row["components"]) <= 5 or any(b.get("type") != 2 or not 1 <= len(b.get("custom_id", "")) <= 100 or len(b.get("label", "")) > 80 for b in row["components"]):
                raise Refusal(400, 50035, "Invalid Form Body")
        m = self.add(channel, user, content, nonce=nonce, components=components, mentions=mentions, everyone="everyone" in allowed.get("parse", []) and bool(re.search("@(everyone|here)", content)),
                     **({"about": about, "type": 19} if about else {}))
        if nonce:
            self.nonces[(user, channel["id"], nonce)] = (m["id"], time.monotonic())
        return {**self.message(m), **({"nonce": nonce} if nonce else {})}

    def found(self, channel, number, user=None):
        m = self.state["messages"].get(number)
        if not m or m["channel_id"] != channel["id"]:
            raise Refusal(404, 10008, "Unknown Message")
        if user and m["author"] != user:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        return m

    def history(self, channel, query):
        """Newest first; `after`: those right behind that id."""
        size = int(query.get("limit", 50))
        if not 1 <= size <= 100 or not query.get("after", "0").isdigit():
            raise Refusal(400, 50035, "Invalid Form Body")
        of = sorted((m for m in self.state["messages"].values() if m["channel_id"] == channel["id"]), key=lambda m: int(m["id"]))
        if "after" in query:
            return [self.message(m) for m in [m for m in of if int(m["id"]) > int(query["after"])][:size][::-1]]
        if "before" in query:
            of = [m for m in of if int(m["id"]) < int(query["before"])]
        return [self.message(m) for m in of[-size:][::-1]]

    def change(self, channel, user, m, content):
        m["content"], m["edited"] = content, self.when(self.snowflake())
        self.save()
        self.tell(channel, "MESSAGE_UPDATE", {**self.message(m), **self.in_guild(channel, user)}, self.bits(channel, MESSAGES))

    def remove(self, channel, m):
        del self.state["messages"][m["id"]]
        self.save()
        self.tell(channel, "MESSAGE_DELETE", {"id": m["id"], "channel_id": channel["id"], **({} if channel["type"] == 1 else {"guild_id": GUILD})}, self.bits(channel, MESSAGES))

    def react(self, channel, user, m, emoji, adds):
        by = m.setdefault("reactions", {}).setdefault(emoji, [])
        if adds == (user in by):
            return
        by.append(user) if adds else by.remove(user)
        self.save()
        data = {"user_id": user, "channel_id": channel["id"], "message_id": m["id"], "emoji": {"id": None, "name": emoji}, **self.in_guild(channel, user)}
        if adds:
            data["message_author_id"] = m["author"]
            if "member" in data:
                data["member"]["user"] = user_json(user)
        else:
            data.pop("member", None)
        self.tell(channel, "MESSAGE_REACTION_ADD" if adds else "MESSAGE_REACTION_REMOVE", data, REACTIONS)

    def clear(self, channel, m, emoji=None):
        """A moderator takes away all reactions, or all of one emoji."""
        for each in [emoji] if emoji else list(m.get("reactions", {})):
            m.get("reactions", {}).pop(each, None)
        self.save()
        about = {"channel_id": channel["id"], "message_id": m["id"], **({} if channel["type"] == 1 else {"guild_id": GUILD})}
        self.tell(channel, "MESSAGE_REACTION_REMOVE_EMOJI" if emoji else "MESSAGE_REACTION_REMOVE_ALL", {**about, **({"emoji": {"id": None, "name": emoji}} if emoji else {})}, REACTIONS)

    # -- REST ------------------------------------------------------------------------------------------------------------------------

    @staticmethod
    def shown(channel):
        return {k: v for k, v in channel.items() if k not in ("recipients", "in")} | ({"recipients": [user_json(u) for u in channel["recipients"]]} if "recipients" in channel else {})

    def channel(self, number, user):
        found = self.state["channels"].get(number)
        if not found:
            raise Refusal(404, 10003, "Unknown Channel")
        if not self.sees(found, user):
            raise Refusal(403, 50001, "Missing Access")
        return found

    def call(self, method, path, query, user, given, address):
        if path == ["gateway", "bot"]:
            return 200, {"url": address, "shards": 1, "session_start_limit": {"total": 1000, "remaining": max(self.remaining, 0), "reset_after": 60000, "max_concurrency": 1}}
        if (method, path) == ("GET", ["users", "@me"]):
            return 200, user_json(user)
        if (method, path) == ("POST", ["users", "@me", "channels"]):
            other = given.get("recipient_id")
            if other not in USERS or other == user:
                raise Refusal(400, 50033, "Invalid Recipient(s)")
            pair = sorted([user, other])
            known = next((c for c in self.state["channels"].values() if c["type"] == 1 and c["recipients"] == pair), None)
            if not known:
                known = {"id": self.snowflake(), "type": 1, "recipients": pair}
                self.state["channels"][known["id"]] = known
                self.save()
            return 200, self.shown(known)
        if method == "GET" and path[0] == "users":
            if path[1] not in USERS:
                raise Refusal(404, 10013, "Unknown User")
            return 200, user_json(path[1])
        if path[0] == "guilds" and path[1] != GUILD:
            raise Refusal(404, 10004, "Unknown Guild")
        if (method, path) == ("GET", ["guilds", GUILD]):
            return 200, {"id": GUILD, "name": "Acme", "owner_id": IDS["eve"], "roles": [], "emojis": [], "features": []}
        if path == ["guilds", GUILD, "channels"] and method == "GET":
            return 200, [self.shown(c) for c in self.state["channels"].values() if c["type"] not in (1, 11)]
        if path == ["guilds", GUILD, "threads", "active"] and method == "GET":
            found = self.threads(user)
            return 200, {"threads": found, "members": [{"id": c["id"], "user_id": user, "join_timestamp": self.when(c["id"]), "flags": 0} for c in found if user in self.state["channels"][c["id"]]["in"]]}
        if path == ["guilds", GUILD, "channels"]:
            if given.get("parent_id") and self.state["channels"].get(given["parent_id"], {}).get("type") != 4:
                raise Refusal(400, 50035, "Invalid Form Body")
            made = self.new_channel(self.snowflake(), given.get("type", 0), re.sub(r"\s+", "-", given["name"].lower())[:100], given.get("parent_id"), given.get("topic"))
            made["permission_overwrites"] = self.overwrites(given.get("permission_overwrites") or [])
            self.state["channels"][made["id"]] = made
            self.save()
            self.tell(made, "CHANNEL_CREATE", self.shown(made), GUILDS)
            return 201, self.shown(made)
        if path == ["applications", "@me"] and method == "GET":
            return 200, {"id": user, "name": USERS[user], "bot": user_json(user), "flags": 0, "description": ""}
        if path[0] == "applications" and path[2:] == ["guilds", GUILD, "commands"] and method == "POST":
            if path[1] != user:
                raise Refusal(403, 20012, "You are not authorized to perform this action on this application")
            sound = all(re.fullmatch(r"[-_a-z0-9]{1,32}", each.get("name", "")) and 1 <= len(each.get("description", "")) <= 100 for each in [given, *given.get("options", [])])
            if not sound or given.get("type", 1) != 1 or any(o.get("type") not in range(1, 12) for o in given.get("options", [])):
                raise Refusal(400, 50035, "Invalid Form Body")
            known = self.commands.setdefault(user, {})
            fresh = given["name"] not in known
            known[given["name"]] = {"id": self.snowflake() if fresh else known[given["name"]]["id"], "application_id": user, "guild_id": GUILD, "version": self.snowflake(), "type": 1, **given}
            return 201 if fresh else 200, known[given["name"]]
        if path[0] == "interactions" and path[3:] == ["callback"] and method == "POST":
            token, kinds = self.presses.get(path[1], (None, ()))
            if token != path[2]:
                raise Refusal(404, 10062, "Unknown interaction")
            if given.get("type") not in kinds or (given["type"] == 4 and not given.get("data", {}).get("content")):
                raise Refusal(400, 50035, "Invalid Form Body")
            del self.presses[path[1]]
            self.answers.append(given)
            self.counts["answered"] = self.counts.get("answered", 0) + 1
            return 204, None
        if path[0] == "channels":
            return self.call_channel(method, path, query, user, given, self.channel(path[1], user))
        raise Refusal(404, 0, "404: Not Found")

    def call_channel(self, method, path, query, user, given, channel):
        rest = path[2:]
        if not rest and method == "GET":
            return 200, self.shown(channel)
        if not rest and method == "PATCH":
            if len(given.get("topic") or "") > TOPIC:
                raise Refusal(400, 50035, "Invalid Form Body")
            channel.update({k: given[k] for k in ("topic", "name") if k in given})
            if channel["type"] == 11 and "archived" in given:
                self.put_away(channel, given["archived"])
                return 200, self.shown(channel)
            self.save()
            self.tell(channel, "CHANNEL_UPDATE", self.shown(channel), GUILDS)
            return 200, self.shown(channel)
        if not rest and method == "DELETE":
            del self.state["channels"][channel["id"]]
            self.state["messages"] = {k: m for k, m in self.state["messages"].items() if m["channel_id"] != channel["id"]}
            self.save()
            gone = {k: channel[k] for k in ("id", "guild_id", "parent_id", "type")} if channel["type"] == 11 else self.shown(channel)
            self.tell(channel, "THREAD_DELETE" if channel["type"] == 11 else "CHANNEL_DELETE", gone, GUILDS)
            return 200, self.shown(channel)
        if rest == ["thread-members", "@me"] and method in ("PUT", "DELETE"):
            if channel["type"] != 11:
                raise Refusal(400, 50024, "Cannot execute action on this channel type")
            channel["in"] = sorted({*channel["in"], user} if method == "PUT" else {*channel["in"]} - {user})
            self.save()
            return 204, None
        if rest == ["threads", "archived", "public"] and method == "GET":
            return 200, {"threads": self.threads(user, channel["id"], True)[:int(query.get("limit", 50))], "members": [], "has_more": False}
        if rest[0] == "messages" and rest[2:] == ["threads"] and method == "POST":
            return 201, self.shown(self.begin_thread(user, channel, given, self.found(channel, rest[1])))
        if rest[0] == "permissions" and method == "PUT":
            if rest[1] not in USERS:
                raise Refusal(404, 10009, "Unknown Overwrite")
            channel["permission_overwrites"] = [o for o in channel["permission_overwrites"] if o["id"] != rest[1]] + self.overwrites([{"id": rest[1], **given}])
            self.save()
            self.tell(channel, "CHANNEL_UPDATE", self.shown(channel), GUILDS)
            return 204, None
        if rest == ["messages"]:
            return (200, self.history(channel, query)) if method == "GET" else (200, self.create(user, channel, given))
        if rest[0] == "messages" and rest[2:3] == ["reactions"] and len(rest) == 4 and method == "GET":
            return 200, [user_json(u) for u in self.found(channel, rest[1]).get("reactions", {}).get(rest[3], [])][:int(query.get("limit", 25))]
        if rest[0] == "messages" and rest[2:3] == ["reactions"] and len(rest) in (3, 4) and method == "DELETE":
            self.clear(channel, self.found(channel, rest[1]), *rest[3:])
            return 204, None
        if rest[0] == "messages" and rest[2:3] == ["reactions"] and rest[-1] == "@me":
            self.react(channel, user, self.found(channel, rest[1]), rest[3], method == "PUT")
            return 204, None
        if rest[0] == "messages" and len(rest) == 2:
            m = self.found(channel, rest[1], user if method in ("PATCH", "DELETE") else None)
            if method == "PATCH":
                self.change(channel, user, m, given["content"])
            if method == "DELETE":
                self.remove(channel, m)
                return 204, None
            return 200, self.message(m)
        raise Refusal(404, 0, "404: Not Found")

    def limited(self, path):
        """Headers of the bucket of this path, and whether the call is one too many."""
        limit = self.limits.get(path)
        if not limit:
            return {"X_RateLimit_Bucket": "lab", "X_RateLimit_Limit": 1000, "X_RateLimit_Remaining": 999, "X_RateLimit_Reset_After": "1.000", "X_RateLimit_Reset": time.time() + 1}, None
        now = time.monotonic()
        calls = self.calls.setdefault(path, [])
        calls[:] = [t for t in calls if now - t < limit["seconds"]]
        after = limit["seconds"] - (now - calls[0]) if calls else limit["seconds"]
        over = len(calls) >= limit["calls"]
        if not over:
            calls.append(now)
        headers = {"X_RateLimit_Bucket": "tight", "X_RateLimit_Limit": limit["calls"], "X_RateLimit_Remaining": max(limit["calls"] - len(calls), 0), "X_RateLimit_Reset_After": f"{after:.3f}",
                   "X_RateLimit_Reset": time.time() + after}
        return headers, after if over else None

    def lab(self, what, given):
        named = next((c for c in self.state["channels"].values() if given.get("channel") in (c["id"], c.get("name"))), None)
        user = IDS.get(given.get("user"))
        if what == "say":
            return self.message(self.add(named, user, given["text"], **({"files": [{"id": self.snowflake(), **f} for f in given["files"]]} if given.get("files") else {})))
        if what in ("edit", "remove", "react", "clear"):
            m = self.state["messages"][given["message"]]
            channel = self.state["channels"][m["channel_id"]]
            if what == "edit":
                self.change(channel, m["author"], m, given["text"])
            elif what == "remove":
                self.remove(channel, m)
            elif what == "clear":
                self.clear(channel, m, given.get("emoji"))
            else:
                self.react(channel, user, m, given["emoji"], not given.get("back"))
        if what == "rename":  # by hand
            named["name"] = given["name"]
            self.save()
        if what == "end":  # by hand: there is no archive, so it is gone
            del self.state["channels"][named["id"]]
            self.save()
        if what == "direct":
            return {"posts": [self.message(m) for m in sorted(self.state["messages"].values(), key=lambda m: int(m["id"]))
                              if user in self.state["channels"][m["channel_id"]].get("recipients", [])]}
        if what == "press":
            m = self.state["messages"][given["message"]]
            channel = self.state["channels"][m["channel_id"]]
            number, token = self.snowflake(), f"lab-canary-token-{os.urandom(8).hex()}"
            self.presses[number] = token, (4, 5, 6, 7)
            who = {"user": user_json(user)} if channel["type"] == 1 else {"member": {**self.in_guild(channel, user)["member"], "user": user_json(user)}, "guild_id": given.get("guild", GUILD)}
            for session in self.sessions.values():
                if session.user == m["author"]:
                    self.dispatch(session, "INTERACTION_CREATE", {"id": number, "application_id": m["author"], "type": 3, "token": token, "version": 1, "channel_id": channel["id"], "message": self.message(m),
                                                                  "data": {"component_type": 2, "custom_id": m["components"][0]["components"][0]["custom_id"]}, **who})
        if what == "slash":
            number, token = self.snowflake(), f"lab-canary-token-{os.urandom(8).hex()}"
            self.presses[number] = token, (4, 5)
            application = IDS[given["app"]]
            command = self.commands.get(application, {})[given["name"]]
            for session in self.sessions.values():
                if session.user == application:
                    self.dispatch(session, "INTERACTION_CREATE", {"id": number, "application_id": application, "type": 2, "token": token, "version": 1, "channel_id": named["id"], "guild_id": given.get("guild", GUILD),
                                                                  "member": {**self.in_guild(named, user)["member"], "user": user_json(user)},
                                                                  "data": {"id": command["id"], "name": given["name"], "type": 1, "options": [{"name": command["options"][0]["name"], "type": 3, "value": given["text"]}]}})
        if what == "thread":
            m = self.state["messages"][given["message"]]
            if m["id"] in self.state["channels"]:
                return self.shown(self.state["channels"][m["id"]])
            return self.shown(self.begin_thread(user, self.state["channels"][m["channel_id"]], given, m))
        if what == "putaway":
            self.put_away(named, True)
        if what == "asked":
            return {"files": self.asked}
        if what == "answers":
            return {"answers": self.answers}
        if what == "make":
            made = self.new_channel(self.snowflake(), 0, given["name"])
            if given.get("hidden"):
                made["permission_overwrites"] = self.overwrites([{"id": GUILD, "type": 0, "deny": "1024"}])
            self.state["channels"][made["id"]] = made
            self.save()
            return made
        if what == "fill":
            for n in range(given["times"]):
                m = {"id": self.snowflake(), "channel_id": named["id"], "author": user, "content": f"missed {n}"}
                self.state["messages"][m["id"]] = m
                named["last_message_id"] = m["id"]
            self.save()
        if what == "refuse":
            self.refusals[given.get("path") or "#" + given["channel"]] = given
        if what == "limit":
            self.limits[given["path"]] = given
        if what == "intents":
            (self.blind.discard if given["allowed"] else self.blind.add)(given["user"])
        if what == "deafen":
            (self.deaf.add if given.get("on", True) else self.deaf.discard)(given["user"])
        if what == "revoke":  # reset by somebody; the line stands until Discord notices
            self.revoked.add(user)
        if what == "starts":
            self.remaining = given["remaining"]
        if what == "posts":
            return {"posts": [self.message(m) for m in sorted(self.state["messages"].values(), key=lambda m: int(m["id"])) if named and m["channel_id"] == named["id"]], "channel": named}
        if what in ("cut", "reconnect", "forget"):
            for s in [s for s in self.sockets if s.session and s.session.user == user]:
                if what == "forget":
                    del self.sessions[s.session.id]
                if what == "reconnect":
                    s.send(json.dumps({"op": 7, "d": None, "s": None, "t": None}))
                elif what == "forget":
                    s.send(json.dumps({"op": 9, "d": False, "s": None, "t": None}))
                else:
                    s.cut()
        return self.counts


class Answers(Handler):
    content_type = "application/json"
    discord = None

    def handle_any(self):
        url = urllib.parse.urlparse(self.path)
        address = f"{'wss' if self.secure else 'ws'}://{self.headers['Host']}"
        if "Sec-WebSocket-Key" in self.headers:
            def opened(s):
                s.address = address
                self.discord.opened(s)
            return self.websocket(None, opened, self.discord.said, self.discord.closed)
        self.discord.origin = f"{'https' if self.secure else 'http'}://{self.headers['Host']}"
        if url.path.startswith("/attachments/"):
            return self.attachment(url)
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        user = IDS.get(token.removeprefix("token-")) if scheme == "Bot" and token.startswith("token-") else None
        given, headers = self.given(), {}
        path = [urllib.parse.unquote(p) for p in url.path.removeprefix("/api/v10/").split("/")]
        with self.discord.lock:
            if url.path.startswith("/lab/"):
                status, body = 200, self.discord.lab(url.path.removeprefix("/lab/"), given)
            elif path[0] != "interactions" and (not user or USERS[user] in PEOPLE or user in self.discord.revoked):
                status, body = 401, {"message": "401: Unauthorized", "code": 0}
            else:
                refusal = self.discord.refusals.get("/".join(path))
                if not refusal and self.command == "POST" and path[0] == "channels" and path[2:] == ["messages"]:
                    refusal = self.discord.refusals.get("#" + self.discord.state["channels"].get(path[1], {}).get("name", ""))
                headers, after = self.discord.limited("/".join(path))
                if refusal and refusal["times"] > 0:
                    refusal["times"] -= 1
                    after = refusal.get("seconds", 0.5)
                    if refusal.get("global"):
                        headers["X_RateLimit_Global"] = "true"
                    if refusal.get("bucket"):
                        headers["X_RateLimit_Bucket"] = refusal["bucket"]
                if after is not None:
                    self.discord.counts["limited"] += 1
                    headers |= {"Retry_After": int(after) + 1, "X_RateLimit_Scope": "user"}
                    status, body = 429, {"message": "You are being rate limited.", "retry_after": round(after, 3), "global": bool(refusal and refusal.get("global"))}
                else:
                    try:
                        status, body = self.discord.call(self.command, path, dict(urllib.parse.parse_qsl(url.query)), user, given, address)
                    except Refusal as e:
                        status, body = e.status, e.body
        if status == 204:
            self.send_response_only(204)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), str(value))
            self.end_headers()
            return None
        return self.answer(body, status, **headers)

    def attachment(self, url):
        number, signed = url.path.split("/")[2], urllib.parse.parse_qs(url.query).get("hm", [""])[0]
        with self.discord.lock:
            self.discord.asked.append({"file": number, "token": self.headers.get("Authorization") or ""})
            held = self.discord.file(number, signed)
        body = held if held is not None else b"This content is no longer available."
        self.send_response_only(404 if held is None else 200)
        for name, value in {"Content-Type": "text/plain", "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any


def serve(folder, port, tls=None):
    return listen(type("DiscordAnswers", (Answers,), {"discord": Discord(folder)}), port, tls)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), (int(sys.argv[3]), sys.argv[4], sys.argv[5]) if len(sys.argv) > 5 else None)
    signal.pause()
