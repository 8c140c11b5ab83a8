# SPDX-License-Identifier: GPL-3.0-or-later
"""What a chat platform does not take is said once in another's room, and stays where it was: a real XMPP server that is gone, with a real IRC network for the other room; and a
Slack (the fake) that asks for a long patience. A kill in between says nothing twice, and what the other room may not be told is withheld, which is said."""
import json
import os
import time

import lab_slack
from lab_irc import Ircd, IrcPerson
from lab_servers import Prosody, password_file
from quarterdeck_lab import Core, Story, eventually, free_port, main, request, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine
CLEARANCE = """
[[clearance]]
id = "war"
class = "confidential"
connections = ["chat"]
"""


class Elsewhere(Story):
    """A core with a connection "irc" that is armed for posts, and eve in #ops there."""

    @classmethod
    def begin(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace:
            (workspace / "clearance.toml").write_text(CLEARANCE)
        cls.ircd = Ircd(cls.lab).start()
        core.connect("irc", "irc", url=cls.ircd.url(), nick="ic", password_file=password_file(cls.lab, "ic"), network="irc.test")
        core.ctl("arm", "irc", "--allow", "posts")
        cls.live("irc")
        cls.eve = IrcPerson(cls.ircd, "eve")
        cls.eve.join("#ops")

    @classmethod
    def live(cls, name="chat"):
        wait_until(lambda: cls.core.source(name)["state"] == "live", RECONNECT, f"{name} is live")

    def post(self, text):
        """What is to be said of it in its own room, as `get deliveries` has it; what was withheld stands there, too, and is in no queue."""
        return next(d for d in self.core.get("deliveries") if d["effect"] == "post" and text in d["text"] and d["delivery"] != "withheld" and not d["insteadOf"])


class APlatformThatIsGone(Elsewhere):
    @classmethod
    def build(cls):
        cls.begin()
        cls.prosody = Prosody(cls.lab).start()
        options = {"url": cls.prosody.url(), "jid": "ic@localhost", "password_file": password_file(cls.lab, "ic"), "muc": cls.prosody.muc}
        cls.core.connect("xmpp", "chat", **options)
        cls.core.ctl("arm", "chat", "--allow", "rooms,posts")
        for wrong, why in (("irc", "names no other room"), ("nobody/ops", "no chat connection"), ("chat/war", "must be of another connection"), ("irc/ops@elsewhere.test", "is no room of irc")):
            refused = cls.core.run("connect", "xmpp", "--name", "chat", *(p for o, v in options.items() for p in ("--" + o.replace("_", "-"), v)), "--instead", wrong)
            assert refused.returncode == 1 and why in refused.stderr, refused.stderr
        cls.core.connect("xmpp", "chat", **options, instead="irc/ops", instead_after="5s")
        cls.live()
        cls.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV2")
        cls.room = wait_until(lambda: cls.core.incident()["rooms"], 30, "the incident has its room")[0]["room"]
        wait_until(lambda: {d["delivery"] for d in cls.core.get("deliveries")} == {"confirmed"}, 30, "all is written")

    def heads(self):
        return self.eve.heard(f"For {self.room} at chat, which has not taken it since ", "#ops")

    def test_01_what_it_does_not_take_is_said_in_the_other_room(self):
        self.assertEqual({s["name"]: (s["instead"], s["insteadAfter"]) for s in self.core.get("sources")}, {"chat": ("irc/ops@irc.test", "5s"), "irc": ("", None)})
        self.prosody.kill()
        wait_until(lambda: self.core.source("chat")["state"] != "live", 60, "that it is gone is noticed")
        self.core.ctl("log", "the pool is full")
        self.eve.wait_for("he pool is full", 40)
        self.assertTrue(self.heads())
        own = wait_until(lambda: (p := self.post("he pool is full")).get("instead") and p, 20, "the delivery says so")
        self.assertEqual((own["instead"], own["connection"], own["delivery"] in ("queued", "sent", "unknown")), ("irc/ops@irc.test", "chat", True))
        self.assertIn("irc/ops@irc.test", self.core.ctl("get", "deliveries").stdout)
        other = next(d for d in self.core.get("deliveries") if d.get("insteadOf") == own["number"])
        self.assertEqual((other["connection"], other["room"]), ("irc", "ops@irc.test"))
        self.assertTrue(self.core.timeline(kind="room", text=f"said in ops@irc.test instead, because {self.room} does not take it"))

    def test_02_the_doctor_says_what_waits(self):
        def told():
            done = self.core.run("doctor", "--json")
            return next(f for f in json.loads(done.stdout)["findings"] if f["what"] == "deliveries")
        def waits():
            chat, = self.core.status()["unsettled"]
            self.assertTrue(chat["connection"] == "chat" and chat["waiting"] >= 1 and chat["instead"] >= 1 and chat["unknown"] == 0, chat)
        eventually(waits, "the status says what waits at chat, and nothing else does")
        found = wait_until(lambda: (f := told())["state"] == "look" and f, 90, "what waits for a minute is said")
        self.assertRegex(found["text"], r"chat: \d+ waits? .*, \d+ of them said in another room instead, the oldest since 2")

    def test_03_what_the_other_room_may_not_be_told_is_withheld_and_said(self):
        self.core.ctl("log", "[[confidential: Acme Ltd]] cannot pay")
        told = wait_until(lambda: [e["text"] for e in self.core.timeline(kind="withheld") if "it is not said in ops@irc.test instead" in e["text"]], 40, "that it is withheld is said")
        self.assertIn("the room ops@irc.test may not be told what is marked", told[0])
        self.assertTrue(self.post("cannot pay")["instead"].startswith("withheld: "))
        self.assertFalse(self.eve.heard("Acme") + self.eve.heard("cannot pay"))

    def test_04_killed_and_started_again_it_says_nothing_twice(self):
        self.core.kill()
        self.core.serve()
        self.live("irc")
        self.core.ctl("log", "still full")
        self.eve.wait_for("till full", 60)
        self.assertEqual(len(self.eve.heard("he pool is full")), 1)
        self.assertEqual(len([e for e in self.core.timeline(kind="withheld") if "it is not said in ops@irc.test instead" in e["text"]]), 1)

    def test_05_back_it_takes_what_waited_and_the_other_room_hears_no_more(self):
        self.prosody.start()
        self.live()
        wait_until(lambda: {self.post(text)["delivery"] for text in ("he pool is full", "cannot pay", "till full")} == {"confirmed"}, 60, "what waited is in its room")
        for n in range(20):  # what a busy machine takes longer for than it may wait is said in the other room, and rightly so
            heads, text, began = len(self.heads()), f"s it was before {n}.", time.monotonic()
            self.core.ctl("log", "a" + text)
            wait_until(lambda text=text: self.post(text)["delivery"] == "confirmed", 30, "and so is what came after")
            if time.monotonic() - began < 5:
                break
        else:
            self.fail("in twenty tries nothing was taken as soon as it has to be")
        time.sleep(7)  # longer than it would have to wait
        self.assertEqual((len(self.heads()), self.eve.heard(text)), (heads, []))
        wait_until(lambda: self.core.status()["unsettled"] == [], 20, "nothing waits")


class APlatformThatAsksForPatience(Elsewhere):
    @classmethod
    def build(cls):
        cls.begin()
        cls.port = free_port()
        lab_slack.serve(cls.lab.folder("slack"), cls.port)
        for name in ("xoxb", "xapp"):
            os.chmod(cls.lab.write(name, f"{name}-ic\n"), 0o600)
        cls.core.connect("slack", "chat", api=f"http://127.0.0.1:{cls.port}/api", network="acme.slack.com", bot_token_file=cls.lab.dir / "xoxb", app_token_file=cls.lab.dir / "xapp",
                         instead="irc/ops", instead_after="5s")
        cls.core.ctl("arm", "chat", "--allow", "rooms,posts")
        cls.live()
        cls.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV2")
        wait_until(lambda: cls.core.incident()["rooms"], 30, "the incident has its room")
        wait_until(lambda: {d["delivery"] for d in cls.core.get("deliveries")} == {"confirmed"}, 30, "all is written")

    def slack(self, what, **given):
        return request("POST", f"http://127.0.0.1:{self.port}/lab/{what}", given).json

    def said(self, text):
        return [p for p in self.slack("posts", channel="inc-1")["posts"] if text in p.get("text", "")]

    def test_01_while_it_asks_for_patience_the_other_room_is_told_and_then_it_is_said_there_too_once(self):
        self.slack("refuse", method="chat.postMessage", times=1000, retry_after=30)  # until it is taken back below
        self.core.ctl("log", "the pool is full")
        self.eve.wait_for("he pool is full", 25)
        self.assertEqual(self.said("he pool is full"), [], "Slack has not taken it")
        own = self.post("he pool is full")
        self.assertEqual((own["delivery"], own["instead"]), ("queued", "irc/ops@irc.test"))
        self.assertEqual(self.core.source("chat")["state"], "live", "the line stands all the while")
        self.slack("refuse", method="chat.postMessage", times=0)
        wait_until(lambda: self.post("he pool is full")["delivery"] == "confirmed", 60, "it is said there when the time is over")
        self.assertEqual((len(self.said("he pool is full")), len(self.eve.heard("he pool is full"))), (1, 1))


if __name__ == "__main__":
    main()
