# SPDX-License-Identifier: EUPL-1.2
"""Runs the program that ROGATORY_BIN names, from the top of the tree."""

import json
import os
import pathlib
import shlex
import subprocess

import pytest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
SECONDS = 120


class Answer:
    """What the program printed, and how it ended."""

    def __init__(self, command, done):
        self.command = command
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    def json(self):
        """The answer as JSON; the program must have ended well."""
        assert self.code == 0, f"{self.command} ended with {self.code}: {self.err}"
        return json.loads(self.out)

    def error(self):
        """The error as JSON, from the error stream."""
        assert self.code != 0, f"{self.command} ended well"
        return json.loads(self.err)["error"]


class Program:
    def __init__(self, path):
        self.path = path

    def run(self, *arguments, text=None):
        if len(arguments) == 1:
            arguments = shlex.split(arguments[0])
        arguments = [str(one) for one in arguments]
        done = subprocess.run([self.path, *arguments], cwd=TOP, input=text, capture_output=True, text=True,
                              timeout=SECONDS, check=False)
        return Answer(shlex.join(arguments), done)

    def json(self, *arguments, text=None):
        if len(arguments) == 1:
            arguments = shlex.split(arguments[0])
        return self.run(*arguments, "--json", text=text).json()


@pytest.fixture(scope="session")
def rogatory():
    path = os.environ.get("ROGATORY_BIN")
    assert path and os.access(path, os.X_OK), "ROGATORY_BIN names no program"
    return Program(path)
