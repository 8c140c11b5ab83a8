# SPDX-License-Identifier: GPL-3.0-or-later
"""Mattermost's own client accepts the fake of Mattermost the tests use."""
import lab_mattermost
from quarterdeck_lab import Story, free_port, judged, main


class MattermostsOwnClientAcceptsTheFake(Story):
    def test_01_every_step_of_the_judge(self):
        port = free_port()
        lab_mattermost.serve(self.lab.folder("judged"), port)
        self.assertIn("Mattermost's own client agrees", judged("mattermost.mjs", ["@mattermost/client"], f"http://127.0.0.1:{port}"))


if __name__ == "__main__":
    main()
