# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident in an IRC channel of a real network: made, heard, obeyed by account and never by nick, and after a cut it is said what was missed."""
from lab_irc import Ircd, IrcPerson
from lab_servers import Line
from quarterdeck_lab import Core, Story, main, request, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine
REACTIONS = "reactions set or taken back may not be shown"


class AnIncidentOnIrc(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace, open(workspace / "people.toml", "a") as f:
            f.write('\n[[person]]\nid = "bob"\nname = "Bob"\nchat = ["bob@irc.test"]\n')
        with core.changed_workspace() as workspace:
            settings = workspace / "settings.toml"
            settings.write_text(settings.read_text().replace("[workspace]\n", '[workspace]\nconference = "https://meet.example/inc-{{number}}"\n', 1))
        cls.ircd = Ircd(lab).start()
        cls.line = Line(lab, cls.ircd.web_port)
        cls.ircd.connect(core, allow="rooms,posts,pages", port=cls.line.port, seconds=RECONNECT)
        cls.push = f"{core.ready['listen']}/in/{core.connect('inbound', 'in')['key']}/api/v2/alerts"
        cls.bob = IrcPerson(cls.ircd, "bob")
        cls.eve = IrcPerson(cls.ircd, "eve")

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live")

    def gaps(self):
        """What may be missing, by every gap that was said."""
        return [e["text"].partition(" from ")[0].rstrip(",") for e in self.core.timeline(kind="gap")]

    def messages(self):
        return [(e["text"], e["replayed"]) for e in self.core.timeline(kind="message")]

    def test_01_declaring_makes_the_channel_and_sets_its_topic(self):
        self.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV2")
        rooms = wait_until(lambda: self.core.incident()["rooms"], 30, "the incident has its room")
        self.assertEqual(rooms, [{"connection": "chat", "room": "inc-1@irc.test", "created": True, "attached": False, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
        self.core.ctl("task", "look at the pool", "--to", "bob")
        wait_until(lambda: any(" INVITE bob " in line and "#inc-1" in line for line in list(self.bob.lines)), 20, "bob is asked in")
        self.bob.join("#inc-1")
        self.eve.join("#inc-1")
        wait_until(lambda: "Checkout is down" in self.bob.topics.get("#inc-1", ""), 20, "the channel has its topic")
        self.core.ctl("log", "looking at the pool")
        self.bob.wait_for("looking at the pool")
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 20, "everything written is confirmed")

    def test_02_what_is_said_there_is_on_the_timeline(self):
        self.eve.say("#inc-1", "the pool is \x02exhausted\x02")
        entry = wait_until(lambda: self.core.timeline(kind="message", text="the pool is exhausted"), 20, "it is there")[0]
        self.assertEqual(entry["replayed"], False)

    def test_03_a_bound_account_commands_under_any_nick(self):
        self.bob.say("#inc-1", "!log restarted the pool")
        wait_until(lambda: self.core.timeline(kind="log", text="restarted the pool", actor="bob"), 20, "the command was obeyed")
        self.bob.send("NICK robert")
        self.bob.nick = "robert"
        self.assertEqual(request("POST", self.push, [{"labels": {"alertname": "PoolExhausted"}}]).status, 200)
        key = wait_until(lambda: self.core.alert(alertname="PoolExhausted")["key"], 20, "the alert is there")
        self.bob.say("#inc-1", f"ic: !ack {key}")
        wait_until(lambda: self.core.alert(alertname="PoolExhausted")["workflow"] == "acknowledged", 20, "it is acknowledged")
        self.bob.say("#inc-1", "!take")
        self.bob.wait_for("Bob is Incident Commander.")
        self.assertEqual([(link["title"], link["url"]) for link in self.core.incident()["links"]], [("conference", "https://meet.example/inc-1")])
        self.bob.say("#inc-1", "!status")
        self.bob.wait_for("conference: https://meet.example/inc-1")
        self.bob.say("#inc-1", "!done the pool was too small")  # the only task of his
        self.bob.wait_for("Task 1 is done.")
        self.assertEqual(self.core.incident()["tasks"][0]["note"], "the pool was too small")
        self.bob.say("#inc-1", "!sev SEV1 everybody is hit")
        wait_until(lambda: self.bob.topics.get("#inc-1", "").startswith("SEV1"), 20, "the channel's topic says what is so")

    def test_04_nobody_commands_by_nick(self):
        mallory = IrcPerson(self.ircd, "bob", account=None)  # the nick is free now, and proves nothing
        mallory.join("#inc-1")
        before = len(self.core.timeline(kind="log"))
        mallory.say("#inc-1", "!log I am bob")
        self.eve.say("#inc-1", "!log I am bound to nobody")
        wait_until(lambda: len(self.core.timeline(kind="refused")) >= 2 or self.eve.heard("bound"), 20, "it was refused")
        wait_until(lambda: ("!log I am bob", False) in self.messages(), 20, "it was heard all the same")
        self.assertEqual(len(self.core.timeline(kind="log")), before)
        mallory.leave()

    def test_05_what_is_said_during_a_cut_comes_afterwards(self):
        self.line.cut()
        wait_until(lambda: self.core.source("chat")["state"] != "live", 60, "the cut is noticed")
        self.eve.say("#inc-1", "said during the cut")
        self.bob.say("#inc-1", "!log too late to be a command")
        self.core.ctl("log", "written during the cut")
        self.line.mend()
        self.live()
        self.eve.wait_for("written during the cut", 60)
        wait_until(lambda: ("said during the cut", True) in self.messages(), 30, "it is on the timeline")
        self.assertEqual(len(self.eve.heard("written during the cut")), 1)
        self.assertEqual(self.core.timeline(kind="log", text="too late to be a command"), [])
        wait_until(lambda: self.gaps() == [REACTIONS], 20, "nothing that was said is missing; reactions are in no history, which is said")

    def test_06_a_killed_core_reads_on_where_it_stopped(self):
        self.core.kill()
        self.eve.say("#inc-1", "nobody listens")
        self.core.serve()
        self.live()
        wait_until(lambda: ("nobody listens", True) in self.messages(), 30, "it is on the timeline")
        texts = [text for text, _ in self.messages()]
        for text in ("said during the cut", "nobody listens", "the pool is exhausted"):
            self.assertEqual(texts.count(text), 1, text)
        wait_until(lambda: self.gaps() == [REACTIONS] * 2, 20, "one line a loss is said")

    def test_07_more_than_the_channel_keeps_is_a_gap_that_is_said(self):
        self.line.cut()
        wait_until(lambda: self.core.source("chat")["state"] != "live", 60, "the cut is noticed")
        for n in range(130):
            self.eve.send(f"PRIVMSG #inc-1 :noise {n}")
        self.eve.say("#inc-1", "the last of it")
        self.line.mend()
        self.live()
        wait_until(lambda: ("the last of it", True) in self.messages(), 60, "what the channel keeps is on the timeline")
        self.assert_becomes(self.gaps, [REACTIONS] * 2 + ["messages may be missing"], "where messages are missing, no more is said of reactions")
        self.assertNotIn(("noise 0", True), self.messages())

    def test_08_a_person_is_called_by_account(self):
        self.core.ctl("test-page", "bob")
        wait_until(lambda: [t for where, who, t in self.bob.said if where == "robert" and "test" in t.lower()], 30, "bob has the message")

    def test_09_the_password_is_in_no_file_but_its_own(self):
        self.core.assert_secret_only_in("pw-ic", "chat.password")


if __name__ == "__main__":
    main()
