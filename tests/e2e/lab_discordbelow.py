# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands below a channel and a message of the small Discord (lab_discord.py): who sees it, threads, and the files of messages."""
import os
import urllib.parse

GUILD = "900000000000000001"
GUILDS = 1 << 0
VIEW = 1 << 10
HELD = VIEW | 1 << 4 | 1 << 6 | 1 << 11 | 1 << 16 | 1 << 38  # what the bots may in the guild, and so may give: see, manage, react, write, read what was said, write in threads


class Refusal(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.body = status, {"message": message, "code": code}


class Below:
    """Who sees a channel, threads, and the files of messages."""

    def sees(self, channel, user):
        """Unless the role everybody has, which has the guild's id, is denied it: then those who are let in one by one. A thread is seen by whoever sees its channel."""
        if channel["type"] == 1:
            return user in channel["recipients"]
        above = self.state["channels"].get(channel["parent_id"], channel) if channel["type"] == 11 else channel
        own = {o["id"]: o for o in above.get("permission_overwrites", [])}
        return bool(int(own.get(user, {}).get("allow", "0")) & VIEW) or not int(own.get(GUILD, {}).get("deny", "0")) & VIEW

    @staticmethod
    def overwrites(given):
        made = [{"id": o.get("id"), "type": o.get("type"), "allow": str(o.get("allow") or "0"), "deny": str(o.get("deny") or "0")} for o in given]
        if any(o["type"] not in (0, 1) or not (o["allow"] + o["deny"]).isdigit() for o in made):
            raise Refusal(400, 50035, "Invalid Form Body")
        if any((int(o["allow"]) | int(o["deny"])) & ~HELD for o in made):
            raise Refusal(403, 50013, "Missing Permissions")
        return made

    def threads(self, user, parent=None, archived=False):
        """Those in use of the whole server; those put away of one channel, the last put away first. With whoever asks in them or not."""
        found = [c for c in self.state["channels"].values() if c["type"] == 11 and self.sees(c, user) and c["thread_metadata"]["archived"] == archived and parent in (None, c["parent_id"])]
        return [self.shown(c) for c in sorted(found, key=lambda c: c["thread_metadata"]["archive_timestamp"], reverse=True)]

    def begin_thread(self, user, channel, given, message):
        """Begun from a message it has its id; a word of Discord's own is the first in it."""
        if not 1 <= len(given.get("name") or "") <= 100:
            raise Refusal(400, 50035, "Invalid Form Body")
        if channel["type"] not in (0, 5):
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        if message["id"] in self.state["channels"]:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        thread = {"id": message["id"], "type": 11, "guild_id": GUILD, "name": given["name"], "parent_id": channel["id"], "owner_id": user, "message_count": 0, "member_count": 1,
                  "in": [user], "thread_metadata": {"archived": False, "locked": False, "auto_archive_duration": 4320, "archive_timestamp": self.when(self.snowflake())}}
        self.state["channels"][thread["id"]] = thread
        self.save()
        self.tell(thread, "THREAD_CREATE", {**self.shown(thread), "newly_created": True}, GUILDS)
        self.add(thread, user, "", type=21, about=message["id"])
        return thread

    def put_away(self, thread, archived):
        thread["thread_metadata"] = {**thread["thread_metadata"], "archived": archived, "archive_timestamp": self.when(self.snowflake())}
        self.save()
        self.tell(thread, "THREAD_UPDATE", self.shown(thread), GUILDS)

    def attachment(self, f):
        """Its address is signed anew whenever the message is asked for, and an old one is good for nothing (Discord: a day)."""
        where = f.get("at")
        if not where:
            f["signed"] = os.urandom(8).hex()
            where = f"{self.origin}/attachments/{f['id']}/{urllib.parse.quote(f['name'])}?ex=1&is=1&hm={f['signed']}"
        return {"id": f["id"], "filename": f["name"], "size": f.get("size", len(f["text"].encode())), "url": where, "proxy_url": where, "content_type": "text/plain; charset=utf-8"}

    def file(self, number, signed):
        return next((f["text"].encode() for m in self.state["messages"].values() for f in m.get("files", []) if f["id"] == number and f.get("signed") == signed), None)
