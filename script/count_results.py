#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Counts the results of script/test: the JUnit files of ctest and the checks of the tree.

Prints one line per suite, the names of what failed, and last `N passed, N failed, N skipped`.
Exits with 1 when anything failed or a suite was empty.
"""

import argparse
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

# How ctest says that a test skipped itself; any other reason for not running is a failure.
SKIPPED_ITSELF = ("SKIP_REGULAR_EXPRESSION_MATCHED", "SKIP_RETURN_CODE")


def outcome(case):
    """passed, failed or skipped, for one <testcase> of ctest."""
    skipped = case.find("skipped")
    if skipped is not None:
        message = skipped.get("message", "")
        return "skipped" if any(reason in message for reason in SKIPPED_ITSELF) else "failed"
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.get("status") == "run" else "failed"


def read_suite(path):
    return [(outcome(case), case.get("name")) for case in ElementTree.parse(path).getroot().iter("testcase")]


def read_checks(path):
    return [tuple(line.split("\t", 1)) for line in path.read_text().splitlines()]


def self_test():
    """The outcomes of every kind of <testcase> that ctest writes."""
    cases = {
        '<testcase status="run"/>': "passed",
        '<testcase status="fail"><failure message=""/></testcase>': "failed",
        '<testcase status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/></testcase>': "skipped",
        '<testcase status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase>': "skipped",
        '<testcase status="notrun"><skipped message="Unable to find executable"/></testcase>': "failed",
        '<testcase status="disabled"/>': "failed",
    }
    wrong = [text for text, expected in cases.items() if outcome(ElementTree.fromstring(text)) != expected]
    for text in wrong:
        print(f"wrong outcome for {text}")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--allow-empty", action="store_true", help="a suite without tests is no failure")
    options = parser.parse_args()

    suites = {}
    checks = options.folder / "checks.tsv"
    if checks.exists():
        suites["checks"] = read_checks(checks)
    for status_file in sorted(options.folder.glob("*.status")):
        path = status_file.with_suffix(".xml")
        rows = read_suite(path) if path.exists() else []
        if not rows and not options.allow_empty:
            rows = [("failed", "no test ran")]
        if int(status_file.read_text()) != 0 and not any(result == "failed" for result, _ in rows):
            rows.append(("failed", "ctest itself failed"))
        suites[status_file.stem] = rows

    total = {"passed": 0, "failed": 0, "skipped": 0}
    for suite, rows in suites.items():
        count = {result: sum(1 for row in rows if row[0] == result) for result in total}
        print(f"{suite}: {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
        for result, name in rows:
            if result != "passed":
                print(f"  {result}: {name}")
        for result in total:
            total[result] += count[result]
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] > 0 or total["passed"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
