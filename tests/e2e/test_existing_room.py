# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident moves into the room where people talk about it already: joined, read back to the beginning, never set up or renamed by us."""
import datetime

from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, wait_until


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


class AnIncidentInARoomThatIsThere(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core)
        cls.room = "ops@" + cls.prosody.muc
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.eve = Person(lab, "eve", cls.prosody.c2s_port)
        cls.bob.make_room(cls.room, "Operations")
        cls.eve.join(cls.room)
        cls.eve.say(cls.room, "lunch was good")
        cls.before_it_began = now()
        wait_until(lambda: now() > cls.before_it_began, 5, "the server's clock, which counts seconds, has gone on")
        cls.began = now()
        cls.eve.say(cls.room, "checkout looks slow to me")
        cls.bob.say(cls.room, "!log I see it too")  # said before the console was here: history, and no command

    def settings(self):
        """What the server keeps of the room itself, without who was in it."""
        return self.prosody.stored()["conference%2elocalhost/config/ops.dat"]

    def messages(self, incident="INC-1"):
        return [(e["actor"], e["text"], e["replayed"]) for e in self.core.timeline(kind="message", incident=incident, room=self.room) if "Quarterdeck" not in e["actor"]
                and not e["reference"].startswith("ic@")]

    def test_01_addresses_that_are_no_rooms_here_are_refused_and_nothing_is_declared(self):
        for address in ("ops", "ops@elsewhere.example", "bob@localhost", "@" + self.prosody.muc):
            said = self.core.refused("declare", "--title", "Checkout is slow", "--room", address)
            self.assertIn("is not a room of a chat connection here: chat has NAME@conference.localhost.", said)
        self.assertEqual(self.core.run("declare", "--title", "x", "--room", self.room, "--no-room").returncode, 2)
        self.assertEqual(self.core.get("incidents"), [])

    def test_02_declared_with_the_room_it_is_joined_and_its_history_is_on_the_timeline(self):
        type(self).before = self.settings()
        self.core.ctl("declare", "--title", "Checkout is slow", "--severity", "SEV2", "--since", self.began.isoformat().replace("+00:00", "Z"), "--room", self.room)
        rooms = wait_until(lambda: self.core.incident()["rooms"], 30, "the incident has its room")
        self.assertEqual(rooms, [{"connection": "chat", "room": self.room, "created": False, "attached": True, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
        wait_until(lambda: len(self.messages()) == 2, 20, "what was said since it began is there")
        self.assertEqual(self.messages(), [("eve", "checkout looks slow to me", True), ("bob", "!log I see it too", True)])
        self.assertEqual(self.core.timeline(kind="log"), [])
        self.assertEqual(self.core.timeline(kind="refused"), [])
        self.assertTrue(self.core.timeline(kind="room", text=f"room attached: {self.room}"))

    def test_03_the_room_is_greeted_and_stays_as_its_owner_set_it_up(self):
        self.bob.wait_for("INC-1 SEV2 active: Checkout is slow")
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 20, "everything posted is confirmed")
        self.assertEqual([d for d in self.core.get("deliveries") if d["effect"] in ("room", "topic")], [])
        self.assertEqual(self.settings(), self.before)

    def test_04_from_now_on_it_is_the_incidents_room(self):
        self.eve.say(self.room, "it is the pool")
        wait_until(lambda: ("eve", "it is the pool", False) in self.messages(), 20, "the message is there")
        self.bob.say(self.room, "!log restarted the pool")
        wait_until(lambda: self.core.timeline(kind="log", text="restarted the pool", actor="bob"), 20, "the command was obeyed")
        self.core.ctl("log", "watching it")
        self.eve.wait_for("watching it")

    def test_05_a_room_is_of_one_open_incident(self):
        said = self.core.refused("declare", "--title", "Another", "--room", self.room.upper())
        self.assertIn(f"{self.room} is the room of INC-1, which is open", said)
        self.core.ctl("declare", "--title", "Search is down", "--severity", "SEV3", "--no-room")
        self.assertIn("INC-1, which is open", self.core.refused("room", "--incident", "INC-2", "--attach", self.room))
        self.assertIn("is a room of INC-1 already", self.core.refused("room", "--incident", "INC-1", "--attach", self.room))

    def test_06_a_room_that_is_not_there_is_not_made_and_that_is_said(self):
        nowhere = "nowhere@" + self.prosody.muc
        self.core.ctl("room", "--incident", "INC-2", "--attach", nowhere)
        failed = wait_until(lambda: [d for d in self.core.get("deliveries") if d["delivery"] == "failed"], 20, "it failed")[0]
        self.assertEqual((failed["effect"], failed["room"], failed["reason"]), ("attach-room", nowhere, f"there is no room {nowhere}"))
        self.assertTrue(self.core.timeline(kind="room", incident="INC-2", text=f"room not attached: {nowhere}: there is no room {nowhere}"))
        self.assertEqual(self.core.incident("INC-2")["rooms"], [])
        self.assertEqual(self.bob.rooms(self.prosody.muc), [self.room])
        self.assertFalse(any("nowhere" in name for name in self.prosody.stored()))
        self.assertEqual(self.core.source("chat")["state"], "live")

    def test_07_a_declared_incident_gets_an_existing_room_too(self):
        second = "search@" + self.prosody.muc
        self.bob.make_room(second, "Search people")
        self.core.ctl("room", "--incident", "INC-2", "--attach", second)
        wait_until(lambda: [r["room"] for r in self.core.incident("INC-2")["rooms"]] == [second], 20, "it is its room")
        since = len(self.bob.seen)
        self.core.ctl("log", "--incident", "INC-2", "index rebuilt")
        self.bob.wait_for("index rebuilt", since=since)

    def test_08_nothing_said_while_the_core_was_down_is_lost_or_told_twice(self):
        self.core.kill()
        self.eve.say(self.room, "are you still there?")
        self.core.serve()
        wait_until(lambda: ("eve", "are you still there?", True) in self.messages(), 30, "it is on the timeline")
        texts = [text for _, text, _ in self.messages()]
        self.assertEqual(len(texts), len(set(texts)), texts)
        self.assertNotIn("lunch was good", texts)
        self.assertEqual(len(self.core.timeline(kind="room", text=f"room attached: {self.room}")), 1)
        self.assertEqual(self.settings(), self.before)

    def test_09_when_its_incident_is_over_the_next_one_may_have_the_room(self):
        self.core.ctl("resolve", "INC-1", "--reason", "pool is larger now")
        self.eve.wait_for("INC-1 is resolved")
        start = now()
        wait_until(lambda: now() > start, 5, "the second is over")
        self.core.ctl("declare", "--title", "Checkout is slow again", "--severity", "SEV3", "--room", self.room)
        wait_until(lambda: self.core.incident("INC-3")["rooms"], 30, "it has the room")
        self.eve.say(self.room, "here we go again")
        wait_until(lambda: self.core.timeline(kind="message", incident="INC-3", text="here we go again"), 20, "it is told of what is said")
        self.assertEqual(self.core.timeline(kind="message", incident="INC-1", text="here we go again"), [])


if __name__ == "__main__":
    main()
