# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's own mail server, Exim 4, with STARTTLS and AUTH, unpacked in the build folder and run by nobody in particular.

It is never installed: the packages of mail servers take each other's place, and a test must not take a machine's own away."""
import email
import email.policy
import os
import pathlib
import shutil
import tempfile

from lab_mail import authority
from quarterdeck_lab import accepts, bin_dir, free_port, need, wait_until

CONFIG = """
primary_hostname = localhost
qualify_domain = localhost
spool_directory = {dir}/spool
log_file_path = {dir}/%slog
pid_file_path = {dir}/exim.pid
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
disable_ipv6 = true
host_lookup =
rfc1413_hosts =
keep_environment =
never_users =
exim_user = Debian-exim
exim_group = Debian-exim
deliver_drop_privilege = true
message_size_limit = 1M
tls_advertise_hosts = *
tls_certificate = {dir}/cert.pem
tls_privatekey = {dir}/cert.key
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny  message = no such mailbox
        local_parts = nobody
  accept authenticated = *
  deny  message = authentication is required
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  directory = {dir}/mail
  maildir_format
  create_directory
  user = Debian-exim
  group = Debian-exim
  envelope_to_add
  return_path_add
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""
NOBODY = 65534


class Exim:
    """Takes mail for anybody but nobody@ from who logs in over TLS, and delivers it into folders."""

    def __init__(self, lab, user="desk", password="pw-desk"):
        self.lab, self.user, self.password = lab, user, password
        unpacked = bin_dir().parent / "exim"
        self._program = unpacked / "usr/lib/exim4/exim4"
        self._preload = unpacked / "libnss_wrapper.so"
        if not self._program.exists() or not self._preload.exists():
            raise AssertionError(f"{self._program} is missing: ./dev setup unpacks it")
        self._uid = NOBODY if os.getuid() == 0 else os.getuid()
        self._gid = NOBODY if os.getuid() == 0 else os.getgid()
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="qd-exim-"))  # one that nobody may enter
        self.port = free_port()
        self.root, cert, key = authority(lab, "exim")
        # As every program of Debian it knows its user by name; where it is not installed there is none of that name.
        (self.dir / "passwd").write_text(f"root:x:0:0::/:/bin/sh\nDebian-exim:x:{self._uid}:{self._gid}::/nonexistent:/usr/sbin/nologin\n")
        (self.dir / "group").write_text(f"root:x:0:\nDebian-exim:x:{self._gid}:\n")
        for folder in ("spool", "mail"):
            (self.dir / folder).mkdir()
        shutil.copy(cert, self.dir / "cert.pem")
        shutil.copy(key, self.dir / "cert.key")
        shutil.copy(self._program, self.dir / "exim4")
        shutil.copy(self._preload, self.dir / "libnss_wrapper.so")
        (self.dir / "exim.conf").write_text(CONFIG.format(dir=self.dir, port=self.port, user=user, password=password))
        if os.getuid() == 0:
            for path in (self.dir, *self.dir.rglob("*")):
                os.chown(path, self._uid, self._gid)
        self._process = None
        lab.on_close(self._remove)

    def start(self):
        who = ["/usr/bin/setpriv", f"--reuid={self._uid}", f"--regid={self._gid}", "--clear-groups", "--"] if os.getuid() == 0 else []
        # The wrapper is given to the mail server alone, after setpriv: this program's own users stay who they are.
        self._process = self.lab.run("exim", [*who, need("/usr/bin/env", "coreutils"), f"LD_PRELOAD={self.dir}/libnss_wrapper.so",
                                              f"NSS_WRAPPER_PASSWD={self.dir}/passwd", f"NSS_WRAPPER_GROUP={self.dir}/group",
                                              self.dir / "exim4", "-C", self.dir / "exim.conf", "-bdf", "-q1m"], cwd=self.dir)
        wait_until(lambda: accepts(self.port), 20, "Exim answers")
        return self

    def stop(self):
        if self._process:
            self._process.stop()
            self._process = None

    def _remove(self):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    @property
    def url(self):
        return f"smtp://localhost:{self.port}"

    def log(self):
        path = self.dir / "mainlog"
        return path.read_text(errors="replace") if path.exists() else ""

    def mails(self, to):
        """What was delivered to an address, in the order it came."""
        found = sorted((self.dir / "mail/new").glob("*"), key=lambda p: p.stat().st_mtime_ns)
        parsed = [m for m in (email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in found) if m["Envelope-to"] == to]
        for m in parsed:
            assert not m.defects, m.defects
        return parsed
