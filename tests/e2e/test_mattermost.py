# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident in Mattermost, against the fake that Mattermost's own client accepts (test_mattermost_fake.py): the channel, a bound user's commands, patience, a
killed core, and a token that stands in no file but its own."""
import json
import os

import lab_fake
import lab_mattermost
from quarterdeck_lab import Core, Story, free_port, main, request, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine


class AnIncidentInMattermost(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace, open(workspace / "people.toml", "a") as f:
            f.write(f'\n[[person]]\nid = "eve"\nname = "Eve"\nchat = ["{lab_mattermost.IDS["eve"]}@chat.test"]\n')
        cls.port = free_port()
        lab_mattermost.serve(lab.folder("mattermost"), cls.port)
        token = lab.write("token", "token-ic\n")
        os.chmod(token, 0o600)
        core.connect("mattermost", "chat", url=f"http://127.0.0.1:{cls.port}", network="chat.test", team="ops", token_file=token)
        core.ctl("arm", "chat", "--allow", "rooms,posts,pages")
        cls.live()

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live")

    def mattermost(self, what, **given):
        return request("POST", f"http://127.0.0.1:{self.port}/lab/{what}", given).json

    def say(self, text, user="eve"):
        return self.mattermost("say", user=user, channel="inc-1", text=text)

    def posts(self):
        return [p["message"] for p in self.mattermost("posts", channel="inc-1")["posts"]]

    def messages(self):
        return [(e["text"], e["replayed"]) for e in self.core.timeline(kind="message")]

    def test_01_declaring_makes_the_channel_and_sets_its_header(self):
        self.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV2")
        rooms = wait_until(lambda: self.core.incident()["rooms"], 30, "the incident has its room")
        self.assertEqual(rooms, [{"connection": "chat", "room": "inc-1@chat.test", "created": True, "attached": False, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
        wait_until(lambda: "Checkout is down" in self.mattermost("posts", channel="inc-1")["header"], 20, "the channel has its header")
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 30, "everything written is confirmed")

    def test_01b_who_gets_a_task_is_asked_into_the_channel(self):
        self.core.ctl("task", "look at the pool", "--to", "eve")
        wait_until(lambda: lab_mattermost.IDS["eve"] in self.mattermost("posts", channel="inc-1")["members"], 20, "eve is asked in")
        wait_until(lambda: [(d["person"], d["delivery"]) for d in self.core.get("deliveries") if d["effect"] == "invite"] == [("eve", "confirmed")], 20, "once")

    def test_02_a_bound_user_commands_and_a_stranger_is_heard(self):
        self.say("!log restarted the pool")
        wait_until(lambda: self.core.timeline(kind="log", text="restarted the pool", actor="eve"), 20, "the command was obeyed")
        self.say("!log I am eve", user="bob")
        wait_until(lambda: ("!log I am eve", False) in self.messages(), 20, "it was heard")
        self.assertEqual(self.core.timeline(kind="log", text="I am eve"), [])

    def test_03_what_is_quoted_calls_nobody(self):
        self.core.ctl("log", "a customer wrote: @channel @here")
        wait_until(lambda: any("a customer wrote:" in p for p in self.posts()), 20, "it is quoted")
        self.assertFalse([p for p in self.posts() if "@channel" in p or "@here" in p])

    def test_03b_who_is_called_is_called_by_name_in_the_room_and_nobody_else(self):
        self.core.ctl("summon", "eve", "--reason", "@channel @bob asks")
        line, = wait_until(lambda: [p for p in self.posts() if "Calling: step" in p], 30, "the step is said in the room")
        self.assertTrue(line.startswith("@eve Calling: step"), line)
        self.assertEqual(line.count("@"), 1, "what is quoted calls nobody")

    def test_04_what_is_said_while_the_core_is_away_comes_once_and_commands_nothing(self):
        early = self.say("has anybody looked at the pool?")["id"]
        wait_until(lambda: ("has anybody looked at the pool?", False) in self.messages(), 20, "it is heard")
        self.core.kill()
        self.say("said while we were away")
        late = self.say("!log too late to be a command")["id"]
        for post in (early, late):
            self.mattermost("react", user="eve", post=post, name="+1")
        self.core.serve()
        self.live()
        wait_until(lambda: ("!log too late to be a command", True) in self.messages() and ("said while we were away", True) in self.messages(), 30, "it is on the timeline")
        self.assertEqual([text for text, _ in self.messages()].count("said while we were away"), 1)
        self.assertEqual(self.core.timeline(kind="log", text="too late to be a command"), [])
        for text in ("has anybody looked at the pool?", "!log too late to be a command"):
            wait_until(lambda text=text: [(r["emoji"], r["sender"]) for r in self.core.timeline(kind="message", text=text)[0]["reactions"]] == [("👍", "eve")], 20, f"the reaction to {text} is there")
        # Nothing that was said is missing. Of a post somebody reacted to, a core that was away cannot know what was taken back.
        self.assertEqual([e["text"].partition(", from")[0] for e in self.core.timeline(kind="gap")], ["reactions set or taken back may not be shown"])

    def fetched(self, message, **given):
        return self.core.run("call", "evidence.fetch", json.dumps({"incident": "INC-1", "message": message, **given}))

    def test_05_a_file_that_came_with_a_message_is_kept_as_evidence_when_somebody_asks(self):
        self.mattermost("say", user="eve", channel="inc-1", text="the heap", files=[{"name": "heap.txt", "text": "all of the heap"}, {"name": "huge.bin", "text": "x", "size": 5 << 20}])
        said = wait_until(lambda: [e for e in self.core.timeline(kind="message") if "[file: heap.txt, 15 bytes]" in e["text"]], 20, "the message names its files")[0]
        self.assertEqual(self.core.incident()["evidence"], [])
        done = self.fetched(said["messageId"])
        self.assertEqual(done.returncode, 0, done.stderr)
        kept = self.core.incident()["evidence"][0]
        self.assertEqual((kept["name"], kept["bytes"]), ("heap.txt", 15))
        out = self.lab.dir / "heap.out"
        self.core.ctl("evidence", "save", "1", "--out", str(out))
        self.assertEqual(out.read_text(), "all of the heap")
        for given, why in (({"file": 2}, "larger than 4 MB"), ({"file": 3}, "came with 2 files")):
            refused = self.fetched(said["messageId"], **given)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(why, refused.stderr)
        self.assertIn("no message", self.fetched("nonsense").stderr)
        self.assertEqual(len(self.core.incident()["evidence"]), 1)

    def test_05b_the_channel_of_an_incident_that_is_over_is_archived_after_the_last_words(self):
        room = "inc-2@chat.test"
        self.core.ctl("declare", "--title", "Search is slow", "--severity", "SEV3")
        wait_until(lambda: self.core.incident("INC-2")["rooms"], 30, "it has its room")
        self.core.ctl("standdown", "INC-2", "--verified-by", "eve", "--summary", "an index was rebuilt", "--archive-room", room)
        wait_until(lambda: self.core.timeline(kind="room", text=f"room archived and left: {room}"), 30, "it is archived")
        there = self.mattermost("posts", channel="inc-2")
        self.assertTrue(there["archived"])
        self.assertIn("archived the channel.", there["posts"][-1]["message"], "nothing was said after it")
        self.assertTrue([p for p in there["posts"] if "an index was rebuilt" in p["message"]], "the last words came before")
        self.assertTrue(self.core.incident("INC-2")["rooms"][0]["archivedAt"])

    def test_06_the_token_is_in_no_file_but_its_own(self):
        self.assertTrue(lab_fake.urls)
        self.core.assert_secret_only_in("token-ic", "chat.token", urls=lab_fake.urls)

    def test_06_a_token_that_is_revoked_is_said_with_the_place_of_another(self):
        os.chmod(self.lab.write("token2", "token-bob\n"), 0o600)
        self.core.connect("mattermost", "other", url=f"http://127.0.0.1:{self.port}", network="other.test", team="ops", token_file=self.lab.dir / "token2")
        wait_until(lambda: self.core.source("other")["state"] == "live", RECONNECT, "the other one is live")
        self.mattermost("revoke", user="ic")  # the socket stands: the next thing we ask is refused
        self.core.ctl("log", "said after it was revoked")
        refused = wait_until(lambda: self.core.source("chat")["state"] == "auth-failed" and self.core.source("chat"), 30, "the connection stopped")
        self.assertIn("Integrations, Bot Accounts", refused["problem"])
        self.assertIn("Profile, Security, Personal Access Tokens", refused["problem"])
        self.assertEqual(self.core.source("other")["state"], "live", "the others go on")
        self.mattermost("revoke", user="bob", cut=True)  # and one that only listens notices by its socket
        wait_until(lambda: self.core.source("other")["state"] == "auth-failed", RECONNECT, "the other one, too")


if __name__ == "__main__":
    main()
