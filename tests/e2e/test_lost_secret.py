# SPDX-License-Identifier: GPL-3.0-or-later
"""The secret of a chat connection is gone after a restart: that is said with the place of another, and the other connections go on."""
import os

from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, wait_until


class ASecretIsGone(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core)
        token = lab.write("token", "token-of-nobody\n")
        os.chmod(token, 0o600)
        core.connect("mattermost", "other", url="http://127.0.0.1:9", network="other.test", team="ops", token_file=token)  # nobody is there
        core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV3")
        cls.room = wait_until(lambda: core.incident()["rooms"], 30, "there is a room")[0]["room"]

    def test_00_an_account_s_password_is_in_no_file_but_its_own(self):
        self.core.assert_secret_only_in("pw-ic", "chat.password")
        self.core.assert_secret_only_in("token-of-nobody", "other.token")

    def test_01_what_is_lost_is_said_with_the_place_of_another(self):
        self.core.stop()
        (self.core.home / "secrets/other.token").unlink()
        self.core.serve()
        other = wait_until(lambda: (s := self.core.source("other"))["state"] == "auth-failed" and s, 20, "it says that it cannot sign in")
        self.assertIn("The secret cannot be read from", other["problem"])
        self.assertIn("secrets/other.token", other["problem"])
        self.assertIn("Make another in Mattermost, a bot's under Integrations, Bot Accounts", other["problem"])
        self.assertIn("connect other again with it", other["problem"])
        self.assertIn("auth-failed", self.core.ctl("get", "sources").stdout)

    def test_02_the_other_connection_goes_on(self):
        wait_until(lambda: self.core.source("chat")["state"] == "live", 60, "the room's connection is live again")
        self.core.ctl("log", "--incident", "INC-1", "we go on")
        wait_until(lambda: any("we go on" in d["text"] and d["delivery"] == "confirmed" for d in self.core.get("deliveries")), 30, "it is in the room")


if __name__ == "__main__":
    main()
