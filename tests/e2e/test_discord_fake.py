# SPDX-License-Identifier: GPL-3.0-or-later
"""Discord's own clients accept the fake of Discord the tests use."""
import lab_discord
from quarterdeck_lab import Story, free_port, judged, main


class DiscordsOwnClientsAcceptTheFake(Story):
    def test_01_every_step_of_the_judge(self):
        port = free_port()
        lab_discord.serve(self.lab.folder("judged"), port)
        self.assertIn("Discord's own clients agree", judged("discord.mjs", ["@discordjs/ws", "@discordjs/rest"], f"http://127.0.0.1:{port}"))


if __name__ == "__main__":
    main()
