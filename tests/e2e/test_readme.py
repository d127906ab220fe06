# SPDX-License-Identifier: EUPL-1.2
"""Every command that the README shows runs, in each form of output."""

import json
import re

import pytest
from conftest import TOP

PREFIX = "script/rogatory "


def readme_commands():
    text = (TOP / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^ {4}(" + re.escape(PREFIX) + r".*)$", text, re.MULTILINE)
    shown += re.findall(r"`(" + re.escape(PREFIX) + r"[^`]*)`", text)
    return [command.split("#")[0].strip().removeprefix(PREFIX) for command in shown]


COMMANDS = readme_commands()


def test_the_readme_shows_commands():
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("command", COMMANDS)
def test_text(rogatory, command):
    answer = rogatory.run(command)
    assert answer.code == 0, answer.err
    assert answer.out.strip()
    assert not answer.err


@pytest.mark.parametrize("command", COMMANDS)
def test_markdown(rogatory, command):
    answer = rogatory.run(command + " --markdown")
    assert answer.code == 0, answer.err
    assert answer.out.strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_json(rogatory, command):
    answer = rogatory.run(command + " --json")
    assert answer.code == 0, answer.err
    assert isinstance(json.loads(answer.out), dict)


@pytest.mark.parametrize("command", COMMANDS)
def test_help(rogatory, command):
    words = command.split()
    depth = 2 if words[0] in ("law", "request") else 1
    answer = rogatory.run(" ".join(words[:depth]) + " --help")
    assert answer.code == 0
    for option in ("--json", "--markdown"):
        assert option in answer.out
