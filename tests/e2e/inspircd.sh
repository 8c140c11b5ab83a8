#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# inspircd.sh DIR PORT: a private InspIRCd 3 (Debian package "inspircd") in the foreground: IRC over WebSocket with IRCv3, channel history.
# inspircd.sh DIR PORT services: its services, Atheme (Debian package "atheme-services"): accounts, SASL PLAIN. Start them as a second
#   process; they link themselves to the server, again and again, and sign-in is offered while they do.
# Nothing outside DIR is read or written, neither needs root, and both listen on 127.0.0.1 only.
#   endpoint  ws://127.0.0.1:PORT/      accounts  $QD_IRC_USERS (default "ic bob dba"), each with the password pw-NAME
# Ready as soon as PORT accepts; sign-in follows within about two seconds. Stop with SIGTERM to these processes (they exec). InspIRCd keeps
# channels and their history in memory: a second start on the same DIR is "the server restarted and lost its state".
# Environment: QD_IRC_USERS, QD_IRC_LINK_PORT (between the two; required), QD_IRC_TLS_PORT (also wss://localhost:THAT/, with a certificate of
# the authority in DIR/certs/ca.pem, made at the first start, which names localhost and 127.0.0.1; 127.0.0.2 answers too, as a host with
# the wrong name), QD_IRC_PLAIN_PORT (also plain TCP there, for clients without WebSocket), QD_IRC_FLOOD (penalties a second that are forgiven: who
# has 20 is ended for flooding, as InspIRCd's own example has it for servers without fake lag, with 1; unset: nobody is).
set -eu
PATH=/usr/bin:/bin:/usr/sbin:/sbin
here=$(dirname "$(readlink -f "$0")")
dir=$1
port=$2
mkdir -p "$dir/data" "$dir/log" "$dir/run" "$dir/services" "$dir/certs"
cd "$dir"
if [ "${3:-}" = services ]; then
    [ -x /usr/bin/atheme-services ] || { echo "inspircd.sh: /usr/bin/atheme-services is missing: install the Debian package atheme-services" >&2; exit 1; }
    {
        printf 'DBV 12\nLUID AAAAAAAZZ\nCF +AFHORVabefhioqrstv\n'
        n=0
        for user in ${QD_IRC_USERS:-ic bob dba}; do
            n=$((n + 1))
            printf 'MU AAAAAAA%02d %s pw-%s %s@example.org 1795966096 1795966345 +b default\n' "$n" "$user" "$user" "$user"
            printf 'MN %s %s 1795966096 1795966106\n' "$user" "$user"
        done
        printf 'KID 0\nXID 0\nQID 0\n'
    } > services/services.db
    modules=
    for module in protocol/inspircd backend/opensex saslserv/main saslserv/plain nickserv/main nickserv/identify; do
        modules="$modules loadmodule \"modules/$module\";"
    done
    cat > services.conf <<CFG
$modules
serverinfo { name = "services.test"; desc = "services"; numeric = "00A"; recontime = 1; netname = "TestNet"; adminname = "test"; adminemail = "test@example.org";
  registeremail = "test@example.org"; auth = none; mta = "/bin/false"; loglevel = { error; info; network; }; maxlogins = 50; maxusers = 50; maxnicks = 50;
  maxchans = 50; mdlimit = 30; emaillimit = 100; emailtime = 300; casemapping = ascii; };
uplink "irc.test" { host = "127.0.0.1"; port = $QD_IRC_LINK_PORT; send_password = "link"; receive_password = "link"; };
nickserv { nick = "NickServ"; user = "services"; host = "services.test"; real = "accounts"; };
saslserv { nick = "SaslServ"; user = "services"; host = "services.test"; real = "sign-in"; };
database { };
general { commit_interval = 5; };
CFG
    # Atheme runs as anybody but root. A folder only root can see is not anybody's, so that one capability stays.
    set -- /usr/bin/atheme-services -n -c "$PWD/services.conf" -D "$PWD/services" -l "$PWD/log/services.log" -p "$PWD/run/services.pid"
    rm -f run/services.pid
    [ "$(id -u)" != 0 ] || set -- /usr/bin/setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps +dac_override --ambient-caps +dac_override "$@"
    exec "$@"
fi
[ -x /usr/sbin/inspircd ] || { echo "inspircd.sh: /usr/sbin/inspircd is missing: install the Debian package inspircd" >&2; exit 1; }
tls=
if [ -n "${QD_IRC_TLS_PORT:-}" ]; then
    "$here/certificate.sh" certs
    tls="<module name=\"ssl_gnutls\"><sslprofile name=\"ws\" provider=\"gnutls\" certfile=\"$PWD/certs/localhost.crt\" keyfile=\"$PWD/certs/localhost.key\">"
    for address in 127.0.0.1 127.0.0.2; do
        tls="$tls<bind address=\"$address\" port=\"$QD_IRC_TLS_PORT\" type=\"clients\" hook=\"websocket\" sslprofile=\"ws\">"
    done
fi
modules=
for module in sha1 websocket cap ircv3 ircv3_accounttag ircv3_batch ircv3_capnotify ircv3_ctctags ircv3_echomessage ircv3_invitenotify \
    ircv3_labeledresponse ircv3_msgid ircv3_servertime chanhistory services_account inviteexception sasl spanningtree; do
    modules="$modules<module name=\"$module\">"
done
plain=
[ -z "${QD_IRC_PLAIN_PORT:-}" ] || plain="<bind address=\"127.0.0.1\" port=\"$QD_IRC_PLAIN_PORT\" type=\"clients\">"
threshold=1000
[ -z "${QD_IRC_FLOOD:-}" ] || threshold=20
cat > inspircd.conf <<CFG
<server name="irc.test" description="fixture" network="TestNet" id="1IC">
<admin name="fixture" nick="fixture" email="fixture@example.org">
<path datadir="./data" logdir="./log" runtimedir="./run">
<bind address="127.0.0.1" port="$port" type="clients" hook="websocket">
<bind address="127.0.0.1" port="$QD_IRC_LINK_PORT" type="servers">
$plain
$tls
<connect allow="127.0.0.0/8" timeout="20" pingfreq="15" hardsendq="1048576" softsendq="65536" recvq="65536" threshold="$threshold" commandrate="${QD_IRC_FLOOD:-100}000" fakelag="no" localmax="1000" globalmax="1000" resolvehostnames="no" useident="no">
<dns server="127.0.0.1" timeout="1">
<options casemapping="ascii" defaultmodes="not">
<wsorigin allow="*"><websocket defaultmode="text"><chanhistory maxlines="100" bots="yes">
<sasl target="services.test" requiressl="no"><uline server="services.test" silent="yes">
<link name="services.test" ipaddr="127.0.0.1" port="$QD_IRC_LINK_PORT" allowmask="127.0.0.1" sendpass="link" recvpass="link">
$modules
CFG
root=
[ "$(id -u)" != 0 ] || root=--runasroot
exec /usr/sbin/inspircd --config "$PWD/inspircd.conf" --nofork --nopid --nolog $root
