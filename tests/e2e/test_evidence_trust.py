# SPDX-License-Identifier: EUPL-1.2
"""Evidence under the word of others: cosignatures of witnesses and time stamps of `openssl ts`, in and out by files; and
a vault whose keys are in a token."""

import json
import pathlib
import shutil
import subprocess

import pytest
from time_authority import TimeAuthority

ACT = ["--officer", "officer A7", "--role", "custodian", "--authority", "warrant 14", "--reason", "request 7"]
CASE = ["--case", "Harbour 7"]
DISCLOSE = ["--recipient", "court", "--purpose", "trial"]
UNDETERMINED, CONFLICT, FAILS, LINT = 10, 9, 1, 4


class World:
    def __init__(self, rogatory, folder):
        self.rogatory, self.folder, self.vault = rogatory, folder, folder / "vault"
        # What each witness cosigned last.
        self.sizes = {}
        self.json("init", "--origin", "evidence.example/vault")
        (folder / "a.txt").write_text("alpha")
        (folder / "b.txt").write_text("beta")
        self.json("ingest", folder / "a.txt", folder / "b.txt", "--source", "x", *CASE, *ACT)
        self.json("seal", *CASE, *ACT)

    def run(self, command, *words):
        return self.rogatory.run("evidence", command, str(self.vault), *map(str, words))

    def json(self, command, *words):
        return self.run(command, *words, "--json").json()

    def disclose(self, name, *words):
        return self.run("disclose", *words, "--out", self.folder / name, *DISCLOSE, *CASE, *ACT, "--json")

    def verify(self, name, *words):
        verifier = pathlib.Path(self.rogatory.path).with_name("rogatory-verify")
        done = subprocess.run([verifier, self.folder / name, "--policy", self.vault / "policy", "--json", *words],
                              capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)

    def cosign(self, name):
        """The log's last checkpoint, to the witness and back."""
        request = self.rogatory.run("log", "prove", str(self.vault / "log"), "--from", str(self.seen(name))).out
        (self.folder / "request").write_text(request)
        size = self.json("checkpoint")["size"]
        key = [line.split()[1] for line in (self.vault / "policy").read_text().splitlines() if line.startswith("log ")]
        done = self.rogatory.run("log", "witness", str(self.folder / "request"), "--state", str(self.folder / f"{name}-state"),
                                 "--key", str(self.folder / f"{name}.key"), "--log-key", key[0])
        assert done.code == 0, done.err
        (self.folder / "cosigned").write_text(done.out)
        self.sizes[name] = size
        return self.folder / "cosigned"

    def seen(self, name):
        return self.sizes.get(name, 0)


@pytest.fixture
def world(rogatory, tmp_path):
    return World(rogatory, tmp_path)


def ask_for_witnesses(world, *names):
    lines = (world.vault / "policy").read_text().splitlines()[:1]
    for name in names:
        made = world.rogatory.json("log", "key", str(world.folder / f"{name}.key"), "--name", name, "--witness")
        lines.append(f"witness {name} {made['key']}")
    lines += [f"group all {len(names)} {' '.join(names)}", "quorum all", ""]
    policy = world.folder / "wanted-policy"
    policy.write_text("\n".join(lines))
    return world.json("checkpoint", "--policy", policy)


def test_a_quorum_takes_two_steps(world):
    before = ask_for_witnesses(world, "w1.example", "w2.example")
    assert not before["accepted_by_policy"] and before["not_accepted_because"]
    first = world.disclose("bundle", "a.txt")
    assert first.code == CONFLICT and "--recorded" in first.err
    assert not (world.folder / "bundle").exists()
    size = world.json("checkpoint")["size"]
    assert not world.json("checkpoint", "--cosignature", world.cosign("w1.example"))["accepted_by_policy"]
    again = world.disclose("bundle", "--recorded")
    assert again.code == CONFLICT
    after = world.json("checkpoint", "--cosignature", world.cosign("w2.example"))
    assert after["accepted_by_policy"] and after["size"] == size, "a repeated --recorded writes no event"
    assert world.disclose("bundle", "--recorded").code == 0
    status, report = world.verify("bundle")
    assert status == 0, report
    assert sorted(path.name for path in (world.folder / "bundle" / "data").iterdir()) == ["a.txt"]
    kinds = [event["kind"] for event in world.json("custody", *CASE)["events"]]
    assert kinds.count("disclose") == 1


