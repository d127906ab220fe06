# SPDX-License-Identifier: EUPL-1.2
"""Requests signed and verified as other authorities receive them: `package sign` and `package verify`."""

import json
import subprocess
import zipfile

import pytest
from conftest import TOP

FAILS, USAGE, INPUT, NOT_FOUND, CONFLICT = 1, 2, 3, 5, 9
EXTENSIONS = """[authority]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[signer]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature,nonRepudiation
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
P384 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-nodes"]


class Authority:
    """A certificate authority in a folder, with one signer under it."""

    def __init__(self, folder, name):
        folder.mkdir()
        self.folder, self.certificate = folder, folder / "authority.pem"
        self.key, self.signer = folder / "signer.key", folder / "signer.pem"
        (folder / "extensions").write_text(EXTENSIONS)
        self.openssl("req", *P384, "-keyout", "authority.key", "-out", "authority.csr", "-subj", f"/O={name}")
        self.openssl("x509", "-req", "-in", "authority.csr", "-signkey", "authority.key", "-days", "2",
                     "-extfile", "extensions", "-extensions", "authority", "-out", "authority.pem")
        self.openssl("req", *P384, "-keyout", "signer.key", "-out", "signer.csr", "-subj", f"/O={name}/CN=Signer")
        self.openssl("x509", "-req", "-in", "signer.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                     "-CAcreateserial", "-days", "2", "-extfile", "extensions", "-extensions", "signer",
                     "-out", "signer.pem")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, check=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "a", "Ministry of A")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "b", "Ministry of B")


@pytest.fixture
def files(tmp_path):
    (tmp_path / "request.json").write_text('{"kind":"preservation"}')
    (tmp_path / "request.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "list of accounts.txt").write_text("svc-backup\n")
    return [tmp_path / name for name in ("request.json", "request.pdf", "list of accounts.txt")]


class Signing:
    def __init__(self, rogatory, authority, out):
        self.rogatory, self.authority, self.out = rogatory, authority, out

    def run(self, files, *more, key=None):
        return self.rogatory.run("package", "sign", *files, "--key", key or self.authority.key, "--certificate",
                                 self.authority.signer, "--out", self.out, *more, "--json")


@pytest.fixture
def signing(rogatory, authority, tmp_path):
    return Signing(rogatory, authority, tmp_path / "request.asice")


@pytest.fixture
def package(signing, files):
    signing.run(files).json()
    return signing.out


def verify(rogatory, *arguments):
    """The report, and the status that the program ended with."""
    answer = rogatory.run("package", "verify", *arguments, "--json")
    return json.loads(answer.out), answer.code


def rewritten(package, path, change):
    """The package written anew by another program, with what `change` makes of each member."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(zipfile.ZipInfo(name, (2026, 11, 25, 0, 0, 0)), content)
    return path


def test_what_is_signed_holds_under_its_authority(rogatory, signing, files, authority):
    said = signing.run(files).json()
    assert said["files"] == 3 and "Signer" in said["signer"]
    with zipfile.ZipFile(signing.out) as package:
        assert package.namelist() == ["mimetype", "request.json", "request.pdf", "annexes/list of accounts.txt",
                                      "META-INF/ASiCManifest1.xml", "META-INF/signature1.p7s"]
    report, code = verify(rogatory, signing.out, "--trust", authority.certificate)
    assert (report["verdict"], code) == ("holds", 0), report
    assert report["statement"] == "The 3 files are what was signed."
    assert any(line.startswith("whether the certificate of") and "no list" in line for line in report["not_checked"])
    text = rogatory.run("package", "verify", signing.out, "--trust", authority.certificate)
    assert text.code == 0 and "The 3 files are what was signed." in text.out


