# SPDX-License-Identifier: GPL-3.0-or-later
"""A small Mattermost for the tests: one team, REST v4 and WebSocket on one port. What it does is what Mattermost documents and its own client
(`@mattermost/client`) accepts; tests/judges/mattermost.mjs lets it judge. As a program:

    lab_mattermost.py DIR PORT [TLS-PORT CERTIFICATE KEY]     http://127.0.0.1:PORT/api/v4

What was said is kept in DIR, so a second start is "the server restarted". Users ic, bob, dba, eve, each with the token token-NAME. /lab/ is the test's own
door: say {user, channel, text} · react {user, post, name, adds} · fill {user, channel, times} ("missed 0" …, while nobody listens) · rename {channel, name} · end {channel} (archived by hand) · refuse {method, path, times} · posts {channel} · cut {user}
"""
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

TEAM = {"id": "team0000000000000000000001", "name": "ops", "display_name": "Ops", "type": "O"}
USERS = {f"user{name:0>22}": name for name in ("ic", "bob", "dba", "eve")}
IDS = {name: user for user, name in USERS.items()}
LONGEST = 16383


class Refusal(Exception):
    def __init__(self, status, error, message=""):
        super().__init__(error)
        self.body = {"id": error, "message": message or error, "status_code": status, "detailed_error": "", "request_id": ""}
        self.status = status


def user_json(user):
    return {"id": user, "username": USERS[user], "nickname": "", "first_name": "", "last_name": "", "roles": "system_user", "delete_at": 0, "create_at": 1, "update_at": 1}


