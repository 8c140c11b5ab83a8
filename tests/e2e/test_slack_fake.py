# SPDX-License-Identifier: GPL-3.0-or-later
"""Slack's own clients accept the fake of Slack the tests use."""
import lab_slack
from quarterdeck_lab import Story, free_port, judged, main


class SlacksOwnClientsAcceptTheFake(Story):
    def test_01_every_step_of_the_judge(self):
        port = free_port()
        lab_slack.serve(self.lab.folder("judged"), port)
        self.assertIn("Slack's own clients agree", judged("slack.mjs", ["@slack/socket-mode", "@slack/web-api"], f"http://127.0.0.1:{port}"))


if __name__ == "__main__":
    main()
