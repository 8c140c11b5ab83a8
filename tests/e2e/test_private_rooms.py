# SPDX-License-Identifier: GPL-3.0-or-later
"""The room of a restricted incident, on a real XMPP server, a real IRC network and the fake of Discord: closed from its first moment, found and entered by nobody who was not
asked in, entered again after a kill, and never one of its name that others see."""
import os

import lab_discord
from lab_chat import Person
from lab_irc import Ircd, IrcPerson
from lab_servers import Line, Prosody
from quarterdeck_lab import Core, Story, free_port, main, request, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine
SERVICES = """
[[business]]
id = "payroll"
data = "restricted"
[[service]]
id = "salaries"
carries = ["payroll"]
"""
TITLE = "Salaries are readable"


class Restricted(Story):
    """What the stories share; each has a platform of its own. Its core is bound to bob; eve is somebody else."""

    bob_address = host = None
    bound = "chat"  # what addresses of that platform stand under

    @classmethod
    def begin(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace:
            with open(workspace / "people.toml", "a") as people:
                people.write(f'\n[[person]]\nid = "bob"\nname = "Bob"\n{cls.bound} = ["{cls.bob_address}"]\n')
            (workspace / "services.toml").write_text(SERVICES)

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live")

    def declare(self):
        self.core.ctl("declare", "--title", TITLE, "--severity", "SEV3", "--service", "salaries")

    def made(self):
        self.declare()
        room = wait_until(lambda: self.core.incident()["rooms"], 40, "the incident has its room")[0]
        self.assertEqual((room["room"], room["created"], room["isPrivate"]), (f"inc-1@{self.host}", True, True))
        self.assertTrue(self.core.timeline(kind="room", text=f"private room created: inc-1@{self.host}"))
        self.core.ctl("task", "close it", "--to", "bob", "--incident", "INC-1")
        wait_until(lambda: [(d["person"], d["delivery"]) for d in self.core.get("deliveries") if d["effect"] == "invite"] == [("bob", "confirmed")], 30, "bob is asked in")

    def none_is_taken(self):
        """Where others see a room of that name, the incident has none, and says why."""
        self.declare()
        told = wait_until(lambda: [e["text"] for e in self.core.timeline(kind="room", incident="INC-2") if e["text"].startswith("room not created: ")], 40, "why there is none is said")
        self.core.ctl("log", "said to nobody", "--incident", "INC-2")
        self.assertEqual(self.core.incident("INC-2")["rooms"], [])
        return told[0]


class OnXmpp(Restricted):
    bob_address, host, bound = "bob@localhost", "conference.localhost", "xmpp"

    @classmethod
    def build(cls):
        cls.begin()
        cls.prosody = Prosody(cls.lab).start()
        cls.prosody.connect(cls.core, seconds=RECONNECT)
        cls.bob, cls.eve = (Person(cls.lab, name, cls.prosody.c2s_port) for name in ("bob", "eve"))

    def shut_out(self, room):
        with self.assertRaises(AssertionError) as refused:
            self.eve.join(room, seconds=20)
        self.assertIn("cannot join", str(refused.exception))

    def test_01_who_was_not_asked_in_neither_finds_nor_enters_it(self):
        self.made()
        self.assertNotIn(f"inc-1@{self.host}", self.eve.rooms(self.host))
        self.shut_out(f"inc-1@{self.host}")
        self.assertNotIn(TITLE, self.eve.about(f"inc-1@{self.host}"), "nor is told what it is about")

    def test_02_who_was_asked_in_reads_and_writes(self):
        wait_until(lambda: self.bob.invitations, 20, "bob's client has the invitation")
        self.bob.join(f"inc-1@{self.host}")
        self.core.ctl("log", "closed the door", "--incident", "INC-1")
        self.bob.wait_for("closed the door")
        self.bob.say(f"inc-1@{self.host}", "!log who had the key?")
        wait_until(lambda: self.core.timeline(kind="log", text="who had the key?", actor="bob"), 20, "the command was obeyed")

    def test_03_killed_and_started_again_the_core_is_in_it_and_eve_is_not(self):
        self.core.kill()
        self.core.serve()
        self.live()
        self.core.ctl("log", "back again", "--incident", "INC-1")
        self.bob.wait_for("back again", 40)
        self.shut_out(f"inc-1@{self.host}")

    def test_04_a_room_that_everybody_may_enter_is_never_taken_for_it(self):
        self.eve.make_room(f"inc-2@{self.host}", "For all")
        self.assertIn("everybody may enter", self.none_is_taken())
        self.assertEqual([m for m in self.eve.seen if "said to nobody" in str(m) or TITLE in str(m)], [])


class OnIrc(Restricted):
    bob_address, host = "bob@irc.test", "irc.test"

    @classmethod
    def build(cls):
        cls.begin()
        cls.ircd = Ircd(cls.lab).start()
        cls.line = Line(cls.lab, cls.ircd.web_port)
        cls.ircd.connect(cls.core, port=cls.line.port, seconds=RECONNECT)
        cls.bob, cls.eve = IrcPerson(cls.ircd, "bob"), IrcPerson(cls.ircd, "eve")

    def shut_out(self):
        before = len(self.eve.lines)
        self.eve.send("JOIN #inc-1")
        wait_until(lambda: any(" 473 eve #inc-1 " in line for line in list(self.eve.lines)[before:]), 20, "eve is refused")

    def test_01_who_was_not_asked_in_neither_finds_nor_enters_it(self):
        self.made()
        self.eve.send("LIST")
        wait_until(lambda: any(" 323 " in line for line in list(self.eve.lines)), 20, "the server lists its channels")
        self.assertFalse([line for line in list(self.eve.lines) if " 322 " in line and "#inc-1" in line])
        self.shut_out()

    def test_02_who_was_asked_in_reads_and_writes(self):
        wait_until(lambda: any(" INVITE bob " in line and "#inc-1" in line for line in list(self.bob.lines)), 20, "bob is told")
        self.bob.join("#inc-1")
        self.core.ctl("log", "closed the door", "--incident", "INC-1")
        self.bob.wait_for("closed the door")
        self.bob.say("#inc-1", "!log who had the key?")
        wait_until(lambda: self.core.timeline(kind="log", text="who had the key?", actor="bob"), 20, "the command was obeyed")

    def test_03_a_cut_shuts_nobody_out_who_was_let_in(self):
        self.line.cut()
        wait_until(lambda: self.core.source("chat")["state"] != "live", 60, "the cut is noticed")
        self.line.mend()
        self.live()
        self.core.ctl("log", "back again", "--incident", "INC-1")
        self.bob.wait_for("back again", 40)
        before = len(self.bob.lines)
        self.bob.send("PART #inc-1")
        self.bob.send("JOIN #inc-1")
        wait_until(lambda: any(" 366 bob #inc-1 " in line for line in list(self.bob.lines)[before:]), 20, "bob comes in again")
        self.shut_out()

    def test_04_killed_and_started_again_the_core_is_in_it(self):
        self.core.kill()
        self.core.serve()
        self.live()
        self.core.ctl("log", "and once more", "--incident", "INC-1")
        self.bob.wait_for("and once more", 40)

    def test_05_a_channel_that_everybody_may_enter_is_never_taken_for_it(self):
        self.eve.join("#inc-2")
        self.assertIn("others may come in, or see it", self.none_is_taken())
        self.assertEqual((self.eve.heard("", "#inc-2"), self.eve.topics.get("#inc-2")), ([], None))


class OnDiscord(Restricted):
    bob_address, host = f"{lab_discord.IDS['eve']}@discord.test", "discord.test"

    @classmethod
    def build(cls):
        cls.begin()
        cls.port = free_port()
        lab_discord.serve(cls.lab.folder("discord"), cls.port)
        token = cls.lab.write("ic.token", "token-ic\n")
        os.chmod(token, 0o600)
        cls.core.connect("discord", "chat", url=f"http://127.0.0.1:{cls.port}/api/v10", network=cls.host, guild=lab_discord.GUILD, category=lab_discord.CATEGORY, token_file=token)
        cls.core.ctl("arm", "chat", "--allow", "rooms,posts")
        cls.live()

    def discord(self, what, **given):
        return request("POST", f"http://127.0.0.1:{self.port}/lab/{what}", given).json

    def as_bob(self, path):
        """What another bot of the server is answered."""
        return request("GET", f"http://127.0.0.1:{self.port}/api/v10/{path}", headers={"Authorization": "Bot token-bob"}).status

    def test_01_who_was_not_let_in_reads_nothing_of_it(self):
        self.made()
        channel = self.discord("posts", channel="inc-1")["channel"]
        by = {o["id"]: (o["type"], int(o["allow"]), int(o["deny"])) for o in channel["permission_overwrites"]}
        self.assertEqual(by, {lab_discord.GUILD: (0, 0, 1 << 10), lab_discord.IDS["ic"]: (1, 68672, 0), lab_discord.IDS["eve"]: (1, 68672, 0)})
        self.assertEqual([self.as_bob(f"channels/{channel['id']}{more}") for more in ("", "/messages")], [403, 403])
        self.core.ctl("severity", "SEV2", "--incident", "INC-1", "--reason", "more of them")
        wait_until(lambda: not [d for d in self.core.get("deliveries") if d["delivery"] not in ("confirmed", "withheld")], 30, "all is written")
        self.assertFalse(self.discord("posts", channel="inc-1")["channel"]["topic"], "clients of people who may not see it are told its topic")

    def test_02_killed_and_started_again_the_core_is_in_it(self):
        self.core.kill()
        self.core.serve()
        self.live()
        self.discord("say", user="eve", channel="inc-1", text="!log closed it")
        wait_until(lambda: self.core.timeline(kind="log", text="closed it", actor="bob"), 20, "it is heard again")

    def test_03_a_channel_that_everybody_sees_is_never_taken_for_it(self):
        self.discord("make", name="inc-2")
        self.assertIn("others see", self.none_is_taken())
        self.assertEqual(self.discord("posts", channel="inc-2")["posts"], [])


if __name__ == "__main__":
    main()
