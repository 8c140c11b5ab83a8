# SPDX-License-Identifier: GPL-3.0-or-later
"""Mattermost's own client accepts the fake of Mattermost the tests use."""
import pathlib
import subprocess

import lab_mattermost
from quarterdeck_lab import Story, bin_dir, free_port, main, need

HERE = pathlib.Path(__file__).resolve().parent


class MattermostsOwnClientAcceptsTheFake(Story):
    def test_01_every_step_of_the_judge(self):
        node = need("/usr/bin/node", "nodejs")
        modules = bin_dir().parent / "judges/node_modules"
        self.assertTrue((modules / "@mattermost/client").is_dir(), f"{modules} is missing: ./dev setup installs it")
        port = free_port()
        lab_mattermost.serve(self.lab.folder("judged"), port)
        judged = subprocess.run([node, HERE.parent / "judges/mattermost.mjs", modules, f"http://127.0.0.1:{port}"], capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(judged.returncode, 0, judged.stderr[-3000:])
        self.assertIn("Mattermost's own client agrees", judged.stdout)


if __name__ == "__main__":
    main()
