# SPDX-License-Identifier: GPL-3.0-or-later
"""translations.py LUPDATE SOURCE-TREE: every text of the window has a German translation, and every counted one its English plurals.

Brings copies of the .ts up to date with the sources, as a translator would, and names each text that is then without one.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

lupdate, tree = sys.argv[1], pathlib.Path(sys.argv[2])


def missing(language, *options):
    with tempfile.TemporaryDirectory() as folder:
        ts = pathlib.Path(folder, f"quarterdeck_{language}.ts")
        shutil.copy(tree / "translations" / ts.name, ts)
        done = subprocess.run([lupdate, "-silent", "-I", ".", "-no-obsolete", "-locations", "none", *options, "ui", "app/quarterdeck", "-ts", ts],
                              cwd=tree, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        # Such a text gets a context here that it does not have when the program runs: it would never be translated.
        found = sorted({line for line in done.stderr.splitlines() if "lacks Q_OBJECT" in line})
        messages = 0
        for context in ET.parse(ts).getroot().iter("context"):
            for message in context.iter("message"):
                messages += 1
                translation = message.find("translation")
                forms = [form.text for form in translation.iter("numerusform")] if message.get("numerus") else [translation.text]
                if translation.get("type") == "unfinished" or not forms or not all(forms):
                    found.append(f"{language}: {context.findtext('name')}: {message.findtext('source')!r}")
        assert messages > 10, f"lupdate found only {messages} texts for {language}"
        return found


faults = missing("de") + missing("en", "-pluralonly")
print("\n".join(faults))
sys.exit(1 if faults else 0)
