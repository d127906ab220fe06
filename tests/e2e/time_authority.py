# SPDX-License-Identifier: EUPL-1.2
"""A time stamp authority that is the program `openssl`, under a root of its own."""

import os
import shutil
import subprocess

import pytest

CONF = """
[tsa]
default_tsa = t
[t]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512, sha3-512
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[stamper]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[lists]
database = index
crlnumber = number
default_md = sha256
crl_extensions = list
[list]
authorityKeyIdentifier = keyid
[req]
distinguished_name = name
[name]
"""


class TimeAuthority:
    def __init__(self, folder, name="Time", days=3650):
        if shutil.which("openssl") is None:
            pytest.skip("openssl is not installed")
        folder.mkdir()
        self.folder, self.root, self.other = folder, folder / "root.pem", folder / "other.pem"
        (folder / "conf").write_text(CONF)
        (folder / "serial").write_text("01\n")
        (folder / "number").write_text("01\n")
        (folder / "index").write_text("")
        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]
        for root in ("root", "other"):
            self.openssl("req", "-x509", *new_key, "-keyout", f"{root}.key", "-out", f"{root}.pem", "-days", "3650",
                         "-subj", f"/CN={root} of {name}", "-extensions", "ca")
        self.openssl("req", *new_key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name}")
        self.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-out", "tsa.pem", "-days",
                     str(days), "-extfile", "conf", "-extensions", "stamper")

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True,
                       env={**os.environ, "OPENSSL_CONF": str(self.folder / "conf")})

    def list_revoked(self, reason=None):
        """A list of now; with a reason the authority's own certificate is on it, from now on."""
        ca = ["ca", "-name", "lists", "-config", "conf", "-keyfile", "root.key", "-cert", "root.pem"]
        if reason:
            self.openssl(*ca, "-revoke", "tsa.pem", "-crl_reason", reason)
        self.openssl(*ca, "-gencrl", "-crldays", "30", "-out", "list.pem")
        return self.folder / "list.pem"

    def stamp(self, request, reply):
        self.openssl("ts", "-reply", "-queryfile", str(request), "-inkey", "tsa.key", "-signer", "tsa.pem", "-config", "conf",
                     "-section", "t", "-out", str(reply))
        return reply