def test_what_is_no_cosignature_changes_nothing(world):
    ask_for_witnesses(world, "w1.example")
    before = world.json("checkpoint")["checkpoint"]
    cosigned = world.cosign("w1.example").read_text()
    wrong = world.folder / "wrong"
    data = cosigned.split()[-1]
    wrong.write_text(cosigned.replace(data, data[:40] + ("A" if data[40] != "A" else "B") + data[41:]))
    assert world.run("checkpoint", "--cosignature", wrong).code == LINT
    world.rogatory.json("log", "key", str(world.folder / "other.key"), "--name", "other.example", "--witness")
    stranger = world.cosign("other")
    refused = world.run("checkpoint", "--cosignature", stranger)
    assert refused.code == 2 and "does not know" in refused.err
    assert world.json("checkpoint")["checkpoint"] == before


def test_a_policy_names_the_log_of_the_vault(world):
    made = world.rogatory.json("log", "key", str(world.folder / "k"), "--name", "elsewhere.example")
    policy = world.folder / "p"
    policy.write_text(f"log {made['key']}\nquorum none\n")
    before = (world.vault / "policy").read_text()
    assert world.run("checkpoint", "--policy", policy).code == 2
    assert (world.vault / "policy").read_text() == before


@pytest.fixture
def authority(tmp_path):
    return TimeAuthority(tmp_path / "tsa")


def stamp_last(world, authority, name):
    request, reply = world.folder / f"{name}.tsq", world.folder / f"{name}.tsr"
    world.json("stamp", "--request", request)
    authority.stamp(request, reply)
    return world.run("stamp", "--reply", reply, "--name", name, "--trust", authority.root, "--json")


def test_a_time_stamp_goes_into_the_bundle_and_holds(world, authority):
    assert world.disclose("plain", "a.txt").code == 0
    stamped = stamp_last(world, authority, "authority-1").json()
    assert "Time" in stamped["authority"] and stamped["serial"]
    assert world.disclose("bundle", "--recorded").code == 0
    tokens = list((world.folder / "bundle" / "custody" / "tokens").iterdir())
    assert len(tokens) == 1
    root = authority.root
    status, report = world.verify("bundle", "--trust", root)
    assert status == 0, report
    assert stamped["time"] in json.dumps(report["times"]), report
    mine = world.rogatory.run("evidence", "verify", str(world.folder / "bundle"), "--policy", str(world.vault / "policy"),
                              "--trust", str(root), "--json")
    assert mine.json()["times"] == report["times"]
    # Without a trusted authority it is not checked and said to be so; under another it does not hold.
    status, report = world.verify("bundle")
    assert "time stamp" in json.dumps(report["not_checked"]), report
    assert world.verify("bundle", "--trust", authority.other)[0] == FAILS
    # The other tools of the same trade agree.
    checked = subprocess.run(["openssl", "ts", "-verify", "-data", world.folder / "bundle/custody/checkpoint", "-token_in",
                              "-in", tokens[0], "-CAfile", root], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    # One flipped bit of the token is found, though every manifest is written anew.
    data = bytearray(tokens[0].read_bytes())
    data[len(data) // 2] ^= 1
    tokens[0].write_bytes(data)
    assert world.verify("bundle", "--trust", root)[0] == FAILS
    # A later checkpoint has no time stamp yet.
    assert world.disclose("later", "b.txt").code == 0
    assert not (world.folder / "later" / "custody" / "tokens").exists()


def test_a_time_stamp_that_does_not_hold_is_not_kept(world, authority):
    assert stamp_last(world, authority, "Authority 1").code == 2
    assert stamp_last(world, authority, "a").code == 0
    assert stamp_last(world, authority, "a").code == CONFLICT
    reply = world.folder / "a.tsr"
    untrusted = world.run("stamp", "--reply", reply, "--name", "b", "--trust", authority.other)
    assert untrusted.code == LINT
    world.json("seal", *CASE, *ACT)
    stale = world.run("stamp", "--reply", reply, "--name", "c", "--trust", authority.root)
    assert stale.code == LINT
    assert len(list((world.vault / "tokens").iterdir())) == 1


MODULE = pathlib.Path("/usr/lib/softhsm/libsofthsm2.so")


@pytest.fixture
def token(tmp_path, monkeypatch):
    if not MODULE.exists():
        pytest.skip("the package softhsm2 is not installed")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "court", "--pin", "4711", "--so-pin", "1147"],
                   check=True, capture_output=True)
    pin = tmp_path / "pin"
    pin.write_text("4711\n")
    return ["--token", "court", "--token-module", str(MODULE)], pin


