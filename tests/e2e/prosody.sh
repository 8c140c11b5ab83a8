#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# prosody.sh DIR PORT: a private prosody (Debian package "prosody") in the foreground: WebSocket, multi-user chat, archive,
# stream management. Nothing outside DIR is read or written, it needs no root, and it listens on 127.0.0.1:PORT only.
#   endpoint  ws://127.0.0.1:PORT/xmpp-websocket      rooms  conference.localhost
#   accounts  $QD_XMPP_USERS (default "ic bob dba"), each with the password pw-NAME, at localhost
# Ready as soon as PORT accepts. Stop with SIGTERM to this process (it execs prosody); SIGKILL loses live sessions but keeps
# rooms and archives, so a second start on the same DIR is "the server restarted".
# Environment: QD_XMPP_USERS, QD_XMPP_RESUME_SECONDS (default 60: how long a cut session can be resumed), QD_XMPP_TLS_PORT
# (also wss://localhost:THAT/xmpp-websocket, with a certificate of the authority in DIR/certs/ca.pem, made at the first start,
# which names localhost and 127.0.0.1; 127.0.0.2 answers too, as a host with the wrong name), QD_XMPP_C2S_PORT (also plain TCP
# there, unencrypted, for clients without WebSocket), QD_XMPP_REFUSE (so many messages to rooms are refused as too many), QD_XMPP_ARCHIVE
# (default internal, in files; "memory" is quicker for long ones, and is lost with the process).
set -eu
PATH=/usr/bin:/bin:/usr/sbin:/sbin
here=$(dirname "$(readlink -f "$0")")
dir=$1
port=$2
[ -x /usr/bin/prosody ] || { echo "prosody.sh: /usr/bin/prosody is missing: install the Debian package prosody" >&2; exit 1; }
mkdir -p "$dir/data/localhost/accounts" "$dir/certs"
cd "$dir"
for user in ${QD_XMPP_USERS:-ic bob dba}; do
    printf 'return { ["password"] = "pw-%s" };\n' "$user" > "data/localhost/accounts/$user.dat"
done
https='https_ports = { }'
if [ -n "${QD_XMPP_TLS_PORT:-}" ]; then
    "$here/certificate.sh" certs
    https="https_ports = { $QD_XMPP_TLS_PORT }; https_interfaces = { \"127.0.0.1\", \"127.0.0.2\" }
https_ssl = { certificate = \"$PWD/certs/localhost.crt\"; key = \"$PWD/certs/localhost.key\" }"
fi
cat > prosody.cfg.lua <<CFG
run_as_root = true -- means "may be root"; harmless otherwise
data_path = "data"; certificates = "certs"; pidfile = "prosody.pid"
interfaces = { "127.0.0.1" }; c2s_ports = { ${QD_XMPP_C2S_PORT:-} }; s2s_ports = { }
$https
http_ports = { $port }; http_interfaces = { "127.0.0.1" }
modules_enabled = { "roster", "saslauth", "disco", "ping", "smacks", "websocket", "mam", "offline" }
modules_disabled = { "s2s", "tls", "admin_shell" }
c2s_require_encryption = false; authentication = "internal_plain"; default_storage = "internal"; storage = { muc_log = "${QD_XMPP_ARCHIVE:-internal}" }
smacks_hibernation_time = ${QD_XMPP_RESUME_SECONDS:-60}
default_archive_policy = true
storage_archive_item_limit = 100000
plugin_paths = { "$here/prosody" }
log = { info = "prosody.log" }
VirtualHost "localhost"
Component "conference.localhost" "muc"
  modules_enabled = { "muc_mam", "qd_fill", "qd_refuse" }
  qd_refuse = ${QD_XMPP_REFUSE:-0}; qd_fill = "$PWD/fill"
  muc_room_default_persistent = true
CFG
exec /usr/bin/prosody --config ./prosody.cfg.lua -F
