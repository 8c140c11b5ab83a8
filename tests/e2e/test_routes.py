# SPDX-License-Identifier: GPL-3.0-or-later
"""Imported routes take an alert to the receivers the real amtool names: generated configurations and label sets from a fixed seed."""
import concurrent.futures
import json
import os
import random
import shutil
import subprocess

from quarterdeck_lab import Core, Story, main, need, patient

CONFIGS = int(os.environ.get("QD_ROUTE_CONFIGS", "20"))
SETS = int(os.environ.get("QD_ROUTE_SETS", "20"))
NAMES = ["severity", "team", "service", "cluster", "env"]
VALUES = ["critical", "warning", "db", "web", "eu-1", "a b", "x,y", "back\\slash", "quo\"te", "ü", "dbx"]
PATTERNS = ["db|web", "eu-.*", ".*", ".+", "[a-w]+", "critical|warning", "", "(?:d|w)b?x?", "\\w+", "a.b"]


def quoted(text):
    return json.dumps(text, ensure_ascii=False)  # a YAML double-quoted scalar


def in_matcher(value):
    return value.replace("\\", "\\\\").replace('"', '\\"')


def matcher(rng):
    sign = rng.choice(["=", "=", "!=", "=~", "!~"])
    value = rng.choice(PATTERNS if "~" in sign else VALUES + [""])
    if rng.random() < 0.3 and all(c.isalnum() or c in "-.|*+" for c in value) and value:
        return f"{rng.choice(NAMES)} {sign} {value}"
    return f'{rng.choice(NAMES)}{sign}"{in_matcher(value)}"'


def route(rng, receivers, depth, lines, indent):
    pad = "  " * indent
    lines.append(f"{pad}- receiver: {quoted(rng.choice(receivers))}" if rng.random() < 0.8 else f"{pad}- group_wait: 10s")
    pad += "  "
    kind = rng.random()
    if kind < 0.25:
        lines.append(f"{pad}match: {{{rng.choice(NAMES)}: {quoted(rng.choice(VALUES))}}}")
    elif kind < 0.45:
        lines.append(f"{pad}match_re: {{{rng.choice(NAMES)}: {quoted(rng.choice(PATTERNS))}}}")
    elif kind < 0.9:
        lines.append(f"{pad}matchers: [{', '.join(quoted(matcher(rng)) for _ in range(rng.randint(1, 3)))}]")
    elif kind < 0.95:
        lines.append(f"{pad}matchers: [{quoted('{' + matcher(rng) + ', ' + matcher(rng) + '}')}]")
    if rng.random() < 0.35:
        lines.append(f"{pad}continue: true")
    if rng.random() < 0.3:
        lines.append(f"{pad}group_by: [{', '.join(rng.sample(NAMES, 2))}]")
    if rng.random() < 0.2:
        lines.append(f"{pad}mute_time_intervals: [nights]")
    if depth > 0 and rng.random() < 0.6:
        lines.append(f"{pad}routes:")
        for _ in range(rng.randint(1, 3)):
            route(rng, receivers, depth - 1, lines, indent + 2)


def configuration(rng):
    receivers = [f"r{n}" for n in range(6)] + ["Team DB (night)"]
    lines = ["route:", '  receiver: "r0"', "  group_by: ['...']" if rng.random() < 0.2 else "  group_by: [alertname]", "  group_interval: 1m30s", "  routes:"]
    for _ in range(rng.randint(1, 5)):
        route(rng, receivers, 3, lines, 1)
    lines += ["inhibit_rules:", '- source_matchers: ["severity=critical"]', '  target_match_re: {severity: "warning|info"}', "  equal: [cluster]"]
    lines += ["time_intervals:", "- name: nights", "  time_intervals:", "  - times: [{start_time: '22:00', end_time: '24:00'}]", "    weekdays: ['monday:friday', sunday]"]
    lines += ["receivers:"] + [f"- name: {quoted(r)}" for r in receivers]
    return "\n".join(lines) + "\n"


def labels(rng):
    return {name: rng.choice(VALUES) for name in NAMES if rng.random() < 0.7}


class ImportedRoutesAreAlertmanagers(Story):
    @classmethod
    def build(cls):
        cls.amtool = need(shutil.which("amtool") or "/usr/bin/amtool", "prometheus-alertmanager")
        cls.core = Core(cls.lab)
        cls.core.init()
        cls.core.serve()

    def theirs(self, path, given):
        words = [f'{name}="{in_matcher(value)}"' for name, value in given.items()]
        done = subprocess.run([str(self.amtool), "config", "routes", "test", f"--config.file={path}", *words], capture_output=True, text=True, timeout=patient(60))
        self.assertEqual(done.returncode, 0, (done.stderr, words))
        return done.stdout.strip("\n")

    def ours(self, given):
        return ",".join(self.core.json("routes", "test", *[f"{n}={v}" for n, v in given.items()])["receivers"])

    def test_01_looking_changes_nothing(self):
        path = self.lab.write("first.yml", configuration(random.Random(1)))
        said = self.core.ctl("import", "alertmanager", str(path)).stdout
        self.assertIn("route am: added", said)
        self.assertIn("inhibition am-1: added", said)
        self.assertIn("nothing was written", said)
        self.assertFalse((self.core.home / "workspace/alertmanager.toml").exists())

    def test_02_routes_as_amtool_does(self):
        rng = random.Random(20261123)
        compared = 0
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for number in range(CONFIGS):
                path = self.lab.write(f"config-{number}.yml", configuration(rng))
                self.core.ctl("import", "alertmanager", str(path), "--apply")
                self.core.in_force()
                sets = [labels(rng) for _ in range(SETS)]
                for given, theirs, ours in zip(sets, pool.map(lambda g: self.theirs(path, g), sets), pool.map(self.ours, sets)):
                    self.assertEqual(ours, theirs, (number, given, path.read_text()))
                    compared += 1
        self.assertEqual(compared, CONFIGS * SETS)
        print(f"{compared} label sets over {CONFIGS} configurations: as amtool")

    def test_03_what_alertmanager_refuses_is_refused(self):
        for text in ("route: [1", "receivers: []", "route:\n  receiver: a\n  match: {a: b}\n", "route:\n  receiver: a\n  routes:\n  - matchers: ['a~b']\n",
                     "route:\n  receiver: a\n  routes:\n  - match_re: {a: '('}\n", "route:\n  receiver: a\n  mute_time_intervals: [nowhere]\n",
                     "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"b{n}: [{', '.join(['*a'] * 20)}]\n" for n in range(10)) + "route: {receiver: a}\n"):
            path = self.lab.write("bad.yml", text)
            self.core.refused("import", "alertmanager", str(path), "--apply")


if __name__ == "__main__":
    main()
