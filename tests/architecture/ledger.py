# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test of the labels ci-long and nightly has its row in the ledger of tests/README.md, and no row is of a test there is not.

    ledger.py CTEST BUILD README"""
import re
import subprocess
import sys

ctest, build, readme = sys.argv[1:]
listed = subprocess.run([ctest, "--test-dir", build, "-N", "-L", "ci-long|nightly"], capture_output=True, text=True, check=True).stdout
tests = set(re.findall(r"Test +#\d+: (\S+)", listed))
with open(readme, encoding="utf-8") as f:
    text = f.read()
table = text.partition("| ci-long | short")[2].partition("\n\n")[0]
rows = set()
for line in table.splitlines():
    if line.count("|") > 1:
        rows |= set(re.findall(r"`((?:long|nightly)\.[^`]+)`", line))
for name in sorted(tests - rows):
    print(f"{name} has no row in the ledger of {readme}")
for name in sorted(rows - tests):
    print(f"{name} has a row in the ledger of {readme} and is no test of label ci-long or nightly")
if not tests:
    print("there is no test of these labels at all")
sys.exit(0 if tests and tests == rows else 1)
