# SPDX-License-Identifier: EUPL-1.2
"""The verifier that travels in a bundle, against bundles whose every manifest was written anew by the forger."""

import hashlib
import json
import pathlib
import shutil
import subprocess

import pytest

ACT = ["--officer", "officer A7", "--role", "custodian", "--authority", "warrant 14", "--reason", "request 7"]
CASE = ["--case", "Harbour 7"]
TOP = pathlib.Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def made(rogatory, tmp_path_factory):
    top = tmp_path_factory.mktemp("made")
    vault = str(top / "vault")
    rogatory.json("evidence", "init", vault, "--origin", "evidence.example/vault")
    for name in ("a.txt", "b.txt"):
        (top / name).write_text(name * 10)
    rogatory.json("evidence", "ingest", vault, str(top / "a.txt"), str(top / "b.txt"), "--source", "x", *CASE, *ACT)
    rogatory.json("evidence", "seal", vault, *CASE, *ACT)
    for name in ("a.txt", "b.txt"):
        rogatory.json("evidence", "open", vault, name, "--purpose", "trial", "--out", str(top / f"opened-{name}"), *CASE, *ACT)
    rogatory.json("evidence", "disclose", vault, "--recipient", "court", "--purpose", "trial", "--out", str(top / "bundle"),
                  *CASE, *ACT)
    rogatory.json("evidence", "init", str(top / "other"), "--origin", "evidence.example/other")
    return top


class Forgery:
    """A copy of the bundle, to be changed."""

    def __init__(self, rogatory, made, folder):
        self.rogatory, self.made, self.path = rogatory, made, folder / "bundle"
        shutil.copytree(made / "bundle", self.path)

    def change(self, what):
        path = self.path / "custody" / "bundle.json"
        bundle = json.loads(path.read_text())
        what(bundle)
        path.write_text(json.dumps(bundle, separators=(",", ":"), sort_keys=True, ensure_ascii=False))

    def write_manifests(self):
        for algorithm in ("sha256", "sha512"):
            for prefix in ("manifest", "tagmanifest"):
                lines = []
                for path in self.path.rglob("*"):
                    name = path.relative_to(self.path).as_posix()
                    is_listed = name.startswith("data/") == (prefix == "manifest") and not name.startswith("tagmanifest")
                    if path.is_file() and is_listed:
                        lines.append((name, hashlib.new(algorithm, path.read_bytes()).hexdigest()))
                text = "".join(f"{digest}  {name}\n" for name, digest in sorted(lines))
                (self.path / f"{prefix}-{algorithm}.txt").write_text(text)

    def python(self, *words):
        done = subprocess.run(["python3", TOP / "src/package/verify_bundle.py", self.path, *words], capture_output=True,
                              text=True, check=False)
        return done.returncode, done.stdout

    def both_refuse(self, word):
        self.write_manifests()
        status, said = self.python("--policy", self.made / "vault" / "policy")
        assert status == 1 and word in said, said
        ours = self.rogatory.run("evidence", "verify", str(self.path), "--policy", str(self.made / "vault" / "policy"))
        assert ours.code == 1, ours.out
        return ours.out


@pytest.fixture
def forgery(rogatory, made, tmp_path):
    return Forgery(rogatory, made, tmp_path)


def test_only_a_policy_from_elsewhere_gives_status_0(forgery):
    status, said = forgery.python("--policy", forgery.made / "vault" / "policy")
    assert status == 0 and said.startswith("HOLDS: unchanged"), said
    status, said = forgery.python()
    assert status == 10 and said.startswith("HOLDS, IF the policy"), said
    status, said = forgery.python("--policy", forgery.made / "other" / "policy")
    assert status == 1 and "no log of the policy" in said


def test_bytes_cannot_move_from_a_value_into_its_salt(forgery):
    def move(bundle):
        for leaf in bundle["leaves"]:
            for opening in leaf["openings"]:
                if opening["member"] == "size_bytes":
                    text = str(opening["value"])
                    opening["salt"] += text[0].encode().hex()
                    opening["value"] = int(text[1:])
                    return
        raise AssertionError("no size is opened")

    forgery.change(move)
    forgery.both_refuse("openings salt")


def test_nothing_is_there_twice_or_beside(forgery):
    forgery.change(lambda bundle: bundle["leaves"].insert(0, bundle["leaves"][0]))
    forgery.both_refuse("there twice")


def test_an_event_is_about_the_item_that_was_logged(forgery):
    def swap(bundle):
        opens = []
        for leaf in bundle["leaves"]:
            event = json.loads((forgery.path / "custody" / "leaves" / f"{leaf['index']}.json").read_text())
            if event["kind"] == "open":
                opens.append(leaf)
        first, second = opens
        first["about"], second["about"] = second["about"], first["about"]

    forgery.change(swap)
    ours = forgery.both_refuse("not the id of an item that this is said to be about")
    assert ours.count("is not the id of an item") == 2


def test_hashes_and_places_have_one_form(forgery):
    forgery.change(lambda bundle: bundle["items"][0]["set_path"].__setitem__(0, " " + bundle["items"][0]["set_path"][0]))
    forgery.both_refuse("set_path")


def test_an_event_names_each_item_once(forgery):
    forgery.change(lambda bundle: next(leaf for leaf in bundle["leaves"] if leaf["about"])["about"].append(0))
    forgery.both_refuse("not in order, or there twice")


@pytest.mark.parametrize("name", ["custody/more.txt", "more.txt", "custody/leaves/9999.json", "custody/tokens/x.tsr"])
def test_files_that_do_not_belong_are_named(forgery, name):
    path = forgery.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    forgery.both_refuse(name)


def test_a_manifest_without_an_end_is_refused(forgery):
    path = forgery.path / "tagmanifest-sha256.txt"
    path.write_text(path.read_text() + "x")
    assert forgery.python("--policy", forgery.made / "vault" / "policy")[0] == 1


def test_a_bundle_of_nothing_is_refused(forgery):
    def empty(bundle):
        bundle["items"] = []
        bundle["leaves"] = [leaf for leaf in bundle["leaves"] if not leaf["about"]]

    forgery.change(empty)
    kept = {leaf["index"] for leaf in json.loads((forgery.path / "custody/bundle.json").read_text())["leaves"]}
    shutil.rmtree(forgery.path / "data")
    (forgery.path / "data").mkdir()
    shutil.rmtree(forgery.path / "custody" / "chunks")
    for folder in ("leaves", "proofs"):
        for path in (forgery.path / "custody" / folder).iterdir():
            if int(path.name.split(".")[0]) not in kept:
                path.unlink()
    forgery.both_refuse("no item")


def test_what_a_terminal_would_obey_is_not_printed(forgery):
    forgery.change(lambda bundle: bundle["items"][0]["record"].update(name="a\u001b[2J\u202etxt"))
    forgery.write_manifests()
    status, said = forgery.python("--policy", forgery.made / "vault" / "policy")
    assert status == 1
    assert "\x1b" not in said and "\u202e" not in said
    ours = forgery.rogatory.run("evidence", "verify", str(forgery.path))
    assert ours.code == 1 and "\x1b" not in ours.out + ours.err and "\u202e" not in ours.out + ours.err