def test_openssl_accepts_the_signature(package, authority, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "out")
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature1.p7s", "-content",
               "ASiCManifest1.xml", "-CAfile", authority.certificate, "-purpose", "any"]
    done = subprocess.run(command, cwd=tmp_path / "out" / "META-INF", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_trust_it_is_the_packages_own_word(rogatory, package):
    report, code = verify(rogatory, package)
    assert (report["verdict"], code) == ("holds_by_self_asserted_trust", 10)


def test_another_authority_vouches_for_nobody(rogatory, package, other):
    report, code = verify(rogatory, package, "--trust", other.certificate)
    assert (report["verdict"], code) == ("fails", FAILS)
    assert [problem["where"] for problem in report["problems"]] == ["META-INF/signature1.p7s"]


def test_a_certificate_does_not_hold_after_its_end(rogatory, package, authority):
    report, code = verify(rogatory, package, "--trust", authority.certificate, "--at", "2099-01-01T00:00:00Z")
    assert (report["verdict"], code) == ("fails", FAILS)


@pytest.mark.parametrize("name, code", [("request.json", "altered"), ("annexes/list of accounts.txt", "altered"),
                                        ("META-INF/ASiCManifest1.xml", "signature")])
def test_a_changed_member_is_named(rogatory, package, authority, tmp_path, name, code):
    def change(member, content):
        if member != name:
            return content
        # Blanks after the root leave a manifest that says the same.
        return content + b"\n" if member.startswith("META-INF/") else b"X" + content[1:]

    changed = rewritten(package, tmp_path / "changed.asice", change)
    report, status = verify(rogatory, changed, "--trust", authority.certificate)
    assert (report["verdict"], status) == ("fails", FAILS)
    where = "META-INF/signature1.p7s" if code == "signature" else name
    assert [(one["code"], one["where"]) for one in report["problems"]] == [(code, where)], report


def test_a_package_written_anew_holds_and_one_that_lacks_a_file_does_not(rogatory, package, authority, tmp_path):
    same = rewritten(package, tmp_path / "same.asice", lambda name, content: content)
    assert verify(rogatory, same, "--trust", authority.certificate)[1] == 0
    lacking = rewritten(package, tmp_path / "lacking.asice",
                        lambda name, content: None if name == "request.pdf" else content)
    report, code = verify(rogatory, lacking, "--trust", authority.certificate)
    assert code == FAILS and [(one["code"], one["where"]) for one in report["problems"]] == [("missing", "request.pdf")]


def test_what_is_refused_leaves_nothing(signing, files, other, tmp_path):
    assert signing.run(files, key=other.key).code == USAGE, "a key that is not of the certificate"
    assert signing.run([tmp_path / "none.json"]).code == NOT_FOUND
    assert signing.run(files, key=files[0]).code == INPUT
    assert not signing.out.exists()


def test_nothing_is_written_over(signing, files, package):
    before = package.read_bytes()
    assert signing.run(files).code == CONFLICT
    assert package.read_bytes() == before


def test_what_is_no_package_is_said(rogatory, files, tmp_path):
    assert rogatory.run("package", "verify", tmp_path / "none.asice").code == NOT_FOUND
    assert rogatory.run("package", "verify", files[0]).code == INPUT
    assert rogatory.run("package sign").code == USAGE
    assert rogatory.run("package").code == USAGE


@pytest.mark.parametrize("command, words", [("package", ["sign", "verify"]), ("package sign", ["--key", "--out"]),
                                            ("package verify", ["--trust", "--policy", "Status: 0"])])
def test_help_says_what_there_is(rogatory, command, words):
    answer = rogatory.run(command + " --help")
    assert answer.code == 0
    for word in words:
        assert word in answer.out


def test_only_the_canonical_form_is_signed(signing, files):
    files[0].write_text('{ "kind": "preservation" }')
    refused = signing.run(files)
    assert refused.code == 4 and "canonical" in refused.err and not signing.out.exists()


def test_what_request_json_writes_is_signed(rogatory, signing, files):
    files[0].unlink()
    case = ["--case", TOP / "examples/cases/preservation-worm.yaml", "--on", "2026-11-24"]
    assert rogatory.run("request", "new", "preservation", *case, "--out", files[0].with_suffix(".yaml")).code == 0
    assert rogatory.run("request", "json", files[0].with_suffix(".yaml"), "--out", files[0]).code == 0
    assert signing.run(files).code == 0
