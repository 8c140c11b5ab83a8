# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident on Discord, against the fake that Discord's own clients accept (test_discord_fake.py): unarmed nothing is written; the channel under its
category, a bound person's commands, edits, deletions and reactions, quoted text that calls nobody, buckets, a resumed line, a killed
core, a channel that is there already, a token in no file but its own, and refusals that say what to do."""
import os
import time

import lab_discord
import lab_fake
from quarterdeck_lab import Core, Story, free_port, main, request, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine


class AnIncidentOnDiscord(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        lab.secrets.add("lab-canary-token")  # whoever has one may answer in our name
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace, open(workspace / "people.toml", "a") as f:
            f.write(f'\n[[person]]\nid = "eve"\nname = "Eve"\nchat = ["{lab_discord.IDS["eve"]}@discord.test"]\n')
        cls.port = free_port()
        lab_discord.serve(lab.folder("discord"), cls.port)
        cls.connect("chat", "ic")
        cls.live()

    @classmethod
    def connect(cls, name, bot, **more):
        token = cls.lab.write(f"{bot}.token", f"token-{bot}\n")
        os.chmod(token, 0o600)
        return cls.core.connect("discord", name, **{"url": f"http://127.0.0.1:{cls.port}/api/v10", "network": "discord.test", "guild": lab_discord.GUILD, "category": lab_discord.CATEGORY,
                                                    "token_file": token, **more})

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live")

    def discord(self, what, **given):
        return request("POST", f"http://127.0.0.1:{self.port}/lab/{what}", given).json

    def say(self, text, user="eve", channel="inc-2", **more):
        return self.discord("say", user=user, channel=channel, text=text, **more)["id"]

    def posts(self, channel="inc-2"):
        return [p["content"] for p in self.discord("posts", channel=channel)["posts"]]

    def messages(self, incident="INC-2"):
        return [(e["text"], e["replayed"]) for e in self.core.timeline(kind="message", incident=incident)]

    def confirmed(self):
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries") if d["incident"] != "INC-1" and "a newer one took its place" not in d["reason"]} == {"confirmed"}, 40, "everything written is confirmed")

    def test_01_unarmed_nothing_is_written(self):
        self.core.ctl("declare", "--title", "Only watched", "--severity", "SEV3")
        wait_until(lambda: [d for d in self.core.get("deliveries") if d["delivery"] == "withheld" and d["effect"] == "room"], 20, "the room is withheld")
        self.assertIsNone(self.discord("posts", channel="inc-1")["channel"])
        self.core.ctl("resolve", "INC-1", "--reason", "watched")

    def test_02_declaring_makes_the_channel_in_its_category(self):
        self.core.ctl("arm", "chat", "--allow", "rooms,posts,pages")
        self.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV2")
        rooms = wait_until(lambda: self.core.incident("INC-2")["rooms"], 30, "the incident has its room")
        self.assertEqual(rooms, [{"connection": "chat", "room": "inc-2@discord.test", "created": True, "attached": False, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
        channel = wait_until(lambda: (c := self.discord("posts", channel="inc-2")["channel"]) and "Checkout is down" in (c["topic"] or "") and c, 20, "the channel has its topic")
        self.assertEqual(channel["parent_id"], lab_discord.CATEGORY)
        self.confirmed()
        self.core.ctl("task", "look at the pool", "--to", "eve", "--incident", "INC-2")
        wait_until(lambda: [(d["person"], d["delivery"]) for d in self.core.get("deliveries") if d["effect"] == "invite"] == [("eve", "confirmed")], 20, "eve is asked in, once")

    def test_03_a_bound_person_commands_and_a_stranger_a_bot_and_an_edit_do_not(self):
        self.say("!log restarted the pool")
        wait_until(lambda: self.core.timeline(kind="log", text="restarted the pool", actor="eve"), 20, "the command was obeyed")
        self.say("!log I am eve", user="bob")
        said = self.say("it was the pool")
        wait_until(lambda: ("!log I am eve", False) in self.messages() and ("it was the pool", False) in self.messages(), 20, "they were heard")
        self.discord("edit", message=said, text="!log it was the cache")
        entry = wait_until(lambda: self.core.timeline(kind="message", text="!log it was the cache"), 20, "the edit is there")[0]
        self.assertEqual(entry["revisions"], ["it was the pool"])
        self.discord("react", user="eve", message=said, emoji="👍")
        wait_until(lambda: "👍" in str(self.core.timeline(kind="message", text="!log it was the cache")[0]["reactions"]), 20, "the reaction is there")

        def shown():
            return [r["emoji"] for r in self.core.timeline(kind="message", text="!log it was the cache")[0]["reactions"]]
        for emoji in ("👀", "🚒"):
            self.discord("react", user="eve", message=said, emoji=emoji)
        wait_until(lambda: shown() == ["👍", "👀", "🚒"], 20, "all three are there")
        self.discord("clear", message=said, emoji="👍")
        wait_until(lambda: shown() == ["👀", "🚒"], 20, "what a moderator took away is gone")
        self.discord("clear", message=said)
        wait_until(lambda: shown() == [], 20, "and so are all of them")
        self.discord("remove", message=said)
        wait_until(lambda: [e for e in self.core.timeline(kind="message") if e["removed"]], 20, "that it was taken back is there")
        self.assertEqual(self.core.timeline(kind="log", text="I am eve"), [])
        self.assertEqual(self.core.timeline(kind="log", text="it was the cache"), [])

    def test_03b_a_file_that_came_with_a_message_is_kept_as_evidence_when_somebody_asks(self):
        self.discord("say", user="eve", channel="inc-2", text="the heap", files=[{"name": "heap one.txt", "text": "all of the heap"}, {"name": "huge.bin", "text": "x", "size": 5 << 20},
                                                                                 {"name": "trap.txt", "text": "x", "at": "https://cdn.discordapp.com@evil.example/trap.txt"}])
        said = wait_until(lambda: [e for e in self.core.timeline(kind="message", incident="INC-2") if "[file: heap one.txt, 15 bytes]" in e["text"]], 20, "the message names its files")[0]
        self.assertEqual(self.discord("asked")["files"], [], "nothing is fetched before somebody asks")
        self.core.ctl("evidence", "fetch", said["messageId"], "--incident", "INC-2")
        kept, = self.core.incident("INC-2")["evidence"]
        self.assertEqual((kept["name"], kept["bytes"]), ("heap one.txt", 15))
        for file, why in ((2, "larger than 4 MB"), (3, "a user or a password in it"), (4, "came with 3 files")):
            self.assertIn(why, self.core.refused("evidence", "fetch", said["messageId"], "--file", str(file), "--incident", "INC-2"))
        self.assertEqual([a["token"] for a in self.discord("asked")["files"]], [""], "no token goes with it")

    def test_04_what_is_quoted_calls_nobody(self):
        self.core.ctl("log", "--incident", "INC-2", f"a customer wrote: @everyone <@{lab_discord.IDS['eve']}> @here")
        quoted = wait_until(lambda: [p for p in self.discord("posts", channel="inc-2")["posts"] if "a customer wrote:" in p["content"]], 20, "it is quoted")
        self.assertEqual([(p["mentions"], p["mention_everyone"]) for p in quoted], [([], False)])

    def test_05_buckets_are_kept(self):
        channel = self.discord("posts", channel="inc-2")["channel"]["id"]
        path = f"channels/{channel}/messages"
        self.discord("limit", path=path, calls=2, seconds=2)
        for i in range(6):
            self.core.ctl("log", "--incident", "INC-2", f"one of many {i}")
        wait_until(lambda: [p for p in self.posts() if "one of many 5" in p], 60, "they all arrive")
        self.assertEqual([i for p in self.posts() for i in range(6) if f"one of many {i}" in p], list(range(6)))
        self.assertEqual(self.discord("counts")["limited"], 0, "a call was one too many")
        self.discord("limit", path=path, calls=1000, seconds=1)
        self.confirmed()

    def test_05b_a_topic_it_does_not_take_yet_is_set_when_it_does_and_the_newest(self):
        channel = self.discord("posts", channel="inc-2")["channel"]["id"]
        # Refused until it is taken back below, and fifteen seconds at a time.
        self.discord("refuse", path=f"channels/{channel}", times=1000, seconds=15, bucket="topics")
        self.core.ctl("severity", "SEV1", "--incident", "INC-2", "--reason", "more of them")
        wait_until(lambda: self.core.incident("INC-2")["rooms"][0]["topicAgain"], 20, "it says that it waits")
        self.assertEqual({d["delivery"] for d in self.core.get("deliveries") if d["effect"] == "topic" and d["again"]}, {"failed"})
        self.core.ctl("log", "--incident", "INC-2", "said while the topic waits")
        self.core.ctl("severity", "SEV3", "--incident", "INC-2", "--reason", "fewer of them")
        wait_until(lambda: [p for p in self.posts() if "said while the topic waits" in p], 20, "no post waits for it")
        self.discord("refuse", path=f"channels/{channel}", times=0)
        self.core.kill()
        self.core.serve()
        wait_until(lambda: "SEV3" in (self.discord("posts", channel="inc-2")["channel"]["topic"] or ""), 60, "the newest is set")
        self.assertIsNone(self.core.incident("INC-2")["rooms"][0]["topicAgain"])
        self.assertFalse([d for d in self.core.get("deliveries") if d["effect"] == "topic" and "SEV1" in d["text"] and d["delivery"] == "confirmed"])
        self.core.ctl("severity", "SEV2", "--incident", "INC-2", "--reason", "as before")
        wait_until(lambda: "SEV2" in (self.discord("posts", channel="inc-2")["channel"]["topic"] or ""), 60, "it is as it was")
        self.live()
        self.confirmed()

    def test_06_a_cut_line_is_taken_up_again_and_what_came_late_commands_nothing(self):
        before, gaps = self.discord("counts"), self.core.timeline(kind="gap")
        self.discord("cut", user="ic")
        self.say("!log while the line was cut")
        wait_until(lambda: ("!log while the line was cut", True) in self.messages(), RECONNECT, "it was heard, late")
        self.live()
        after = self.discord("counts")
        self.assertEqual((after["identify"], after["resume"]), (before["identify"], before["resume"] + 1))
        self.discord("forget", user="ic")
        wait_until(lambda: self.discord("counts")["identify"] == before["identify"] + 1, RECONNECT, "a new session is begun")
        self.live()
        self.say("!log after the new session")
        wait_until(lambda: self.core.timeline(kind="log", text="after the new session", actor="eve"), 20, "the command was obeyed")
        self.assertEqual(self.core.timeline(kind="log", text="while the line was cut"), [])
        self.assertEqual(self.core.timeline(kind="gap"), gaps)

    def test_07_what_is_said_while_the_core_is_away_comes_once_and_commands_nothing(self):
        gaps = len(self.core.timeline(kind="gap"))
        early = self.say("who has the pool?")
        wait_until(lambda: ("who has the pool?", False) in self.messages(), 20, "it is heard")
        self.core.kill()
        self.say("said while we were away")
        self.say("!log too late to be a command")
        self.discord("react", user="eve", message=early, emoji="👍")
        self.core.serve()
        self.live()
        wait_until(lambda: ("!log too late to be a command", True) in self.messages() and ("said while we were away", True) in self.messages(), 30, "it is on the timeline")
        self.assertEqual([text for text, _ in self.messages()].count("said while we were away"), 1)
        self.assertEqual(self.core.timeline(kind="log", text="too late to be a command"), [])
        wait_until(lambda: [(r["emoji"], r["sender"]) for r in self.core.timeline(kind="message", text="who has the pool?")[0]["reactions"]] == [("👍", "eve")], 20, "so is a reaction")
        late = [e["text"] for e in self.core.timeline(kind="gap")[gaps:]]
        self.assertEqual((len(late), late[0].partition(", nor reactions shown, ")[0]), (1, "messages that were taken back may not be marked"))

    def said_in(self, thread):
        return [p["content"].replace("\\", "") for p in self.discord("posts", channel=thread)["posts"]]

    def test_07b_a_thread_below_the_channel_is_heard_and_answered_in(self):
        root = self.say("has anybody looked at the pool?")
        wait_until(lambda: ("has anybody looked at the pool?", False) in self.messages(), 20, "it is heard")
        thread = self.discord("thread", user="eve", message=root, name="The pool")["id"]
        self.assertEqual(thread, root)
        self.say("!who", channel=thread)
        wait_until(lambda: [t for t in self.said_in(thread) if t.startswith("INC-2: ")], 20, "the answer is in the thread")
        self.assertFalse([t for t in self.posts() if "INC-2: nobody commands" in t or "!who" in t], "and not in the channel")
        self.say("!log looked at the pool", channel=thread)
        wait_until(lambda: self.core.timeline(kind="log", text="looked at the pool", actor="eve"), 20, "what is said in it commands")
        self.assertEqual(self.core.timeline(kind="message", text="!log looked at the pool")[0]["thread"], root, "and stands below the message it was begun from")
        said = self.say("it is exhausted", channel=thread, files=[{"name": "pool.txt", "text": "100 of 100"}])
        wait_until(lambda: [e for e in self.core.timeline(kind="message", incident="INC-2") if "[file: pool.txt" in e["text"]], 20, "its file is named")
        self.core.ctl("evidence", "fetch", said, "--incident", "INC-2")
        self.discord("edit", message=said, text="it was exhausted")
        entry = wait_until(lambda: [e for e in self.core.timeline(kind="message", incident="INC-2") if "it was exhausted" in e["text"]], 20, "an edit lands on it")[0]
        self.assertEqual(entry["thread"], root)
        type(self).pool = thread

    def test_07c_what_is_said_in_threads_while_the_core_is_away_comes_once(self):
        other = self.say("and the cache?")
        wait_until(lambda: ("and the cache?", False) in self.messages(), 20, "it is heard")
        self.core.kill()
        self.say("the pool is fine again", channel=self.pool)
        cache = self.discord("thread", user="eve", message=other, name="The cache")["id"]
        self.say("!log the cache was cold", channel=cache)
        self.say("said beside them")
        self.discord("putaway", channel=cache)
        self.core.serve()
        self.live()
        for text, thread in (("the pool is fine again", self.pool), ("!log the cache was cold", cache), ("said beside them", "")):
            entry, = wait_until(lambda text=text: self.core.timeline(kind="message", text=text), 30, f"{text} is on the timeline")
            self.assertEqual((entry["thread"] or "", entry["replayed"]), (thread, True))
        self.assertEqual(self.core.timeline(kind="log", text="the cache was cold"), [])
        ids = [e["messageId"] for e in self.core.timeline(kind="message", incident="INC-2")]
        self.assertEqual([i for i in ids if ids.count(i) > 1], [], "nothing came twice")
        self.say("warm now", channel=cache)  # which brings it back
        wait_until(lambda: ("warm now", False) in self.messages(), 20, "it is heard live")

    def test_07d_what_was_edited_in_a_thread_while_the_core_was_away_is_a_revision(self):
        first = self.say("it was teh pool", channel=self.pool)
        self.say("and beside it")
        wait_until(lambda: ("it was teh pool", False) in self.messages() and ("and beside it", False) in self.messages(), 20, "they are heard")
        self.core.kill()
        self.discord("edit", message=first, text="it was the pool")
        self.core.serve()
        self.live()
        entry, = wait_until(lambda: self.core.timeline(kind="message", text="it was the pool"), 30, "the edit is on the timeline")
        self.assertEqual((entry["revisions"], entry["thread"]), (["it was teh pool"], self.pool))

    def test_08_a_channel_that_is_there_is_joined_and_read_back(self):
        self.discord("make", name="war-room")
        self.say("it began in here", channel="war-room")
        self.core.ctl("declare", "--title", "Search is slow", "--severity", "SEV3", "--since", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600)), "--room",
                      "war-room@discord.test")
        rooms = wait_until(lambda: self.core.incident("INC-3")["rooms"], 30, "it has its room")
        self.assertEqual(rooms, [{"connection": "chat", "room": "war-room@discord.test", "created": False, "attached": True, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
        wait_until(lambda: ("it began in here", True) in self.messages("INC-3"), 20, "its history is on the timeline")

    def test_09_one_touch_answers_a_call(self):
        self.core.ctl("test-page", "eve")
        page = wait_until(lambda: [m for m in self.discord("direct", user="eve")["posts"] if m["components"]], 30, "the page has a button")[-1]
        button = page["components"][0]["components"][0]
        self.assertEqual((button["label"], button["custom_id"]), ("Acknowledge", "!ack test/1"))
        self.assertIn("!ack test/1", page["content"].replace("\\", ""), "and does without")
        self.discord("press", user="eve", message=page["id"])
        wait_until(lambda: [e for e in self.core.timeline() if "answered test page 1" in e["text"]], 20, "pressed by whom it was for")
        wait_until(lambda: self.discord("counts").get("answered") == 1, 20, "and Discord knows that it was heard")
        self.discord("slash", app="ic", user="eve", channel="inc-2", name="quarterdeck", text="log said with a slash")
        wait_until(lambda: self.core.timeline(kind="log", text="said with a slash", actor="eve"), 20, "a word with a slash is a command")
        self.discord("slash", app="ic", user="eve", channel="inc-2", name="quarterdeck", text="log from another server", guild="900000000000000009")
        answers = wait_until(lambda: len(a := self.discord("answers")["answers"]) == 3 and a, 20, "all were answered")
        self.assertEqual([a["type"] for a in answers], [6, 4, 4])
        self.assertEqual((answers[1]["data"]["flags"] & 64, answers[1]["data"]["allowed_mentions"]), (64, {"parse": []}), "to whoever said it alone, and calling nobody")
        self.assertEqual(self.core.timeline(kind="log", text="from another server"), [])
        self.assertEqual([p.name for p in self.core.home.rglob("*") if p.is_file() and b"lab-canary-token" in p.read_bytes()], [])

    def test_09b_who_is_called_is_called_by_name_in_the_room_and_nobody_else(self):
        eve = lab_discord.IDS["eve"]
        self.core.ctl("summon", "eve", "--incident", "INC-2", "--reason", f"@everyone <@{lab_discord.IDS['bob']}> asks")
        line, = wait_until(lambda: [p for p in self.discord("posts", channel="inc-2")["posts"] if "Calling: step" in p["content"]], 30, "the step is said in the room")
        self.assertTrue(line["content"].startswith(f"<@{eve}> Calling: step"), line)
        self.assertEqual(([m["id"] for m in line["mentions"]], line["mention_everyone"]), ([eve], False))
        self.assertIn("Answer here: !ack", line["content"].replace("\\", ""))
        button = line["components"][0]["components"][0]
        self.assertTrue(button["custom_id"].startswith("!ack escalation/"), button)
        self.discord("press", user="eve", message=line["id"])
        wait_until(lambda: [e for e in self.core.get("escalations") if e["incident"] == "INC-2" and e["acknowledgedBy"] == "eve"], 20, "one touch in the room answers it")

    def test_10_the_token_is_in_no_file_but_its_own(self):
        self.assertTrue(lab_fake.urls)
        self.core.assert_secret_only_in("token-ic", "chat.token", urls=lab_fake.urls)

    def test_11_refusals_say_what_to_do(self):
        self.assertIn("--guild", self.core.run("connect", "discord", "--name", "x", "--token-file", "t").stderr)
        self.discord("intents", user="bob", allowed=False)
        self.connect("blind", "bob", network="two.test")
        source = wait_until(lambda: (s := self.core.source("blind"))["state"] == "auth-failed" and s, RECONNECT, "it is refused")
        self.assertIn("Message Content Intent", str(source))
        self.connect("lost", "dba", network="three.test", guild="900000000000000009")
        source = wait_until(lambda: (s := self.core.source("lost"))["state"] == "auth-failed" and s, RECONNECT, "it is refused")
        self.assertIn("invite it there", str(source))

    def test_12_what_the_bot_may_not_do_says_where_it_is_given(self):
        hidden = self.discord("make", name="hidden", hidden=True)
        self.core.ctl("room", "--attach", "hidden@discord.test", "--incident", "INC-3")
        told = wait_until(lambda: [e["text"] for e in self.core.timeline(kind="room", incident="INC-3") if e["text"].startswith("room not attached: hidden@discord.test")], 30, "it is said")
        self.assertIn("Missing Access; give the bot's role that permission in Server Settings, Roles", told[0])
        self.assertTrue(hidden["permission_overwrites"])

    def test_13_a_token_that_is_reset_stops_its_connection_with_the_place_of_another(self):
        self.discord("revoke", user="ic")  # the line stands: the next thing we ask is refused
        self.core.ctl("log", "said after it was reset", "--incident", "INC-2")
        refused = wait_until(lambda: (s := self.core.source("chat"))["state"] == "auth-failed" and s, 30, "the connection stopped")
        self.assertIn("reset it at discord.com/developers/applications, Bot, and connect with the new one", refused["problem"])


if __name__ == "__main__":
    main()
