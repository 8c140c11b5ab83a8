#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh DIR: pictures of the real window in the practice incident, WHAT-LOOK-WIDTHxHEIGHT.png in DIR.
# Each picture is a run of its own: quarterdeck --practice on a private X display, with private settings and a private home.
# Environment: QD_BIN (the programs' folder, default build/bin), QD_SHOT_LOOKS ("dark light"), QD_SHOT_SIZES ("1920x1080 1366x768"),
# QD_SHOT_SPEED (20), QD_SHOT_ALERTS (how many alerts there are when the picture is taken, 26), QD_SHOT_WHAT ("incident"; also flood: the
# queue with all that fires, why: an alert and why it is there in full, planner: the next 24 hours of on-call, who: who is called, when and why,
# standdown: the stand-down sheet, composer: what is about to be said on a status page, approvals: the status page and the texts for outside with who has
# approved them, gate: an update the outbound gate refused, viewas: the window as the public would read it, kinds: the timeline filtered by kind, wall: the wall perspective, directory: services and who is on call, keys: the keys dialog,
# review: a review with its evidence, narrative and factors, replay: the same in the past,
# strike, class: a line of the timeline that is to be struck or classed, title, service, room: the incident set right, hold, erase: what is kept and what goes, done: a task reported done with words,
# sidebyside: how it is read inside and outside, with what the leak check finds, trends: what reviews say together).
# QD_SHOT_WALL ("3 55") is from how many metres the wall is read and how many inches its screen has.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
bin=$(readlink -f "${QD_BIN:-$here/../../build/bin}")
out=${1:?usage: screenshots.sh DIR}
mkdir -p "$out"
out=$(readlink -f "$out")
for need in Xvfb:xvfb openbox:openbox dbus-run-session:dbus-daemon import:imagemagick xdotool:xdotool identify:imagemagick; do
    [ -x "/usr/bin/${need%%:*}" ] || { echo "screenshots.sh: /usr/bin/${need%%:*} is missing: install the Debian package ${need##*:}" >&2; exit 1; }
done
[ -x "$bin/quarterdeck" ] || { echo "screenshots.sh: there is no $bin/quarterdeck; build it: ./dev build" >&2; exit 1; }

