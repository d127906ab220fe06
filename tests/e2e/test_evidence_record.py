# SPDX-License-Identifier: EUPL-1.2
"""Evidence records beside a bundle: begun, renewed and verified with `openssl ts` as the authority, without the vault."""

import datetime
import hashlib
import json
import pathlib
import shutil
import subprocess

import pytest
from stopped import KILL, count_calls, fails_with, run_stopped, why_no_strace
from time_authority import TimeAuthority

ACT = ["--officer", "officer A7", "--role", "custodian", "--authority", "warrant 14", "--reason", "request 7"]
CASE = ["--case", "Harbour 7"]
FAILS, WRONG_USE, PARSE, LINT, NOT_FOUND, CONFLICT = 1, 2, 3, 4, 5, 9
# After the end of an authority that is certified for one day.
LATER = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """Somebody who holds a bundle, and no vault."""

    def __init__(self, rogatory, folder):
        self.rogatory, self.folder = rogatory, folder
        self.bundle, self.file = folder / "bundle", folder / "bundle.ers"

    def run(self, *words, bundle=None):
        return self.rogatory.run("evidence", "record", bundle or self.bundle, "--file", self.file, *words, "--json")

    def ask(self, name, *words):
        return self.run("--request", self.folder / f"{name}.tsq", *words).json()

    def take(self, name, *trusted):
        return self.run("--reply", self.folder / f"{name}.tsr", *trust(*trusted))

    def stamped(self, name, authority, *words):
        """Asked for, answered, and not yet taken in."""
        asked = self.ask(name, *words)
        authority.stamp(self.folder / f"{name}.tsq", self.folder / f"{name}.tsr")
        return asked

    def verify(self, *trusted, at=None):
        answer = self.run(*trust(*trusted), *(["--at", at] if at else []))
        return answer.code, json.loads(answer.out)

    def court(self, *words):
        verifier = pathlib.Path(self.rogatory.path).with_name("rogatory-verify")
        done = subprocess.run([verifier, self.bundle, "--policy", self.folder / "policy", "--json", *map(str, words)],
                              capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)


def trust(*authorities):
    return [word for authority in authorities for word in ("--trust", authority.root)]


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    return TimeAuthority(tmp_path_factory.mktemp("short") / "tsa", "Short", days=1)


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    return TimeAuthority(tmp_path_factory.mktemp("long") / "tsa", "Long")


@pytest.fixture(scope="module")
def disclosed(rogatory, short, tmp_path_factory):
    """A bundle with a time stamp of the short-lived authority in it; the vault is gone."""
    folder = tmp_path_factory.mktemp("disclosed")
    vault = folder / "vault"

    def evidence(command, *words):
        return rogatory.json("evidence", command, str(vault), *map(str, words))

    evidence("init", "--origin", "evidence.example/vault")
    (folder / "a.txt").write_text("alpha")
    (folder / "b.bin").write_bytes(bytes(range(256)) * 600)
    evidence("ingest", folder / "a.txt", folder / "b.bin", "--source", "x", *CASE, *ACT)
    evidence("seal", *CASE, *ACT)
    disclose = ["--recipient", "court", "--purpose", "trial", *CASE, *ACT]
    evidence("disclose", "--out", folder / "first", *disclose)
    evidence("stamp", "--request", folder / "tsq")
    short.stamp(folder / "tsq", folder / "tsr")
    evidence("stamp", "--reply", folder / "tsr", "--name", "authority-1", *trust(short))
    evidence("disclose", "--recorded", "--out", folder / "bundle", *disclose)
    (folder / "policy").write_text((vault / "policy").read_text())
    shutil.rmtree(vault)
    return folder


@pytest.fixture
def archive(rogatory, disclosed, tmp_path):
    made = Archive(rogatory, tmp_path)
    shutil.copytree(disclosed / "bundle", made.bundle)
    shutil.copy(disclosed / "policy", tmp_path / "policy")
    return made