class Mattermost:
    def __init__(self, folder):
        self._file = pathlib.Path(folder) / "mattermost.json"
        self.lock = threading.RLock()
        self.sockets, self.refusals, self.pending, self.revoked, self.files = [], {}, {}, set(), {}
        self.state = json.loads(self._file.read_text()) if self._file.exists() else {"channels": {}, "posts": {}, "at": 0, "next": 0}

    def save(self):
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self.state))
        os.replace(new, self._file)

    def now(self):
        self.state["at"] = max(self.state["at"] + 1, int(time.time() * 1000))
        return self.state["at"]

    def new_id(self, kind):
        self.state["next"] += 1
        return f"{kind}{self.state['next']:0>{26 - len(kind)}}"

    # -- events ----------------------------------------------------------------------------------------------------------------------

    def opened(self, s):
        with self.lock:
            self.sockets.append(s)
            s.seq = -1
            if s.who:
                self.hello(s)

    def hello(self, s):
        self.send(s, "hello", {"server_version": "10.12.0.lab", "connection_id": self.new_id("conn"), "server_hostname": "lab"}, {"user_id": s.who})

    def said(self, s, text):
        with contextlib.suppress(ValueError), self.lock:
            given = json.loads(text)
            if given.get("action") == "authentication_challenge":
                known, s.who = s.who, s.who or IDS.get(str(given.get("data", {}).get("token", "")).removeprefix("token-"))
                s.send(json.dumps({"status": "OK", "seq_reply": given["seq"]}))
                if s.who and not known:
                    self.hello(s)
            elif given.get("action") == "ping":
                s.send(json.dumps({"status": "OK", "data": {"text": "pong", "version": "10.12.0.lab", "server_time": self.now(), "node_id": "lab"}, "seq_reply": given["seq"]}))

    def closed(self, s):
        with self.lock:
            s.open = False
            self.sockets = [x for x in self.sockets if x is not s]

    @staticmethod
    def send(s, event, data, broadcast):
        s.seq += 1
        s.send(json.dumps({"event": event, "data": data, "broadcast": {"omit_users": None, "user_id": "", "channel_id": "", "team_id": "", **broadcast}, "seq": s.seq}))

    def tell(self, channel, event, data):
        for s in list(self.sockets):
            if s.open and s.who and s.who in channel["members"]:
                self.send(s, event, data, {"channel_id": channel["id"]})

    # -- posts -----------------------------------------------------------------------------------------------------------------------

    def shown(self, post):
        return {"edit_at": 0, "delete_at": 0, "original_id": "", "hashtags": "", "pending_post_id": "", "root_id": "", "type": "", "props": {}, "metadata": {}, "file_ids": [], **post}

    def add(self, channel, user, **post):
        at = self.now()
        post = {"id": self.new_id("post"), "create_at": at, "update_at": at, "channel_id": channel["id"], "user_id": user, **post}
        self.state["posts"][post["id"]] = post
        self.save()
        self.tell(channel, "posted", {"post": json.dumps(self.shown(post)), "channel_type": channel["type"], "channel_name": channel["name"],
                                      "channel_display_name": channel["display_name"], "sender_name": "@" + USERS[user], "team_id": channel["team_id"], "set_online": True})
        return self.shown(post)

    def create(self, user, given):
        channel = self.channel(given.get("channel_id", ""), user)
        if channel["delete_at"]:
            raise Refusal(400, "api.post.create_post.can_not_post_to_deleted.error", "Can not post to deleted channel.")
        if len(given.get("message", "")) > LONGEST:
            raise Refusal(400, "model.post.is_valid.msg.app_error", "Post message is too long")
        pending = given.get("pending_post_id", "")
        known = self.pending.get((user, pending))
        if pending and known and time.monotonic() - known[1] < 30:
            return self.shown(self.state["posts"][known[0]])
        post = self.add(channel, user, message=given.get("message", ""), root_id=given.get("root_id", ""), props=given.get("props") or {})
        self.pending[(user, pending)] = (post["id"], time.monotonic())
        return post

    def post(self, given, user=None):
        found = self.state["posts"].get(given)
        if not found or found.get("delete_at"):
            raise Refusal(404, "app.post.get.app_error", "Unable to get the post.")
        if user and found["user_id"] != user:
            raise Refusal(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.")
        return found

    def posts(self, channel, query):
        """Newest first by page; `after`: those that came after that post, page by page from there; `since`: those that were written, edited or deleted since, 1,000 at most."""
        if "since" in query:
            changed = [p for p in self.state["posts"].values() if p["channel_id"] == channel["id"] and p.get("update_at", p["create_at"]) > int(query["since"])]
            changed = sorted(changed, key=lambda p: -p["create_at"])[:1000]
            return {"order": [p["id"] for p in changed], "posts": {p["id"]: self.shown(p) for p in changed}, "next_post_id": "", "prev_post_id": ""}
        of = sorted((p for p in self.state["posts"].values() if p["channel_id"] == channel["id"] and not p.get("delete_at")), key=lambda p: p["create_at"])
        page, size = int(query.get("page", 0)), min(int(query.get("per_page", 60)), 200)
        if "after" in query:
            base = self.state["posts"].get(query["after"])
            of = [p for p in of if base and p["create_at"] > base["create_at"]][page * size:(page + 1) * size][::-1]
        else:
            of = of[::-1][page * size:(page + 1) * size]
        return {"order": [p["id"] for p in of], "posts": {p["id"]: self.shown(p) for p in of}, "next_post_id": "", "prev_post_id": ""}

    # -- REST ------------------------------------------------------------------------------------------------------------------------

    def channel(self, given, user, inside=True):
        found = self.state["channels"].get(given)
        if not found:
            raise Refusal(404, "app.channel.get.existing.app_error", "Unable to find the existing channel.")
        if inside and user not in found["members"]:
            raise Refusal(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.")
        return found

    @staticmethod
    def public(channel):
        return {k: channel[k] for k in ("id", "team_id", "type", "name", "display_name", "header", "create_at", "delete_at")} | {"purpose": "", "update_at": channel["create_at"]}

    def enter(self, channel, user, by):
        if user not in channel["members"]:
            channel["members"].append(user)
            self.save()
            self.tell(channel, "user_added", {"user_id": user, "team_id": channel["team_id"]})
            if channel["type"] != "D":
                self.add(channel, by, type="system_add_to_channel" if by != user else "system_join_channel", message=f"{USERS[user]} joined the channel.")

    def call(self, method, path, query, user, given):
        """Status and body."""
        channels = self.state["channels"]
        if (method, path) == ("GET", ["users", "me"]):
            return 200, user_json(user)
        if (method, path) == ("POST", ["users", "ids"]):
            return 200, [user_json(u) for u in given if u in USERS]
        if method == "GET" and path[0] == "users" and len(path) == 2:
            if path[1] not in USERS:
                raise Refusal(404, "app.user.missing_account.const", "Unable to find the user.")
            return 200, user_json(path[1])
        if method == "GET" and path[:2] == ["teams", "name"] and len(path) == 3:
            if path[2] != TEAM["name"]:
                raise Refusal(404, "app.team.get_by_name.missing.app_error", "Unable to find the existing team.")
            return 200, TEAM
        if method == "GET" and path[0] == "teams" and path[2:4] == ["channels", "name"]:
            found = next((c for c in channels.values() if c["name"] == path[4] and c["team_id"] == path[1] and not c["delete_at"]), None)
            if not found or (found["type"] == "P" and user not in found["members"]):
                raise Refusal(404, "app.channel.get_by_name.missing.app_error", "Channel does not exist.")
            return 200, self.public(found)
        if (method, path) == ("POST", ["channels"]):
            name = given.get("name", "")
            if not name or len(name) > 64 or name != name.lower() or not all(c.isalnum() or c in "-_" for c in name) or not name[0].isalnum():
                raise Refusal(400, "model.channel.is_valid.1_or_more.app_error", "Invalid channel name.")
            if any(c["name"] == name for c in channels.values()):
                raise Refusal(400, "store.sql_channel.save_channel.exists.app_error", "A channel with that name already exists on the same team.")
            channel = {"id": self.new_id("chan"), "team_id": given["team_id"], "type": given["type"], "name": name, "display_name": given.get("display_name") or name, "header": "",
                       "create_at": self.now(), "delete_at": 0, "members": [user]}
            channels[channel["id"]] = channel
            self.save()
            return 201, self.public(channel)
        if (method, path) == ("POST", ["channels", "direct"]):
            if any(u not in USERS for u in given) or user not in given:
                raise Refusal(400, "api.channel.create_direct_channel.invalid_user.app_error", "Invalid user ID.")
            name = "__".join(sorted(given))
            channel = next((c for c in channels.values() if c["name"] == name), None)
            if not channel:
                channel = {"id": self.new_id("chan"), "team_id": "", "type": "D", "name": name, "display_name": "", "header": "", "create_at": self.now(), "delete_at": 0,
                           "members": list(dict.fromkeys(given))}
                channels[channel["id"]] = channel
                self.save()
            return 201, self.public(channel)
        if path[0] == "channels" and path[2:] == ["members"] and method == "POST":
            if (known := channels.get(path[1])) and known["type"] == "P" and user not in known["members"]:
                raise Refusal(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.")
            channel = self.channel(path[1], user, inside=given.get("user_id") != user)
            if given.get("user_id") not in USERS:
                raise Refusal(404, "app.user.missing_account.const", "Unable to find the user.")
            self.enter(channel, given["user_id"], user)
            return 201, {"channel_id": channel["id"], "user_id": given["user_id"]}
        if path[0] == "channels":
            channel = self.channel(path[1], user)
            if method == "GET" and len(path) == 2:
                return 200, self.public(channel)
            if method == "DELETE" and len(path) == 2:  # archived: it can be restored
                if channel["delete_at"]:
                    raise Refusal(400, "api.channel.delete_channel.deleted.app_error", "The channel has been archived or deleted.")
                self.add(channel, user, type="system_channel_deleted", message=f"{USERS[user]} archived the channel.", props={"username": USERS[user]})
                channel["delete_at"] = self.now()
                self.save()
                self.tell(channel, "channel_deleted", {"channel_id": channel["id"], "delete_at": channel["delete_at"]})
                return 200, {"status": "OK"}
            if method == "GET" and path[2] == "members":
                page, size = int(query.get("page", 0)), int(query.get("per_page", 60))
                return 200, [{"channel_id": channel["id"], "user_id": u, "roles": "channel_user"} for u in channel["members"][page * size:(page + 1) * size]]
            if method == "GET" and path[2] == "posts":
                return 200, self.posts(channel, query)
            if method == "DELETE" and path[2] == "members" and path[3] == user:
                channel["members"].remove(user)
                self.save()
                self.tell(channel, "user_removed", {"user_id": user, "remover_id": user})
                for s in [s for s in self.sockets if s.open and s.who == user]:  # told alone, and otherwise
                    self.send(s, "user_removed", {"channel_id": channel["id"], "remover_id": user}, {"user_id": user})
                return 200, {"status": "OK"}
            if method == "PUT" and path[2] == "patch":
                old, channel["header"] = channel["header"], given.get("header", channel["header"])
                self.save()
                self.tell(channel, "channel_updated", {"channel": json.dumps(self.public(channel))})
                self.add(channel, user, type="system_header_change", message="updated the channel header", props={"old_header": old, "new_header": channel["header"], "username": USERS[user]})
                return 200, self.public(channel)
        if (method, path) == ("POST", ["posts"]):
            return 201, self.create(user, given)
        if path[0] == "posts" and path[2:] == ["files", "info"] and method == "GET":
            post = self.post(path[1])
            self.channel(post["channel_id"], user)
            return 200, [{k: f[k] for k in ("id", "name", "size")} | {"post_id": post["id"], "mime_type": "application/octet-stream"} for f in post.get("metadata", {}).get("files", [])]
        if path[0] == "posts" and method == "GET":
            found = self.state["posts"].get(path[1])
            if not found:
                raise Refusal(404, "app.post.get.app_error", "Unable to get the post.")
            return 200, self.shown(found)
        if path[0] == "posts" and (method, path[2:]) == ("PUT", ["patch"]):
            post = self.post(path[1], user)
            post.update(message=given.get("message", post["message"]), edit_at=(at := self.now()), update_at=at)
            self.save()
            self.tell(self.state["channels"][post["channel_id"]], "post_edited", {"post": json.dumps(self.shown(post))})
            return 200, self.shown(post)
        if path[0] == "posts" and method == "DELETE":
            post = self.post(path[1], user)
            post.update(delete_at=(at := self.now()), update_at=at)
            self.save()
            self.tell(self.state["channels"][post["channel_id"]], "post_deleted", {"post": json.dumps(self.shown(post)), "delete_by": user})
            return 200, {"status": "OK"}
        if (method, path) == ("POST", ["reactions"]) or (method == "DELETE" and path[0] == "users" and path[4:5] == ["reactions"]):
            given = given or {"user_id": path[1], "post_id": path[3], "emoji_name": path[5]}
            if given["user_id"] != user:
                raise Refusal(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.")
            reaction = self.react(user, self.post(given["post_id"]), given["emoji_name"], method == "POST")
            return (201, reaction) if method == "POST" else (200, {"status": "OK"})
        raise Refusal(404, "api.context.404.app_error", "Sorry, we could not find the page.")

    def react(self, user, post, emoji, adds):
        """A post shows who reacted to it, and counts as changed by it though not as edited."""
        reaction = {"user_id": user, "post_id": post["id"], "emoji_name": emoji, "create_at": (at := self.now()), "update_at": at, "delete_at": 0, "channel_id": post["channel_id"]}
        others = [r for r in post.get("metadata", {}).get("reactions", []) if (r["user_id"], r["emoji_name"]) != (user, emoji)]
        post["metadata"] = {**post.get("metadata", {}), "reactions": others + [reaction] * adds}
        post.update(update_at=at, has_reactions=bool(post["metadata"]["reactions"]))
        self.save()
        self.tell(self.state["channels"][post["channel_id"]], "reaction_added" if adds else "reaction_removed", {"reaction": json.dumps(reaction)})
        return reaction

    def lab(self, what, given):
        named = next((c for c in self.state["channels"].values() if given.get("channel") in (c["id"], c["name"])), None)
        if what == "say":
            self.enter(named, IDS[given["user"]], IDS[given["user"]])
            files = [{"id": self.new_id("file"), "name": f["name"], "size": f.get("size", len(f["text"].encode()))} for f in given.get("files", [])]
            for told, f in zip(files, given.get("files", [])):
                self.files[told["id"]] = f["text"].encode()
            return self.add(named, IDS[given["user"]], message=given["text"], file_ids=[f["id"] for f in files], metadata={"files": files} if files else {})
        if what == "react":
            return self.react(IDS[given["user"]], self.post(given["post"]), given["name"], given.get("adds", True))
        if what == "fill":
            for n in range(given["times"]):
                at = self.now()
                post = {"id": self.new_id("post"), "create_at": at, "update_at": at, "channel_id": named["id"], "user_id": IDS[given["user"]], "message": f"missed {n}"}
                self.state["posts"][post["id"]] = post
            self.save()
        if what == "rename":  # by hand
            named["name"] = named["display_name"] = given["name"]
            self.save()
        if what == "end":  # by hand: it can be brought back
            named["delete_at"] = self.now()
            self.save()
        if what == "revoke":  # the token is none any more; `cut`: and its socket is closed, as the server does for a session that ends
            self.revoked.add(IDS[given["user"]])
            for s in [s for s in self.sockets if given.get("cut") and s.who == IDS[given["user"]]]:
                s.cut()
        if what == "refuse":
            self.refusals[given["path"]] = given.get("times", 1)
        if what == "posts":
            return {"posts": sorted((p for p in self.state["posts"].values() if named and p["channel_id"] == named["id"]), key=lambda p: p["create_at"]), "header": named and named["header"], "members": named and named["members"], "archived": bool(named and named["delete_at"])}
        if what == "cut":
            for s in [s for s in self.sockets if s.who == IDS[given["user"]]]:
                s.cut()
        return {}


class Answers(Handler):
    content_type = "application/json"  # as it is, or its own client does not read it
    mattermost = None

    def handle_any(self):
        url = urllib.parse.urlparse(self.path)
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        user = IDS.get(token.removeprefix("token-")) if scheme.lower() == "bearer" and token.startswith("token-") else None
        if user in self.mattermost.revoked:
            user = None
        if url.path == "/api/v4/websocket" and "Sec-WebSocket-Key" in self.headers:
            if token and not user:
                return self.answer({"id": "api.context.session_expired.app_error", "message": "Invalid or expired session, please login again.", "status_code": 401}, 401)
            return self.websocket(user, self.mattermost.opened, self.mattermost.said, self.mattermost.closed)
        given = self.given()
        if user and url.path.startswith("/api/v4/files/") and (held := self.mattermost.files.get(url.path.removeprefix("/api/v4/files/"))) is not None:
            self.send_response_only(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(len(held)))
            self.end_headers()
            return self.wfile.write(held)
        with self.mattermost.lock:
            if url.path.startswith("/lab/"):
                status, body = 200, self.mattermost.lab(url.path.removeprefix("/lab/"), given)
            elif not user:
                status, body = 401, {"id": "api.context.session_expired.app_error", "message": "Invalid or expired session, please login again.", "status_code": 401}
            elif self.mattermost.refusals.get(url.path, 0) > 0:
                self.mattermost.refusals[url.path] -= 1
                return self.answer({"id": "api.rate_limit", "message": "limit exceeded", "status_code": 429}, 429, X_RateLimit_Limit=10, X_RateLimit_Remaining=0, X_RateLimit_Reset=1)
            else:
                try:
                    path = [urllib.parse.unquote(p) for p in url.path.removeprefix("/api/v4/").split("/")]
                    status, body = self.mattermost.call(self.command, path, dict(urllib.parse.parse_qsl(url.query)), user, given)
                except Refusal as e:
                    status, body = e.status, e.body
        self.answer(body, status)

    do_GET = do_POST = do_PUT = do_DELETE = handle_any


def serve(folder, port, tls=None):
    return listen(type("MattermostAnswers", (Answers,), {"mattermost": Mattermost(folder)}), port, tls)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), (int(sys.argv[3]), sys.argv[4], sys.argv[5]) if len(sys.argv) > 5 else None)
    signal.pause()