work= server=
clean_up() {
    [ -n "$work" ] || return 0
    "$bin/quarterdeckctl" --home "$work/home" practice stop 2> /dev/null || true
    kill "$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
    rm -rf "$work"
    work=
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# What a shop tells people outside, for the pictures that show it: a status page, who checks texts, a statement approved beforehand.
outside='
[[page]]
id = "shop"
title = "Practice shop status"
languages = ["en", "de"]
url = "https://status.example.org"
publish = ["public-web"]
live = true
[[page.component]]
id = "buying"
name = "Buying"
services = ["checkout"]
[[page.component]]
id = "accounts"
name = "Accounts"
services = ["accounts"]
[[page.component]]
id = "search"
name = "Search"
services = ["search"]
[[approval]]
id = "technical"
name = "Technical check"
approvers = ["novak"]
[[approval]]
id = "legal"
name = "Legal"
approvers = ["hale"]
after = ["technical"]
[[approval]]
id = "pr"
name = "Public relations"
approvers = ["brito"]
[[holding]]
id = "buying-trouble"
component = "shop/buying"
services = ["checkout"]
title = "Some purchases fail"
text = "Some purchases fail. Orders already placed are safe."
next = "30m"
expires = "2h"
'

prepare() { # what happened before the picture of WHAT: prepare WHAT CTL…
    local what=$1 kept=$work/home
    shift
    case $what in
        composer | approvals | viewas) ;;
        review | replay)
            "$@" log --incident INC-1 "the pool limit went from 400 to 40 in the push"
            "$@" resolve INC-1
            "$@" review open INC-1
            # Of what a draft is asked: a claim nothing shows, what did not happen, a name as a cause.
            printf '%s\n' 'The push took the limit of the pool from 400 to 40, and payments began to wait for each other.' '' \
                'The reviewer should have seen it. It was caused by Dana Novak, who was tired. Nobody looked at the pool for eleven minutes.' '' \
                'What made the push look safe at 14:02?' > "$work/narrative.md"
            "$@" review write INC-1 narrative "$work/narrative.md" --base 1
            "$@" review factor INC-1 trigger.configuration-push --note "the limit came with the push" --confidence high
            "$@" review factor INC-1 technical.configuration-error --confidence medium
            return ;;
        sidebyside)
            "$@" log --incident INC-1 "the pool limit went from 400 to 40 in the push"
            "$@" resolve INC-1
            "$@" review open INC-1
            printf '%s\n' '**Some purchases failed for 31 minutes.** A change of a limit left too few connections to the ledger.' '' \
                'Dana Novak saw it first; [[confidential: CardCo was told at 14:09]]. It was rolled back on ledger-db-2.' > "$work/summary.md"
            "$@" review write INC-1 summary "$work/summary.md" --base 1
            return ;;
        trends | matrix | services)
            local n=0 day when factors factor
            # What was seen together in half a year, written down afterwards.
            for factors in "trigger.configuration-push process.inadequate-testing technical.configuration-error" "trigger.configuration-push technical.configuration-error" "trigger.binary-push process.inadequate-testing" \
                "trigger.configuration-push technical.configuration-error response.alert-noise" "trigger.binary-push response.alert-noise" "trigger.configuration-push process.inadequate-testing" "trigger.configuration-push technical.configuration-error"; do
                n=$((n + 1)) day=$((200 - n * 26))
                when=$(date -u -d "-$day days" +%Y-%m-%dT10:00:00Z)
                "$@" declare --title "Checkout was slow ($n)" --severity SEV2 --service checkout --kind backfilled --no-room --since "$when" --until "${when%10:00:00Z}10:40:00Z"
                "$@" review open "INC-$((n + 1))"
                for factor in $factors; do "$@" review factor "INC-$((n + 1))" "$factor"; done
            done
            "$@" review action INC-2 "limits reach one host first" --owner novak --due 14d --strength engineer --factor technical.configuration-error --verification "a push of a wrong limit stops by itself"
            "$@" review action INC-2 --action 1 --state done
            return ;;
        *) return 0 ;;
    esac
    mkdir -p "$work/public"
    printf '%s' "$outside" > "$kept/workspace/outside.toml"
    for _ in $(seq 60); do "$@" page show shop > /dev/null 2>&1 && break; sleep 0.5; done
    "$@" connect directory --name public-web --path "$work/public" --interval 2s
    "$@" arm public-web --allow publish
    "$@" page post shop --phase investigating --title "Some purchases fail" --text "Some purchases fail. Orders already placed are safe." --incident INC-1 --component buying=partial-outage --next 30m
    "$@" page post shop --phase identified --text "Some purchases fail at the last step. Orders already placed are safe. We know the cause." --next 20m
    "$@" page set shop search operational --reason "slow for us, not for customers" --until 2h
    "$@" message draft --title "Some purchases fail" --text "Since 14:02 some purchases fail." --to page:shop
    "$@" message draft 1 --text "Since 14:02 some purchases fail at the last step. Nobody is charged twice." --embargo 5m --expires 3h
    "$@" --as novak message approve 1 --hash "$("$@" message show 1 | sed -n 's/^hash //p')"
    "$@" log --incident INC-1 "the card company says [[confidential: their certificate ended at 14:00]]"
    "$@" log --incident INC-1 "lawyers were told [[restricted: the contract ends in March]]"
}

keys_of() { # what is pressed before the picture of WHAT
    case $1 in
        incident | flood) ;;
        why) echo "Escape Home Down Down y" ;;
        planner) echo "ctrl+shift+p" ;;
        who) echo "ctrl+alt+q" ;;
        wall) echo "ctrl+2" ;;
        directory) echo "ctrl+4" ;;
        keys) echo "ctrl+alt+y" ;;
        review) echo "ctrl+3 Return Down Down 1 Down Down 4 ctrl+e F8" ;;
        sidebyside) echo "ctrl+3 Return ctrl+p" ;;
        trends) echo "ctrl+3 F7" ;;
        matrix) echo "ctrl+3 shift+F7" ;;
        services) echo "ctrl+3 shift+F7 s" ;;
        keeping) echo "alt+shift+h" ;;
        hold) echo "alt+shift+h n" ;;
        glass) echo "alt+shift+b" ;;
        identities) echo "alt+shift+u" ;;
        rights) echo "alt+shift+w" ;;
        title) echo "alt+shift+i" ;;
        class) echo "F6 F6 End Up shift+x" ;;
        strike) echo "F6 F6 End Up Delete" ;;
        room) echo "alt+shift+g" ;;
        service) echo "alt+shift+v" ;;
        erase) echo "alt+shift+h x type:the_practice_is_over shift+Tab shift+Tab ctrl+a type:INC-1,2026-11-23 Tab" ;;
        done) echo "F6 F6 F6 Down Down Down Down Down Down Down Down Down Down Down Down Down Down shift+space" ;;
        replay) echo "ctrl+3 Return bracketright bracketright bracketright braceright braceright" ;;
        standdown) echo "ctrl+shift+e" ;;
        composer) echo "ctrl+alt+o p type:We_reversed_a_change,_and_purchases_work_again._We_watch_them. Tab type:Eine_Korrektur_ist_eingespielt,_Einkaufen_geht_wieder._Das_wird_beobachtet." ;;
        approvals) echo "ctrl+shift+o" ;;
        gate) echo "ctrl+k type:update:_compose Return type:cannot_complete_purchases,_since_[[restricted:_CardCo]]_is_down Tab type:asking_them Tab type:20m ctrl+Return" ;;
        viewas) echo "ctrl+alt+v type:the_public Return" ;;
        kinds) echo "F6 F6 slash type:decision Return slash type:message Return" ;;
        *) echo "screenshots.sh: there is no picture \"$1\"" >&2; return 1 ;;
    esac
}

