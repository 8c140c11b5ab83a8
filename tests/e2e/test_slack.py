# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident in Slack, against the fake that Slack's own clients accept (test_slack_fake.py): the channel, its people, commands, edits, a cut, patience, and two tokens
that stand in no file but their own."""
import json
import os
import time

import lab_fake
import lab_slack
from quarterdeck_lab import Core, Story, free_port, main, request, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine
YOUNG = 10  # s: a line that is to end sooner is not replaced at once


class AnIncidentInSlack(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        lab.secrets.add("lab-canary-response-url")  # whoever has it may post
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        with core.changed_workspace() as workspace, open(workspace / "people.toml", "a") as f:
            f.write('\n[[person]]\nid = "eve"\nname = "Eve"\nchat = ["ueve000001@acme.slack.com"]\n')
        cls.port = free_port()
        lab_slack.serve(lab.folder("slack"), cls.port)
        secrets = {}
        for name in ("xoxb", "xapp"):
            secrets[name] = lab.write(name, f"{name}-ic\n")
            os.chmod(secrets[name], 0o600)
        core.connect("slack", "chat", api=f"http://127.0.0.1:{cls.port}/api", network="acme.slack.com", bot_token_file=secrets["xoxb"], app_token_file=secrets["xapp"])
        core.ctl("arm", "chat", "--allow", "rooms,posts,pages")
        cls.live()

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live")
        cls.live_since = time.monotonic()

    def slack(self, what, **given):
        return request("POST", f"http://127.0.0.1:{self.port}/lab/{what}", given).json

    def say(self, text, user="UEVE000001", **more):
        return self.slack("say", user=user, channel="inc-1", text=text, **more)

    def posts(self):
        return self.slack("posts", channel="inc-1")

    def messages(self):
        return [(e["text"], e["replayed"]) for e in self.core.timeline(kind="message")]

    def test_01_declaring_makes_the_channel_and_sets_its_topic(self):
        self.core.ctl("declare", "--title", "Checkout <down> & out", "--severity", "SEV2")
        rooms = wait_until(lambda: self.core.incident()["rooms"], 30, "the incident has its room")
        self.assertEqual(rooms, [{"connection": "chat", "room": "inc-1@acme.slack.com", "created": True, "attached": False, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
        wait_until(lambda: "Checkout &lt;down&gt; &amp; out" in self.posts()["topic"], 20, "the channel has its topic")
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 30, "everything written is confirmed")

    def test_01b_who_gets_a_task_is_asked_into_the_channel(self):
        self.assertNotIn("UEVE000001", self.posts()["members"])
        self.core.ctl("task", "look at the pool", "--to", "eve")
        wait_until(lambda: "UEVE000001" in self.posts()["members"], 20, "eve is asked in")
        wait_until(lambda: [(d["person"], d["delivery"]) for d in self.core.get("deliveries") if d["effect"] == "invite"] == [("eve", "confirmed")], 20, "once")

    def test_02_a_bound_member_commands_and_a_stranger_is_heard(self):
        self.say("!log restarted the <https://pool.example|pool>")
        wait_until(lambda: self.core.timeline(kind="log", text="restarted the pool (https://pool.example)", actor="eve"), 20, "the command was obeyed")
        self.say("!log I am eve", user="UMALLORY01")
        wait_until(lambda: ("!log I am eve", False) in self.messages(), 20, "it was heard")
        self.assertEqual(self.core.timeline(kind="log", text="I am eve"), [])
        self.say("!take")
        wait_until(lambda: any("Eve is Incident Commander." in p["text"] for p in self.posts()["posts"]), 20, "the answer is in the channel")

    def test_02b_a_question_in_a_thread_is_answered_in_it_and_a_pin_makes_a_key_moment(self):
        first = self.say("anybody awake?")["ts"]
        self.say("!who", thread_ts=first)
        wait_until(lambda: [p for p in self.posts()["posts"] if p["text"].startswith("INC-1: Eve commands") and p.get("thread_ts") == first], 20, "the answer is in the thread")
        self.assertEqual(self.core.timeline(kind="message", text="!who")[0]["thread"], first)
        for user, moments in (("UMALLORY01", []), ("UEVE000001", ["anybody awake?"])):
            self.slack("react", channel="inc-1", user=user, ts=first, name="pushpin")
            wait_until(lambda: len(self.core.timeline(kind="message", text="anybody awake?")[0]["reactions"]) == 1 + len(moments), 20, "the reaction is there")
            self.assertEqual([m["text"] for m in self.core.incident()["moments"]], moments)

    def test_03_an_edit_lands_on_its_message(self):
        said = self.say("teh pool")
        wait_until(lambda: ("teh pool", False) in self.messages(), 20, "it is there")
        self.slack("edit", channel="inc-1", ts=said["ts"], text="the pool")
        entry = wait_until(lambda: self.core.timeline(kind="message", text="the pool"), 20, "the edit is there")[0]
        self.assertEqual(entry["revisions"], ["teh pool"])

    def test_03b_a_file_that_came_with_a_message_is_kept_as_evidence_when_somebody_asks(self):
        heap = {"name": "heap one.txt", "text": "all of the heap"}
        first = self.say("the heap", files=[heap, {"name": "huge.bin", "text": "x", "size": 5 << 20}, {"name": "hidden.txt", "text": "x", "page": True},
                                            {"name": "trap.txt", "text": "x", "at": "https://files.slack.com.evil.example/trap.txt"}])["ts"]
        said = wait_until(lambda: [e for e in self.core.timeline(kind="message") if "[file: heap one.txt, 15 bytes]" in e["text"]], 20, "the message names its files")[0]
        self.assertEqual(self.core.incident()["evidence"], [], "nothing is fetched before somebody asks")
        self.assertEqual(self.slack("asked")["files"], [])
        self.core.ctl("evidence", "fetch", said["messageId"])
        kept, = self.core.incident()["evidence"]
        self.assertEqual((kept["name"], kept["bytes"]), ("heap one.txt", 15))
        out = self.lab.dir / "heap.out"
        self.core.ctl("evidence", "save", "1", "--out", str(out))
        self.assertEqual(out.read_text(), "all of the heap")
        for file, why in ((2, "larger than 4 MB"), (3, "files:read"), (4, "no place of the platform's own"), (5, "came with 4 files")):
            self.assertIn(why, self.core.refused("evidence", "fetch", said["messageId"], "--file", str(file)))
        self.assertEqual([a["token"] for a in self.slack("asked")["files"]], ["xoxb-ic", "xoxb-ic"], "the token went to Slack's own host, and nowhere else")
        self.say("and in the thread", thread_ts=first, files=[{"name": "more.txt", "text": "more of it"}])
        said = wait_until(lambda: [e for e in self.core.timeline(kind="message") if "[file: more.txt" in e["text"]], 20, "the reply names its file")[0]
        self.core.ctl("evidence", "fetch", said["messageId"])
        self.assertEqual([e["name"] for e in self.core.incident()["evidence"]], ["heap one.txt", "more.txt"])

    def test_03c_a_huge_message_and_one_of_control_characters_are_heard_as_text(self):
        self.say("\x00\x1b[2J\x07\u202e!take\u2066 \ufeffend")
        heard = wait_until(lambda: [t for t, _ in self.messages() if t.endswith("end") and "!take" in t], 20, "it is heard")[0]
        self.assertFalse([c for c in heard if ord(c) < 32 or c in "\x7f\u202e\u2066"], repr(heard))
        self.say("x" * 39_990)
        heard = wait_until(lambda: [t for t, _ in self.messages() if t.startswith("xxx")], 20, "it is heard")[0]
        self.assertLessEqual(len(heard.encode()), 33 << 10, "as far as a field goes")
        self.say("and on we go")
        wait_until(lambda: ("and on we go", False) in self.messages(), 20, "what follows is heard")

    def test_04_what_is_quoted_calls_nobody(self):
        self.core.ctl("log", "a customer wrote: <!channel> <@UMALLORY01> @here")
        wait_until(lambda: any("&lt;!channel&gt; &lt;@UMALLORY01&gt;" in p["text"] for p in self.posts()["posts"]), 20, "it is quoted")
        self.assertFalse([p for p in self.posts()["posts"] if p.get("bot_id") and ("<!" in p["text"] or "<@" in p["text"])])

    def test_05_what_has_to_be_patient_says_so(self):
        self.slack("refuse", method="chat.postMessage", times=1000, retry_after=3)  # until it was seen
        self.core.ctl("log", "written while Slack is busy")
        waits = wait_until(lambda: [d for d in self.core.get("deliveries") if d["delivery"] == "queued" and d["reason"]], 20, "it waits, and says why")
        self.slack("refuse", method="chat.postMessage", times=0)
        self.assertEqual([d["reason"] for d in waits], ["Slack asks for patience"])
        wait_until(lambda: [p for p in self.posts()["posts"] if "written while Slack is busy" in p["text"]], 30, "it arrives")
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 30, "it is confirmed")
        self.assertEqual(len([p for p in self.posts()["posts"] if "written while Slack is busy" in p["text"]]), 1)

    def test_05b_what_waits_together_is_said_together_and_each_is_confirmed(self):
        self.slack("refuse", method="chat.postMessage", times=1000, retry_after=6)  # until all four wait
        for n in range(4):
            self.core.ctl("log", f"waiting together {n}")

        def waited():
            return [d for d in self.core.get("deliveries") if "waiting together" in d["text"]]
        wait_until(lambda: len(waited()) == 4 and any(d["reason"] for d in waited()), 20, "the first was refused, and the others wait behind it")
        refusals = 1000 - self.slack("refuse", method="chat.postMessage", times=0)["left"]
        wait_until(lambda: [d["delivery"] for d in waited()] == ["confirmed"] * 4, 30, "all four are confirmed")
        said = [p for p in self.posts()["posts"] if "waiting together" in p["text"]]
        self.assertEqual(len(said), 1, "in one post")
        self.assertEqual([said[0]["text"].index(f"waiting together {n}") for n in range(4)], sorted(said[0]["text"].index(f"waiting together {n}") for n in range(4)), "in their order")
        self.assertEqual({d["messageId"] for d in waited()}, {said[0]["ts"]})
        self.assertEqual([(d["looked"], d["resent"]) for d in waited()], [("", False)] * 4)
        if refusals == 1:  # a busy machine takes longer for four lines than Slack asked it to wait: then they were refused again
            self.assertEqual([d["attempts"] for d in waited()], [2, 1, 1, 1])

    def test_06_slack_moves_us_to_another_socket_and_nothing_is_missed(self):
        time.sleep(max(0.0, self.live_since + YOUNG + 1 - time.monotonic()))
        self.slack("disconnect", app="ic", reason="refresh_requested")
        for n in range(5):
            self.say(f"during the refresh {n}")
        wait_until(lambda: [(f"during the refresh {n}", False) in self.messages() for n in range(5)] == [True] * 5, 30, "all of it is there, live")
        self.assertEqual(self.core.source("chat")["state"], "live")

    def test_07_what_is_said_while_we_are_cut_off_comes_once_and_commands_nothing(self):
        early = self.say("has anybody looked at the pool?")["ts"]
        wait_until(lambda: ("has anybody looked at the pool?", False) in self.messages(), 20, "it is heard")
        self.core.kill()
        self.say("said while we were away")
        for name in ("+1", "pushpin"):
            self.slack("react", channel="inc-1", user="UEVE000001", ts=early, name=name)
        self.say("!log too late to be a command")
        self.core.serve()
        self.live()
        wait_until(lambda: ("said while we were away", True) in self.messages(), 30, "it is on the timeline")
        wait_until(lambda: ("!log too late to be a command", True) in self.messages(), 30, "all of it is")
        self.assertEqual(self.core.timeline(kind="log", text="too late to be a command"), [])
        self.slack("again", app="ic")
        self.say("and then this")
        wait_until(lambda: ("and then this", False) in self.messages(), 20, "what comes after is live")
        texts = [text for text, _ in self.messages()]
        self.assertEqual(len(texts), len(set(texts)), texts)
        wait_until(lambda: {(r["emoji"], r["sender"]) for r in self.core.timeline(kind="message", text="has anybody looked at the pool?")[0]["reactions"]} == {("👍", "eve"), ("📌", "eve")}, 20, "so are reactions")
        wait_until(lambda: [m["text"] for m in self.core.incident()["moments"]] == ["anybody awake?", "has anybody looked at the pool?"], 20, "the pin from before is there, once, and the one that was set meanwhile")
        self.assertEqual([e["replayed"] for e in self.core.timeline(kind="moment")], [False, True], "which says that it was found late")
        # Nothing that was said is missing; what a core that was away cannot know is what was deleted, or which reactions were taken back.
        self.assertEqual([e["text"].partition(", from")[0] for e in self.core.timeline(kind="gap")], ["messages that were taken back may not be marked, nor reactions shown"])

    def test_07b_what_becomes_of_a_thread_while_the_core_is_away_is_on_its_timeline(self):
        root = self.say("who looks at the pool?")["ts"]
        first = self.say("teh pool is full", thread_ts=root)["ts"]
        self.say("and beside it")
        wait_until(lambda: ("teh pool is full", False) in self.messages() and ("and beside it", False) in self.messages(), 20, "they are heard")
        self.core.kill()
        self.slack("edit", channel="inc-1", ts=first, text="the pool is full")
        self.say("I do", thread_ts=root)
        self.core.serve()
        self.live()
        entry, = wait_until(lambda: self.core.timeline(kind="message", text="the pool is full"), 40, "the edit is on the timeline")
        self.assertEqual((entry["revisions"], entry["thread"]), (["teh pool is full"], root))
        answer, = wait_until(lambda: self.core.timeline(kind="message", text="I do"), 20, "so is the answer in a thread from before")
        self.assertEqual((answer["thread"], answer["replayed"]), (root, True))

    def test_07c_what_slack_gives_in_small_pages_is_read_to_its_end(self):
        old = self.say("is the cache warm?")["ts"]
        wait_until(lambda: ("is the cache warm?", False) in self.messages(), 20, "it is heard")
        self.core.kill()
        self.slack("pages", most=3)
        new = self.say("what do the customers see?")["ts"]
        said = [f"in thread {root} {n}" for n in range(8) for root in ("old", "new")]
        for text in said:
            self.say(text, thread_ts=old if "old" in text else new)
        self.slack("forget", app="ic")  # as Slack does when nobody took them for long enough
        self.core.serve()
        self.live()
        wait_until(lambda: sorted(t for t, _ in self.messages() if t.startswith("in thread")) == sorted(said), 60, "every answer is there, once")
        self.slack("pages", most=1000)

    def test_08_a_member_is_called_and_answers(self):
        self.core.ctl("test-page", "eve")
        wait_until(lambda: [d for d in self.core.get("deliveries") if d["effect"] == "page" and d["delivery"] == "confirmed"] or None, 30, "the message was taken")

    def test_09_one_touch_answers_a_call_and_a_word_with_a_slash_is_a_command(self):
        page = wait_until(lambda: [m for m in self.slack("direct", user="UEVE000001")["posts"] if m.get("blocks")], 20, "the page has a button")[-1]
        button = page["blocks"][-1]["elements"][0]
        self.assertEqual((button["text"]["text"], button["value"]), ("Acknowledge", "!ack test/1"))
        self.assertIn("!ack test/1", page["text"], "and does without")
        self.assertTrue(self.slack("press", app="ic", user="UMALLORY01", ts=page["ts"])["heard"])
        self.assertTrue(self.slack("press", app="ic", user="UEVE000001", team="T0ELSEWHERE", ts=page["ts"])["heard"])
        self.assertTrue(self.slack("slash", app="ic", user="UEVE000001", channel="inc-1", text="log said with a slash")["heard"])
        wait_until(lambda: self.core.timeline(kind="log", text="said with a slash", actor="eve"), 20, "the command was obeyed")
        self.assertEqual(self.core.timeline(text="answered test page 1"), [], "neither a stranger nor another workspace's member answers it")
        self.slack("slash", app="ic", user="UEVE000001", channel="inc-1", text="task <@UEVE000001|eve>, look at the cache &amp; the pool 10m")
        wait_until(lambda: [t["person"] for t in self.core.incident()["tasks"] if t["text"] == "look at the cache & the pool"] == ["eve"], 20, "a name picked from the list is whoever its id is bound to")
        self.slack("press", app="ic", user="UEVE000001", ts=page["ts"])
        wait_until(lambda: [e for e in self.core.timeline() if "answered test page 1" in e["text"]], 20, "pressed by whom it was for")
        found = [p.name for p in self.core.home.rglob("*") if p.is_file() and b"canary-response-url" in p.read_bytes()]
        self.assertEqual(found, [])

    def test_09b_who_is_called_is_called_by_name_in_the_room_and_nobody_else(self):
        self.core.ctl("summon", "eve", "--incident", "INC-1", "--reason", "<!channel> <@UMALLORY01> asks")
        line, = wait_until(lambda: [p for p in self.posts()["posts"] if "Calling: step" in p["text"]], 30, "the step is said in the room")
        self.assertTrue(line["text"].startswith("<@UEVE000001> Calling: step"), line)
        self.assertIn("Answer here: !ack", line["text"])
        self.assertEqual(line["text"].count("<"), 1, "what is quoted calls nobody")
        self.assertEqual([(b["text"]["type"], b["text"]["text"][:14]) for b in line["blocks"] if b["type"] == "section"], [("mrkdwn", "<@UEVE000001>"), ("plain_text", "Calling: step ")])

    def test_10_the_tokens_are_in_no_file_but_their_own(self):
        self.assertTrue(lab_fake.urls)
        for token, name in (("xoxb-ic", "chat.token"), ("xapp-ic", "chat.app-token")):
            self.core.assert_secret_only_in(token, name, urls=lab_fake.urls)

    def test_11_a_token_of_another_workspace_is_refused_with_the_reason(self):
        for name in ("xoxb", "xapp"):
            os.chmod(self.lab.write(f"{name}2", f"{name}-bob\n"), 0o600)
        self.core.connect("slack", "other", api=f"http://127.0.0.1:{self.port}/api", network="other.slack.com", bot_token_file=self.lab.dir / "xoxb2",
                          app_token_file=self.lab.dir / "xapp2")
        wait_until(lambda: self.core.source("other")["state"] == "auth-failed", 20, "it stopped")
        self.assertIn("is of the workspace acme.slack.com", json.dumps(self.core.source("other")))

    def test_12_a_scope_that_is_missing_is_named_with_the_place_to_get_it(self):
        self.slack("refuse", method="chat.postMessage", times=1, error="missing_scope", needed="chat:write", provided="channels:read,users:read")
        self.core.ctl("log", "said without the scope")
        told = wait_until(lambda: self.core.source("chat")["problem"] and self.core.source("chat"), 30, "the connection says it")
        self.assertEqual(told["state"], "live", "and goes on with what it may do")
        for part in ("lacks the scope chat:write", "it has channels:read,users:read", "api.slack.com/apps, OAuth & Permissions"):
            self.assertIn(part, told["problem"])
        self.assert_becomes(lambda: len([d for d in self.core.get("deliveries") if d["delivery"] == "failed" and "chat:write" in (d["reason"] or "")]), 1, "the post that was refused says so, too")
        self.core.ctl("log", "said with it again")
        wait_until(lambda: any("said with it again" in p["text"] for p in self.posts()["posts"]), 20, "the next goes out")

    def test_12b_the_room_of_an_incident_that_is_over_is_archived_after_the_last_words(self):
        room = "inc-2@acme.slack.com"
        self.core.ctl("declare", "--title", "Search is slow", "--severity", "SEV3")
        wait_until(lambda: self.core.incident("INC-2")["rooms"], 30, "it has its room")
        self.assertIn("INC-2 goes on", self.core.refused("room", "--archive", room, "--incident", "INC-2"))
        self.slack("refuse", method="conversations.archive", times=1, error="missing_scope", needed="channels:manage", provided="channels:read")
        self.core.ctl("standdown", "INC-2", "--verified-by", "eve", "--summary", "an index was rebuilt", "--archive-room", room)
        told = wait_until(lambda: [e["text"] for e in self.core.timeline(kind="room") if e["text"].startswith(f"room not archived and left: {room}: ")], 30, "why it cannot be is said")
        self.assertIn("lacks the scope channels:manage", told[0])
        self.assertFalse(self.slack("posts", channel="inc-2")["archived"])
        self.assertIsNone(self.core.incident("INC-2")["rooms"][0]["leftAt"])
        self.core.ctl("room", "--archive", room, "--incident", "INC-2")
        wait_until(lambda: self.core.timeline(kind="room", text=f"room archived and left: {room}"), 30, "it is archived")
        there = self.slack("posts", channel="inc-2")
        self.assertTrue(there["archived"])
        self.assertTrue([p for p in there["posts"] if "an index was rebuilt" in p["text"]], "the last words came before")
        known = self.core.incident("INC-2")["rooms"][0]
        self.assertTrue(known["archivedAt"] and known["leftAt"] == known["archivedAt"])
        self.assertIn("was left at", self.core.refused("room", "--archive", room, "--incident", "INC-2"))

    def test_12c_reopened_it_is_said_that_somebody_has_to_bring_the_room_back(self):
        self.core.ctl("reopen", "INC-2", "--reason", "slow again")
        wait_until(lambda: [e for e in self.core.timeline(kind="withheld") if "inc-2@acme.slack.com was archived at" in e["text"]], 20, "it is said")
        self.assertTrue(self.core.incident("INC-2")["rooms"][0]["archivedAt"])
        self.core.ctl("resolve", "INC-2", "--reason", "as fast as before")

    def test_12d_where_rooms_are_to_be_private_they_are_made_so_or_not_at_all(self):
        with self.core.changed_workspace() as workspace:
            settings = next(p for p in workspace.glob("*.toml") if "[workspace]" in p.read_text())
            settings.write_text(settings.read_text().replace("[workspace]\n", '[workspace]\nprivate_rooms = "always"\n'))
        self.core.ctl("declare", "--title", "Salaries are readable", "--severity", "SEV3")
        room = wait_until(lambda: self.core.incident("INC-3")["rooms"], 30, "it has its room")[0]
        self.assertEqual((room["room"], room["created"], room["isPrivate"]), ("inc-3@acme.slack.com", True, True))
        there = self.slack("posts", channel="inc-3")
        self.assertEqual((there["private"], there["members"]), (True, ["U0000000IC"]))
        self.core.ctl("task", "close it", "--to", "eve", "--incident", "INC-3")
        wait_until(lambda: "UEVE000001" in self.slack("posts", channel="inc-3")["members"], 20, "who works on it is asked in")
        self.core.kill()
        self.core.serve()
        self.live()
        self.slack("say", user="UEVE000001", channel="inc-3", text="!log closed it")
        wait_until(lambda: self.core.timeline(kind="log", text="closed it", actor="eve"), 20, "it is heard again after a restart")
        self.slack("make", name="inc-4", user="UMALLORY01")
        self.core.ctl("declare", "--title", "Salaries are readable again", "--severity", "SEV3")
        told = wait_until(lambda: [e["text"] for e in self.core.timeline(kind="room", incident="INC-4") if e["text"].startswith("room not created: ")], 30, "why there is none is said")
        self.assertIn("a channel #inc-4 already that is not ours or that others see", told[0])
        self.assertEqual(self.core.incident("INC-4")["rooms"], [])
        self.assertEqual(self.slack("posts", channel="inc-4")["posts"], [], "nothing is said where others see it")
        for incident in ("INC-3", "INC-4"):
            self.core.ctl("resolve", incident, "--reason", "closed")

    def test_12e_a_channel_that_is_there_is_read_back_with_what_was_answered_since_in_threads_from_before(self):
        self.slack("make", name="war-room", user="UEVE000001")
        def said(text, **more):
            return self.slack("say", user="UEVE000001", channel="war-room", text=text, **more)["ts"]
        root = said("lunch?")
        said("noodles", thread_ts=root)
        time.sleep(1.1)  # an instant has whole seconds here
        began = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        said("the till is slow", thread_ts=root)
        said("now it is down")
        self.core.ctl("declare", "--title", "The till is down", "--severity", "SEV3", "--since", began, "--room", "war-room@acme.slack.com")
        wait_until(lambda: [(e["text"], e["thread"] or "", e["replayed"]) for e in self.core.timeline(kind="message", incident="INC-5") if e["replayed"]]
                   == [("the till is slow", root, True), ("now it is down", "", True)], 30, "both are on the timeline, and nothing from before")
        self.assertEqual(self.core.timeline(kind="gap", incident="INC-5"), [])
        self.core.ctl("resolve", "INC-5", "--reason", "up again")

    def test_13_another_console_with_the_same_app_is_seen(self):
        type(self).other = other = Core(self.lab, "other")
        other.init()
        other.serve()
        other.connect("slack", "twin", api=f"http://127.0.0.1:{self.port}/api", network="acme.slack.com", bot_token_file=self.lab.dir / "xoxb", app_token_file=self.lab.dir / "xapp")
        told = wait_until(lambda: "Slack counts 1 more socket of this app" in (other.source("twin")["problem"] or "") and other.source("twin"), RECONNECT, "it says that events are shared")
        self.assertEqual(told["state"], "live")
        other.ctl("disconnect", "twin")

    def test_14_a_token_that_is_revoked_stops_its_connection_and_no_other(self):
        for name in ("xoxb", "xapp"):
            os.chmod(self.lab.write(f"{name}3", f"{name}-dba\n"), 0o600)
        self.other.connect("slack", "third", api=f"http://127.0.0.1:{self.port}/api", network="acme.slack.com", bot_token_file=self.lab.dir / "xoxb3", app_token_file=self.lab.dir / "xapp3")
        wait_until(lambda: self.other.source("third")["state"] == "live", RECONNECT, "the third is live")
        self.slack("revoke", app="ic")  # the socket stands: the next thing we ask is refused
        self.core.ctl("log", "said after it was revoked")
        refused = wait_until(lambda: self.core.source("chat")["state"] == "auth-failed" and self.core.source("chat"), 30, "the connection stopped")
        self.assertIn("token_revoked; install the app again at api.slack.com/apps, OAuth & Permissions", refused["problem"])
        self.assertEqual(self.other.source("third")["state"], "live", "the others go on")
        self.slack("revoke", app="dba", tell=True)  # and one that only listens is told
        wait_until(lambda: self.other.source("third")["state"] == "auth-failed", 30, "the third, too")


if __name__ == "__main__":
    main()