def test_a_record_is_begun_and_says_what_it_proves(archive, long):
    assert archive.stamped("1", long) | {"request": "", "imprint": ""} == {
        "request": "", "step": "first", "digest": "sha512", "imprint": ""}
    assert not archive.file.exists(), "asking writes no record"
    taken = archive.take("1", long).json()
    assert taken["step"] == "first" and taken["record"]["holds"]
    code, report = archive.verify(long)
    assert code == 0 and report["verdict"] == "holds", report
    record = report["record"]
    assert record["digests"] == ["sha512"] and record["chains"] == 1 and len(record["time_stamps"]) == 1
    assert "Long" in record["time_stamps"][0]["authority"]
    assert record["exists_since"] == record["time_stamps"][0]["at"] == report["times"][0]["at"]
    assert record["renew_before"] > LATER
    text = archive.rogatory.run("evidence", "record", archive.bundle, "--file", archive.file, *trust(long))
    assert text.code == 0 and record["exists_since"] in text.out and "What was NOT checked" in text.out
    assert f"Renew it before {record['renew_before']}" in " ".join(text.out.split())
    assert archive.verify(long, at="2020-01-01T00:00:00Z")[0] == FAILS
    # The bundle is as it was: it still holds without the record.
    assert archive.court()[0] == 0


