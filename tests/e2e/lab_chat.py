# SPDX-License-Identifier: GPL-3.0-or-later
"""A second XMPP client, slixmpp over plain TCP on this machine (SCRAM): somebody else in the incident's room."""
import asyncio
import threading

from quarterdeck_lab import patient, wait_until

try:
    import slixmpp
except ImportError:
    raise SystemExit("python3-slixmpp is missing: install the Debian package python3-slixmpp") from None


class Message:
    def __init__(self, nick, text, stanza_id, archive_id, thread=""):
        self.nick, self.text, self.id, self.archive_id, self.thread = nick, text, stanza_id, archive_id, thread

    def __repr__(self):
        return f"<{self.nick}> {self.text}"


class Person:
    """Signed in from another client. Runs slixmpp in a thread of its own; all methods may be called from the test's."""

    def __init__(self, lab, user, port, nick=None):
        self.user, self.nick = user, nick or user
        self.invitations = []  # rooms this person was asked into
        self.seen = []  # every message of every room and to this person alone, in order
        self._online, self._stopped = threading.Event(), threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, args=(port,), daemon=True).start()
        lab.on_close(self.leave)
        assert self._online.wait(patient(20)), f"{user} cannot sign in"

    def _run(self, port):
        asyncio.set_event_loop(self._loop)
        client = self._client = slixmpp.ClientXMPP(f"{self.user}@localhost/other", f"pw-{self.user}")
        for plugin in ("xep_0030", "xep_0045", "xep_0308", "xep_0359", "xep_0444"):
            client.register_plugin(plugin)
        client.add_event_handler("session_start", self._on_start)
        client.add_event_handler("groupchat_message", self._on_message)
        client.add_event_handler("message", self._on_direct)
        client.add_event_handler("groupchat_invite", lambda message: self.invitations.append(message["from"].bare))
        client.connect(address=("127.0.0.1", port), use_ssl=False, force_starttls=False, disable_starttls=True)
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()
        self._stopped.set()

    def _on_start(self, _):
        self._client.send_presence()
        self._online.set()

    def _on_message(self, message):
        archive_id = message["stanza_id"]["id"] if message.get_plugin("stanza_id", check=True) is not None else ""
        if message["body"]:
            self.seen.append(Message(message["mucnick"], message["body"], message["id"], archive_id, message["thread"]))

    def _on_direct(self, message):
        if message["type"] in ("chat", "normal") and message["body"]:
            self.seen.append(Message(message["from"].bare, message["body"], message["id"], ""))

    def _call(self, function):
        done, result = threading.Event(), []

        def run():
            try:
                result.append(function())
            finally:
                done.set()
        self._loop.call_soon_threadsafe(run)
        assert done.wait(patient(10)) and result, f"{self.user}'s client does not do its work"
        return result[0]

    def leave(self):
        if not self._stopped.is_set():
            self._call(lambda: self._client.abort() or True)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._stopped.wait(5)

    def join(self, room, seconds=None):
        """`seconds`: how long an answer is waited for, where none is expected: who is shut out may be told nothing."""
        done = []

        async def enter():
            try:
                await self._client["xep_0045"].join_muc_wait(room, self.nick, maxstanzas=0, timeout=seconds or patient(20))
                done.append("joined")
            except Exception as e:
                done.append(repr(e))
        self._call(lambda: asyncio.ensure_future(enter(), loop=self._loop))
        wait_until(lambda: done, 80, f"{room} answers {self.user}")
        assert done == ["joined"], f"{self.user} cannot join {room}: {done[0]}"

    def occupants(self, room):
        """The nicks in a room as this client sees them."""
        return list(self._call(lambda: self._client["xep_0045"].get_roster(room)))

    def _await(self, coroutine, what):
        """The result of something slixmpp does."""
        done = []

        async def run():
            try:
                done.append((True, await coroutine()))
            except Exception as e:
                done.append((False, e))
        self._call(lambda: asyncio.ensure_future(run(), loop=self._loop))
        wait_until(lambda: done, 80, f"{self.user}: {what}")
        ok, result = done[0]
        assert ok, f"{self.user}: {what}: {result!r}"
        return result

    def rooms(self, host):
        """The public rooms a chat host has."""
        items = self._await(lambda: self._client["xep_0030"].get_items(jid=host, timeout=patient(20)), f"asks {host} for its rooms")
        return sorted(str(item[0]) for item in items["disco_items"]["items"])

    def about(self, room):
        """What a room tells whoever asks what it is."""
        return str(self._await(lambda: self._client["xep_0030"].get_info(jid=room, timeout=patient(20)), f"asks what {room} is"))

    def make_room(self, room, name):
        """A room of this person's own, set up as its owner likes it, with a topic."""
        self.join(room)

        async def set_up():
            muc = self._client["xep_0045"]
            form = await muc.get_room_config(room)
            form["type"] = "submit"
            form.set_values({"muc#roomconfig_roomname": name, "muc#roomconfig_roomdesc": "where we always talk", "muc#roomconfig_publicroom": True,
                             "muc#roomconfig_whois": "anyone"})
            await muc.set_room_config(room, form)
            muc.set_subject(room, f"topic of {name}")
            return True
        self._await(set_up, f"sets {room} up")

    def say(self, room, text, thread=None):
        """Posts and waits for the room's echo; gives the message."""
        def send():
            message = self._client.make_message(mto=room, mbody=text, mtype="groupchat")
            message["id"] = self._client.new_id()
            message["origin_id"]["id"] = message["id"]
            if thread:
                message["thread"] = thread
            message.send()
            return message["id"]
        sent = self._call(send)
        return wait_until(lambda: next((m for m in self.seen if getattr(m, "id", None) == sent), None), 20, f"{self.user} sees the own message")

    def tell(self, address, text):
        """To one address alone."""
        self._call(lambda: self._client.send_message(mto=address, mbody=text, mtype="chat") or True)

    def edit(self, room, message, text):
        """XEP-0308."""
        def send():
            correction = self._client.make_message(mto=room, mbody=text, mtype="groupchat")
            correction["id"] = self._client.new_id()
            correction["replace"]["id"] = message.id
            correction.send()
            return True
        self._call(send)

    def react(self, room, message, *emojis):
        """XEP-0444; in a room the reference is the id the room gave (its archive's)."""
        def send():
            reaction = self._client.make_message(mto=room, mtype="groupchat")
            reaction["id"] = self._client.new_id()
            self._client["xep_0444"].set_reactions(reaction, message.archive_id, emojis)
            reaction.send()
            return True
        self._call(send)

    def heard(self, text, since=0):
        """The messages that hold this text."""
        return [m for m in self.seen[since:] if isinstance(m, Message) and text in m.text]

    def wait_for(self, text, seconds=20, since=0):
        return wait_until(lambda: self.heard(text, since) or self._nothing(text), seconds, f"{self.user} reads {text!r}")[0]

    def _nothing(self, text):
        raise AssertionError(f"no {text!r} among {self.seen[-6:]}")