def test_keys_in_a_token(rogatory, tmp_path, token, monkeypatch):
    words, pin = token
    vaults = [tmp_path / "one", tmp_path / "two"]
    for vault in vaults:
        rogatory.json("evidence", "init", str(vault), "--origin", "log.example/v", "--pin-file", str(pin), *words)
        assert not list(vault.glob("keys/keys-*")), "no key of a case is in a file"
    (tmp_path / "a.txt").write_text("alpha")
    vault = str(vaults[0])
    locked = rogatory.run("evidence", "ingest", vault, str(tmp_path / "a.txt"), "--source", "x", *CASE, *ACT)
    assert locked.code == 2 and "ROGATORY_PIN_FILE" in locked.err
    monkeypatch.setenv("ROGATORY_PIN_FILE", str(pin))
    rogatory.json("evidence", "ingest", vault, str(tmp_path / "a.txt"), "--source", "x", *CASE, *ACT)
    opened = tmp_path / "opened"
    rogatory.json("evidence", "open", vault, "a.txt", "--out", str(opened), "--purpose", "trial", *CASE, *ACT)
    assert opened.read_text() == "alpha"
    rogatory.json("evidence", "backup", vault, "--out", str(tmp_path / "backup"))
    for officer, role in (("A", "judge"), ("B", "prosecutor")):
        rogatory.json("evidence", "erase", vault, "--approve", *CASE, "--officer", officer, "--role", role, "--authority",
                      "order 3", "--reason", "closed")
    shutil.copytree(vaults[0], tmp_path / "copy")
    rogatory.json("evidence", "open", str(tmp_path / "copy"), "a.txt", "--out", str(tmp_path / "again"), "--purpose", "trial",
                  *CASE, *ACT)
    rogatory.json("evidence", "erase", vault, *CASE, *ACT)
    # A copy of the whole folder from before is worth nothing: its key was never in it.
    copied = rogatory.run("evidence", "open", str(tmp_path / "copy"), "a.txt", "--out", str(tmp_path / "third"), "--purpose",
                          "trial", *CASE, *ACT)
    assert copied.code != 0 and not (tmp_path / "third").exists()
    assert rogatory.json("evidence", "verify", vault)["holds"]
    # The other vault in the same token is untouched.
    rogatory.json("evidence", "ingest", str(vaults[1]), str(tmp_path / "a.txt"), "--source", "x", *CASE, *ACT)
    # A second init would take the keys of the first out of reach.
    before = (vaults[1] / "keys" / "token").read_text()
    again = rogatory.run("evidence", "init", str(vaults[1]), "--origin", "log.example/v", *words)
    assert again.code == CONFLICT and (vaults[1] / "keys" / "token").read_text() == before
    wrong = tmp_path / "wrong"
    wrong.write_text("1\n")
    refused = rogatory.run("evidence", "verify", vault, "--pin-file", str(wrong))
    assert refused.code == 2 and "login" in refused.err