shot() { # shot WHAT LOOK WIDTHxHEIGHT
    local what=$1 look=$2 size=$3 name=$1-$2-$3.png keys alerts=${QD_SHOT_ALERTS:-26}
    keys=$(keys_of "$what") || return 1
    [ "$what" != flood ] || alerts=36
    work=$(mktemp -d "${TMPDIR:-/tmp}/quarterdeck-shot-XXXXXX")
    mkdir -p -m 700 "$work/run" "$work/state/quarterdeck" "$work/config"
    printf '[General]\nlook=%s\n' "$look" > "$work/state/quarterdeck/window.ini"
    mkdir -p -m 700 "$work/config/quarterdeck"
    printf '[wall]\ndistance=%s\ndiagonal=%s\n' ${QD_SHOT_WALL:-3 55} > "$work/config/quarterdeck/window.conf"
    cat > "$work/openbox.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc"><applications><application class="*" type="normal"><decor>no</decor><maximized>yes</maximized></application></applications></openbox_config>
XML
    Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset 3> "$work/display" > "$work/xvfb.log" 2>&1 &
    server=$!
    local rc=0
    for _ in $(seq 200); do [ -s "$work/display" ] && break; sleep 0.05; done
    env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME="$work" TZ=UTC XDG_RUNTIME_DIR="$work/run" XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config" \
        XDG_DATA_HOME="$work/data" DISPLAY=":$(cat "$work/display")" QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1 \
        dbus-run-session -- bash 4>&2 2> "$work/session.log" -c '
            work=$1 bin=$2 speed=$3 alerts=$4 picture=$5 keys=$6 what=$7 outside=$8
            eval "$9"
            openbox --config-file "$work/openbox.xml" > /dev/null 2>&1 & wm=$!
            for _ in $(seq 200); do xdotool get_num_desktops > /dev/null 2>&1 && break; sleep 0.05; done
            "$bin/quarterdeck" --home "$work/home" --practice --speed "$speed" 2> "$work/gui.log" & gui=$!
            there=0
            for _ in $(seq 240); do
                there=$("$bin/quarterdeckctl" --home "$work/home" get alerts --json 2> /dev/null | grep -o "\"status\":\"firing\"" | wc -l || true)
                [ "$there" -ge "$alerts" ] && break
                kill -0 $gui 2> /dev/null || break
                sleep 0.25
            done
            sleep 1.5
            rc=0
            prepare "$what" "$bin/quarterdeckctl" --home "$work/home" > "$work/prepare.log" 2>&1 || { echo "screenshots.sh: $what was not prepared:" >&4; cat "$work/prepare.log" >&4; }
            if [ "$there" -lt "$alerts" ] || ! kill -0 $gui; then
                echo "screenshots.sh: the practice incident did not come up ($there alerts):" >&4; cat "$work/gui.log" "$work/home/core.log" >&4; rc=1
            else
                for key in $keys; do
                    case $key in
                        type:*) words=${key#type:}; xdotool type --delay 12 -- "${words//_/ }" ;;
                        *) xdotool key --clearmodifiers "$key" ;;
                    esac
                    sleep 0.4
                done
                [ -z "$keys" ] || sleep 1.5
                import -window root "$picture"
            fi
            kill $gui $wm 2> /dev/null; wait 2> /dev/null
            exit $rc' _ "$work" "$bin" "${QD_SHOT_SPEED:-20}" "$alerts" "$out/$name" "$keys" "$what" "$outside" "$(declare -f prepare)" || rc=$?
    clean_up
    [ $rc = 0 ] || return $rc
    local colours
    colours=$(identify -format %k "$out/$name")
    [ "$colours" -gt 100 ] || { echo "screenshots.sh: $name is blank ($colours colours)" >&2; return 1; }
    echo "$out/$name"
}

for size in ${QD_SHOT_SIZES:-1920x1080 1366x768}; do
    for look in ${QD_SHOT_LOOKS:-dark light}; do
        for what in ${QD_SHOT_WHAT:-incident}; do
            shot "$what" "$look" "$size"
        done
    done
done
