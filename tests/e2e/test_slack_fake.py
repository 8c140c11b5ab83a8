# SPDX-License-Identifier: GPL-3.0-or-later
"""Slack's own clients accept the fake of Slack the tests use; the app's manifest asks for the scopes and events the connector needs, and no others."""
import pathlib
import re

import lab_slack
from quarterdeck_lab import Story, free_port, judged, main

SOURCES = pathlib.Path(__file__).resolve().parents[2]
HISTORY = {"channels:history", "groups:history", "im:history"}
ROOMS = {"channels:manage", "groups:write"}
READ = {"channels:read", "groups:read"}
# What a bot's token needs for a method, by Slack's reference (https://api.slack.com/methods); for public and private channels and direct messages.
METHODS = {"auth.test": set(), "chat.delete": {"chat:write"}, "chat.postMessage": {"chat:write"}, "chat.update": {"chat:write"}, "conversations.archive": ROOMS, "conversations.create": ROOMS,
           "conversations.history": HISTORY, "conversations.info": READ, "conversations.invite": ROOMS, "conversations.join": {"channels:join"}, "conversations.leave": ROOMS, "conversations.list": READ,
           "conversations.members": READ, "conversations.open": {"im:write"}, "conversations.replies": HISTORY, "conversations.setTopic": ROOMS,
           "reactions.add": {"reactions:write"}, "reactions.remove": {"reactions:write"}, "users.info": {"users:read"}}
EVENTS = {"app_uninstalled": set(), "channel_archive": {"channels:read"}, "channel_deleted": {"channels:read"}, "channel_left": {"channels:read"}, "group_archive": {"groups:read"}, "group_deleted": {"groups:read"},
          "group_left": {"groups:read"}, "member_joined_channel": READ,
          "member_left_channel": READ, "message.channels": {"channels:history"}, "message.groups": {"groups:history"}, "message.im": {"im:history"}, "reaction_added": {"reactions:read"},
          "reaction_removed": {"reactions:read"}, "tokens_revoked": set()}
OTHERS = {"commands", "files:read", "metadata.message:read"}  # the word behind the slash; url_private of a file; include_all_metadata of a history


def listed(manifest, name):
    """The items below `name:`."""
    found = re.search(rf"^( *){name}:\n((?:\1  +- .*\n)+)", manifest, re.MULTILINE)
    return {re.sub(r"#.*", "", line).strip(" -") for line in found[2].splitlines()}


class TheManifestFitsTheConnector(Story):
    def test_01_its_scopes_and_events_are_those_that_are_used(self):
        manifest = (SOURCES / "resources/slack/manifest.yml").read_text()
        code = "".join(p.read_text() for p in sorted((SOURCES / "core/chat").glob("slack*.cpp")))
        methods = set(re.findall(r'"((?:auth|bots|chat|conversations|files|pins|reactions|team|users|views)\.[A-Za-z.]+)"', code))
        methods = {m for m in methods if not m.endswith(".com")}  # where files lie is no method
        self.assertEqual(methods, set(METHODS), "every method the connector calls has its scopes here, and none is here that it does not call")
        events = listed(manifest, "bot_events")
        self.assertEqual(events, set(EVENTS))
        for event in events:
            name = event.partition(".")[0]
            kind, _, what = name.partition("_")
            self.assertTrue(f'"{name}"' in code or (f'"{kind}_"' in code and f'"_{what}"' in code), f"{event}: what is subscribed to is read")
        self.assertEqual(listed(manifest, "bot"), set().union(*METHODS.values(), *EVENTS.values(), OTHERS))
        self.assertIn("include_all_metadata", code)

    def test_02_people_can_write_to_the_app_alone(self):
        manifest = (SOURCES / "resources/slack/manifest.yml").read_text()
        home = re.search(r"^  app_home:.*\n((?:    .*\n)+)", manifest, re.MULTILINE)[1]
        said = dict(line.split("#")[0].strip().split(": ") for line in home.splitlines())
        self.assertEqual((said["messages_tab_enabled"], said["messages_tab_read_only_enabled"]), ("true", "false"))


class SlacksOwnClientsAcceptTheFake(Story):
    def test_01_every_step_of_the_judge(self):
        port = free_port()
        lab_slack.serve(self.lab.folder("judged"), port)
        self.assertIn("Slack's own clients agree", judged("slack.mjs", ["@slack/socket-mode", "@slack/web-api"], f"http://127.0.0.1:{port}"))


if __name__ == "__main__":
    main()
