# SPDX-License-Identifier: GPL-3.0-or-later
"""Every story of tests/e2e is run by CTest and has its row in the README there, and no row is of a story there is not.

    stories.py TESTS/E2E"""
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
stories = {path.stem.removeprefix("test_") for path in folder.glob("test_*.py")}
table = (folder / "README.md").read_text(encoding="utf-8").partition("| story |")[2].partition("\n\n")[0]
rows = {name for line in table.splitlines() if line.count("|") > 1 for name in re.findall(r"`test_(\w+)\.py`", line.split("|")[1])}
build = (folder / "CMakeLists.txt").read_text(encoding="utf-8")
run = {words[0] for words in map(str.split, re.findall(r"^qd_story\(([^)]*)\)", build, re.M))}
wrong = [f"{name} has no row in the table of {folder}/README.md" for name in sorted(stories - rows)]
wrong += [f"{name} has a row in the table of {folder}/README.md and is no story" for name in sorted(rows - stories)]
wrong += [f"{name} is run by no qd_story of {folder}/CMakeLists.txt" for name in sorted(stories - run)]
wrong += [f"{name} is a qd_story of {folder}/CMakeLists.txt and there is no such file" for name in sorted(run - stories)]
print("\n".join(wrong or [f"{len(stories)} stories"]))
sys.exit(0 if stories and not wrong else 1)
