# SPDX-License-Identifier: EUPL-1.2
"""Both verifiers come to one verdict, whatever is changed in a bundle.

Bundles are made from nothing, with what is wrong in them signed, logged and listed (bundle_maker, bundle_changes). Of
the changes a part is tried, drawn by a fixed seed; with ROGATORY_SLOW=1 each one, on all processors. `case.jsonld`,
which only the first verifier reads, is never right here: what it finds there does not count.
"""

import contextlib
import io
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys

import pytest

import bundle_changes
import bundle_maker
from stopped import memory_folder

IS_SLOW = os.environ.get("ROGATORY_SLOW") == "1"
TRIED = 130  # of each group
VERIFIER = pathlib.Path(os.environ.get("ROGATORY_BIN", "none")).with_name("rogatory-verify")


def holds_by_first(top):
    command = [VERIFIER, top / "bundle", "--policy", top / "policy", "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    said = json.loads(done.stdout)
    if "error" in said:
        return False, [said["error"]["message"]]
    problems = [f"{one['where']}: {one['text']}" for one in said["problems"]
                if not one["text"].startswith("not the description of what")]
    return not problems, problems


def holds_by_second(top):
    sys.argv = ["verify_bundle.py", str(top / "bundle"), "--policy", str(top / "policy")]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = bundle_maker.verifier().main()
    assert status in (0, 1), status
    return status == 0, [line.strip() for line in said.getvalue().splitlines() if line.startswith("  x")]


def try_one(top, change):
    """Whether both say that it holds; and how they differ."""
    bundle_maker.make(top, change)
    first, first_said = holds_by_first(top)
    try:
        second, second_said = holds_by_second(top)
    except Exception as error:  # whatever it is: a verifier has to end with a verdict
        return first, f"first: {first_said or 'holds'}; second: {error!r}"
    return first, "" if first == second else f"first: {first_said or 'holds'}; second: {second_said or 'holds'}"


def try_part(task):
    """Every so many of the changes, each in a folder of its own."""
    part, parts, most = task
    held, differing = [], []
    for number, (name, change) in enumerate(bundle_changes.all_changes(most)):
        if number % parts != part:
            continue
        with memory_folder() as folder:
            both, difference = try_one(pathlib.Path(folder), change)
        held.append(both)
        differing += [f"{name}: {difference}"] if difference else []
    return held, differing


def try_all(most, parts):
    if parts == 1:
        outcomes = [try_part((0, 1, most))]
    else:
        with multiprocessing.Pool(parts) as pool:
            outcomes = pool.map(try_part, [(part, parts, most) for part in range(parts)])
    held = [one for some, _ in outcomes for one in some]
    print(f"{len(held)} changes, after {sum(held)} of which the bundle holds")
    return held, [one for _, some in outcomes for one in some]


def test_the_bundle_holds_as_it_is_made(tmp_path):
    bundle_maker.make(tmp_path, {})
    assert holds_by_first(tmp_path) == (True, [])
    assert holds_by_second(tmp_path) == (True, [])


@pytest.mark.skipif(IS_SLOW, reason="every change is tried below")
def test_the_verifiers_agree():
    held, differing = try_all(TRIED, parts=1)
    assert len(held) > 800 and 100 < sum(held) < len(held) - 300
    assert not differing, "\n".join(differing[:20])


@pytest.mark.skipif(not IS_SLOW, reason="ROGATORY_SLOW=1 tries every change")
def test_the_verifiers_agree_after_every_change():
    held, differing = try_all(None, parts=os.cpu_count())
    assert len(held) > 5000 and 100 < sum(held) < len(held) - 1000
    assert not differing, "\n".join(differing[:500])