def test_the_token_is_over_the_group_as_others_make_it(archive, long, tmp_path):
    """By Python and `openssl ts` alone: docs/formats/evidence-record.md."""
    archive.stamped("1", long)
    digests = sorted({hashlib.sha512(path.read_bytes()).digest() for path in archive.bundle.rglob("*") if path.is_file()})
    (tmp_path / "joined").write_bytes(b"".join(digests))
    checked = subprocess.run(["openssl", "ts", "-verify", "-data", tmp_path / "joined", "-in", tmp_path / "1.tsr", "-CAfile",
                              long.root], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    archive.take("1", long).json()
    assert b"".join(b"\x04\x40" + digest for digest in digests) in archive.file.read_bytes()


def test_renewed_it_outlives_its_first_authority(archive, short, long):
    archive.stamped("1", short)
    first = archive.take("1", short).json()["record"]
    assert archive.verify(short, long)[0] == 0
    code, report = archive.verify(short, long, at=LATER)
    assert code == FAILS and report["record"]["exists_since"] is None
    assert "was to be renewed before" in json.dumps(report["warnings"])
    assert "has to be renewed before" in json.dumps(archive.verify(short)[1]["warnings"])

    assert archive.stamped("2", long)["step"] == "time_stamp_renewal"
    assert archive.take("2", short, long).json()["step"] == "time_stamp_renewal"
    code, report = archive.verify(short, long, at=LATER)
    assert code == 0, report
    assert report["record"]["exists_since"] == first["exists_since"]
    assert archive.verify(long, at=LATER)[0] == FAILS, "every authority has to be trusted"

    asked = archive.stamped("3", long, "--digest", "sha3-512")
    assert asked["step"] == "hash_tree_renewal" and asked["digest"] == "sha3-512"
    archive.take("3", short, long).json()
    code, report = archive.verify(short, long, at=LATER)
    assert code == 0 and report["record"]["digests"] == ["sha512", "sha3-512"] and report["record"]["chains"] == 2, report
    assert archive.stamped("4", long)["digest"] == "sha3-512"
    assert archive.take("4", short, long).json()["step"] == "time_stamp_renewal"


def test_a_court_sees_what_tokens_rest_on(archive, short, long):
    """The time stamp in the bundle is of the authority that ends; the record was renewed by the one that does not."""
    alone = archive.court(*trust(short))
    assert alone[0] == 0 and not alone[1]["warnings"], alone
    code, report = archive.court(*trust(short), "--at", LATER)
    assert code == 0 and "nothing here excludes it" in json.dumps(report["warnings"]), report
    archive.stamped("1", short)
    archive.take("1", short)
    archive.stamped("2", long)
    archive.take("2", short, long)
    with_record = ["--record", archive.file, *trust(short, long), "--at", LATER]
    code, report = archive.court(*with_record)
    assert code == 0 and not report["warnings"], report
    assert "existed at " + report["record"]["exists_since"] in report["statement"]
    assert "was still good at " + report["record"]["exists_since"] in json.dumps(report["checked"])
    mine = archive.rogatory.run("evidence", "verify", archive.bundle, "--policy", archive.folder / "policy", "--json",
                                *with_record)
    assert mine.json() == report
    # Under the first authority alone the record does not hold, and then nothing rests on it.
    code, report = archive.court("--record", archive.file, *trust(short), "--at", LATER)
    assert code == FAILS and {one["code"] for one in report["problems"]} == {"record"}, report
    assert archive.court("--record", archive.file)[0] == WRONG_USE


def test_changes_are_seen(archive, long):
    archive.stamped("1", long)
    archive.take("1", long).json()
    for path in sorted(path for path in archive.bundle.rglob("*") if path.is_file()):
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        code, report = archive.verify(long)
        assert code == FAILS and "record" in {one["code"] for one in report["problems"]}, path
        assert archive.court("--record", archive.file, *trust(long))[0] == FAILS, path
        path.write_bytes(good)
    # The record does not see a name; the bag does.
    (archive.bundle / "data" / "a.txt").rename(archive.bundle / "data" / "c.txt")
    code, report = archive.verify(long)
    assert code == FAILS and report["record"]["holds"], report
    assert {one["where"] for one in report["problems"]} == {"data/a.txt", "data/c.txt"}


def test_a_damaged_bundle_gets_no_record(archive, long):
    archive.stamped("1", long)
    (archive.bundle / "data" / "a.txt").write_text("Alpha")
    for words in (["--request", archive.folder / "2.tsq"],
                  ["--reply", archive.folder / "1.tsr", *trust(long)]):
        error = archive.run(*words).error()
        assert error["code"] == "lint" and "data/a.txt" in error["message"], error
    assert not archive.file.exists() and not (archive.folder / "2.tsq").exists()


def test_a_stop_between_request_and_reply_costs_nothing(archive, long):
    first = archive.stamped("1", long)
    assert archive.stamped("1", long)["imprint"] == first["imprint"], "asked for again"
    assert archive.take("1", long).json()["step"] == "first"
    before = archive.file.read_bytes()
    again = archive.take("1", long).json()
    assert again["step"] == "already" and archive.file.read_bytes() == before
    # Two were asked for: the second one fits no more.
    archive.stamped("2", long)
    archive.stamped("3", long)
    archive.take("2", long).json()
    before = archive.file.read_bytes()
    assert archive.take("3", long).code == CONFLICT and archive.file.read_bytes() == before


@pytest.mark.skipif(bool(why_no_strace()), reason=why_no_strace() or "there is strace")
def test_a_stop_while_the_record_is_written_leaves_the_old_or_the_new(archive, long):
    archive.stamped("1", long)
    archive.take("1", long).json()
    old = archive.file.read_bytes()
    archive.stamped("2", long)
    command = [archive.rogatory.path, "evidence", "record", archive.bundle, "--file", archive.file, "--reply",
               archive.folder / "2.tsr", *trust(long)]
    calls = ("write", "fsync", "fdatasync", "rename")
    counts = count_calls(command, archive.folder / "trace", calls)
    new = archive.file.read_bytes()
    assert "rename" in counts and new != old
    for call, number in [(call, i + 1) for call, count in counts.items() for i in range(count)]:
        for fault in (KILL, fails_with("EIO")):
            archive.file.write_bytes(old)
            run_stopped(command, archive.folder / "trace", call, number, fault)
            assert archive.file.read_bytes() in (old, new), (call, number, fault)
            assert archive.take("2", long).code == 0


def test_what_does_not_fit_changes_nothing(archive, short, long):
    assert archive.run(*trust(long)).code == NOT_FOUND, "there is no record yet"
    archive.stamped("1", long)
    assert archive.take("1", short).code == LINT and not archive.file.exists(), "another authority"
    garbage = archive.folder / "garbage.tsr"
    garbage.write_bytes(b"garbage")
    assert archive.take("garbage", long).code == PARSE
    archive.take("1", long).json()
    assert archive.run("--request", archive.folder / "x", "--digest", "sha256").code == WRONG_USE, "weaker"
    assert archive.run("--request", archive.folder / "x", "--digest", "md5").code == WRONG_USE
    assert archive.run("--request", archive.bundle / "x").code == WRONG_USE, "inside the bundle"
    within = subprocess.run([archive.rogatory.path, "evidence", "record", ".", "--file", archive.file, "--request", "x"],
                            cwd=archive.bundle, capture_output=True, check=False)
    assert within.returncode == WRONG_USE
    assert not (archive.folder / "x").exists() and not (archive.bundle / "x").exists()
    whole = archive.file.read_bytes()
    for broken in (whole[:-1], whole + b"\0", b""):
        archive.file.write_bytes(broken)
        assert archive.run(*trust(long)).code == PARSE
        assert archive.run("--request", archive.folder / "x").code == PARSE
    for words in (["--request", "a", "--reply", "b"], ["--reply", "b"], [], ["--digest", "sha512", *trust(long)]):
        assert archive.run(*words).code == WRONG_USE, words


def test_the_record_of_another_bundle(archive, disclosed, long):
    archive.stamped("1", long)
    archive.take("1", long).json()
    # The same items, disclosed before the time stamp: whole, and another bundle.
    answer = archive.run(*trust(long), bundle=disclosed / "first")
    report = json.loads(answer.out)
    assert answer.code == FAILS and {one["code"] for one in report["problems"]} == {"record"}, report
    assert archive.run("--reply", archive.folder / "1.tsr", *trust(long), bundle=disclosed / "first").code == LINT
    assert archive.run(*trust(long), bundle=disclosed / "none").code == NOT_FOUND


def lists(*files):
    return [word for file in files for word in ("--crl", file)]


def test_lists_of_the_revoked_are_kept_for_those_who_cannot_ask_any_more(archive, tmp_path):
    first, second = TimeAuthority(tmp_path / "tsa1", "First"), TimeAuthority(tmp_path / "tsa2", "Second")
    archive.stamped("1", first)
    archive.take("1", first).json()
    assert any("no list that speaks of it" in line for line in archive.verify(first)[1]["not_checked"])
    kept = archive.run(*trust(first), *lists(first.list_revoked()), "--keep").json()
    assert kept["lists"] == 1 and kept["record"]["holds"]
    record = archive.file.read_bytes()
    again = archive.run(*trust(first), *lists(first.list_revoked()), "--keep")
    assert again.code == 0 and archive.file.read_bytes() != record, "a newer list is kept beside it"
    archive.stamped("2", second)
    archive.take("2", first, second).json()
    # What a court sees that has the record alone.
    code, report = archive.verify(first, second)
    assert code == 0
    assert any("CN=First` was not revoked, by the list of" in line for line in report["checked"]), report["checked"]
    known = [stamp["revocation"][0]["status"] for stamp in report["record"]["time_stamps"]]
    assert known == ["not_revoked", "unknown"]
    assert any("CN=First` was revoked after" in line for line in report["not_checked"])
    assert any("CN=Second` was revoked: no list" in line for line in report["not_checked"])


def test_a_list_that_speaks_of_nobody_here_is_not_kept(archive, long, short):
    archive.stamped("1", long)
    archive.take("1", long).json()
    record = archive.file.read_bytes()
    refused = archive.run(*trust(long), *lists(short.list_revoked()), "--keep")
    assert refused.code == WRONG_USE and "no list speaks of" in refused.err, refused
    assert archive.run(*trust(long), "--keep").code == WRONG_USE
    asked = archive.run("--request", archive.folder / "q", *trust(long), *lists(long.list_revoked()))
    assert asked.code == WRONG_USE and "--keep" in asked.err, asked
    assert archive.run(*lists(long.list_revoked())).code == WRONG_USE
    (archive.folder / "none").write_text("nothing")
    broken = archive.run(*trust(long), *lists(archive.folder / "none"))
    assert broken.code == PARSE and "none" in broken.err
    assert archive.file.read_bytes() == record


def test_an_authority_that_lost_its_key_stands_for_nothing(archive, tmp_path):
    lost = TimeAuthority(tmp_path / "lost", "Lost")
    archive.stamped("1", lost)
    archive.take("1", lost).json()
    given = lists(lost.list_revoked("keyCompromise"))
    after = ["--at", LATER]
    code, report = json_of(archive.run(*trust(lost), *given, *after))
    assert code == FAILS and any("keyCompromise" in one["text"] for one in report["problems"]), report
    assert archive.run(*trust(lost), *given, "--keep").code == LINT, "nothing that fails is written"
    code, report = archive.court("--record", archive.file, *trust(lost), *given, *after)
    assert code == FAILS and {one["code"] for one in report["problems"]} >= {"record"}


def test_an_authority_that_was_superseded_goes_on_standing_for_what_it_stamped(archive, tmp_path):
    old = TimeAuthority(tmp_path / "old", "Old")
    archive.stamped("1", old)
    archive.take("1", old).json()
    stamped_at = archive.verify(old)[1]["record"]["exists_since"]
    wait_for_another_second(stamped_at)
    code, report = json_of(archive.run(*trust(old), *lists(old.list_revoked("superseded")), "--at", LATER))
    assert code == 0 and any("superseded" in line for line in report["warnings"]), report


def json_of(answer):
    return answer.code, json.loads(answer.out)


def wait_for_another_second(than):
    while datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") <= than:
        pass
