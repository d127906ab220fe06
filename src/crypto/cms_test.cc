// SPDX-License-Identifier: EUPL-1.2

#include "crypto/cms.h"

#include <gtest/gtest.h>
#include <openssl/cms.h>

#include <cctype>
#include <string>

#include "crypto/bytes.h"
#include "crypto/detail/openssl.h"
#include "support/authority.h"

namespace rogatory::crypto {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using Role = CertificateProfile::Role;

constexpr sys_seconds kNow = sys_days(year(2026) / 11 / 24) + std::chrono::hours(9);
constexpr std::string_view kContent = "manifest of one bag\n";

Bytes serial_of(const Certificate& certificate) {
  std::string digits = certificate.serial();
  for (char& digit : digits) digit = static_cast<char>(std::tolower(digit));
  return parse_hex(digits).take();
}

class CmsTest : public testing::Test {
 protected:
  Bytes sign(const CadesOptions& options = {.claimed_at = kNow}) const {
    const std::vector<Certificate> chain = {middle_.certificate};
    auto der =
        sign_cades(KnownDigests::of(kContent), officer_.key, officer_.certificate, chain, options);
    EXPECT_TRUE(der.ok()) << (der.ok() ? "" : der.error().to_string());
    return der.take();
  }
  CadesReport verify(ByteView der, std::string_view content = kContent) const {
    return verify_cades(der, KnownDigests::of(content), trust_, kNow);
  }
  static bool has(const CadesReport& report, SignatureFault fault) {
    return !report.holds() && has_fault(report.all_findings(), fault);
  }

  test::Identity root_ = test::make_root("Root");
  test::Identity middle_ =
      test::make_identity(root_, {.name = "Ministry", .role = Role::kAuthority});
  test::Identity officer_ = test::make_identity(middle_, {.name = "Officer"});
  TrustStore trust_{std::vector{root_.certificate}};
};

TEST_F(CmsTest, HoldsAndSaysWhoAndWhen) {
  const CadesReport report = verify(sign());
  ASSERT_TRUE(report.holds()) << to_string(report.all_findings());
  ASSERT_EQ(report.signers.size(), 1U);
  const CadesSigner& signer = report.signers.front();
  EXPECT_EQ(signer.certificate, officer_.certificate);
  EXPECT_EQ(signer.claimed_at, kNow);
  EXPECT_EQ(signer.digest, DigestAlgorithm::kSha512);
  EXPECT_EQ(signer.chain.size(), 3U);
  EXPECT_FALSE(signer.signature_value.empty());
}

TEST_F(CmsTest, OneDigestOfTheContentIsEnough) {
  const Bytes der = sign({.digest = DigestAlgorithm::kSha256, .claimed_at = kNow});
  EXPECT_EQ(cades_digests(der).value(), std::vector{DigestAlgorithm::kSha256});
  const KnownDigests right({MessageDigest::of(sha256(kContent))});
  EXPECT_TRUE(verify_cades(der, right, trust_, kNow).holds());
  const KnownDigests other({message_digest(DigestAlgorithm::kSha512, as_bytes(kContent))});
  EXPECT_TRUE(has(verify_cades(der, other, trust_, kNow), SignatureFault::kContentUnknown));
}

TEST_F(CmsTest, NamesEveryReason) {
  const CadesReport report =
      verify_cades(sign(), KnownDigests::of("another manifest"), TrustStore(), kNow);
  EXPECT_TRUE(has(report, SignatureFault::kContentMismatch));
  EXPECT_TRUE(has(report, SignatureFault::kNotTrusted));
  EXPECT_EQ(report.all_findings().size(), 2U) << to_string(report.all_findings());
}

TEST_F(CmsTest, IsJudgedAtTheTimeNamed) {
  const Bytes der = sign();
  const KnownDigests content = KnownDigests::of(kContent);
  EXPECT_TRUE(has(verify_cades(der, content, trust_, test::kLastDay + std::chrono::days(1)),
                  SignatureFault::kNotTrusted));
  EXPECT_TRUE(verify_cades(der, content, trust_, test::kLastDay - std::chrono::seconds(1)).holds());
}

TEST_F(CmsTest, RefusesWhatIsNoSignature) {
  EXPECT_TRUE(has(verify({}), SignatureFault::kMalformed));
  EXPECT_TRUE(has(verify(to_bytes("text")), SignatureFault::kMalformed));
  EXPECT_TRUE(has(verify(officer_.certificate.der()), SignatureFault::kMalformed));
  EXPECT_TRUE(has(verify(Bytes(kMaxSignatureBytes + 1)), SignatureFault::kMalformed));
  Bytes longer = sign();
  longer.push_back(std::byte{0});
  EXPECT_TRUE(has(verify(longer), SignatureFault::kMalformed));
}

TEST_F(CmsTest, ABitFlippedInAnyByteChangesNothingThatIsSaid) {
  const Bytes der = sign();
  const CadesReport right = verify(der);
  int held = 0;
  for (std::size_t i = 0; i < der.size(); ++i) {
    Bytes changed = der;
    changed[i] ^= std::byte{1} << (i % 8);
    const CadesReport report = verify(changed);
    if (!report.holds()) continue;
    ++held;
    EXPECT_EQ(report.signers.front().certificate, right.signers.front().certificate) << i;
    EXPECT_EQ(report.signers.front().claimed_at, right.signers.front().claimed_at) << i;
    EXPECT_EQ(report.signers.front().signature_value, right.signers.front().signature_value) << i;
  }
  // The two version numbers and the list of digest algorithms (9 bytes), and letters of the
  // issuer's name, whose case does not count (RFC 5280 7.1) and of which a part is hit: nothing
  // rests on them.
  constexpr int kLettersOfTheIssuer = 30;
  EXPECT_LE(held, 11 + kLettersOfTheIssuer);
}

TEST_F(CmsTest, TheCertificateCannotBeSwapped) {
  // The same key and name under another number: the signature fits, the signed attribute does not.
  // Signatures of ECDSA differ in length by a byte or two; lengths in the structure have to stay.
  base::Result<Certificate> twin = middle_.certificate;
  while (twin->der().size() != officer_.certificate.der().size() || *twin == middle_.certificate) {
    twin = issue_certificate(middle_.certificate, middle_.key, officer_.key.public_key(),
                             {.country = "UN",
                              .organisation = "Test",
                              .common_name = "Officer",
                              .not_before = test::kDayOne,
                              .not_after = test::kLastDay});
    ASSERT_TRUE(twin.ok());
  }
  const Bytes signed_bytes = sign();
  std::string text(as_text(signed_bytes));
  const Bytes old_number = serial_of(officer_.certificate);
  const Bytes new_number = serial_of(*twin);
  ASSERT_EQ(old_number.size(), new_number.size());
  const std::string old_der(as_text(officer_.certificate.der()));
  const std::string new_der(as_text(twin->der()));
  ASSERT_EQ(old_der.size(), new_der.size());
  text.replace(text.find(old_der), old_der.size(), new_der);
  for (std::size_t at = 0; (at = text.find(as_text(old_number), at)) != std::string::npos;) {
    text.replace(at, old_number.size(), as_text(new_number));
  }
  const CadesReport report = verify(as_bytes(text));
  EXPECT_TRUE(has(report, SignatureFault::kCertificateSwapped)) << to_string(report.all_findings());
}

TEST_F(CmsTest, AnInjectedCertificateCountsForNothing) {
  const auto stranger = test::make_root("Stranger");
  const Bytes der = sign();
  const unsigned char* at = detail::data_of(der);
  const detail::OwnedCms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  ASSERT_EQ(CMS_add1_cert(cms.get(), stranger.certificate.handle().x509), 1);
  const CadesReport report = verify(detail::encode<i2d_CMS_ContentInfo>(cms.get()));
  EXPECT_TRUE(report.holds()) << to_string(report.all_findings());
  EXPECT_EQ(report.signers.front().certificate, officer_.certificate);
}

TEST_F(CmsTest, RefusesToSignWithTheWrongKey) {
  const KnownDigests content = KnownDigests::of(kContent);
  const auto code = [&](const PrivateKey& key, const CadesOptions& options = {}) {
    return sign_cades(content, key, officer_.certificate, {}, options).error().code;
  };
  EXPECT_EQ(code(root_.key), base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(PrivateKey::generate(SignatureSuite::kEd25519).take()),
            base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(officer_.key, {.digest = DigestAlgorithm::kSha1, .claimed_at = {}}),
            base::ErrorCode::kInvalidArgument);
}

/// Both ways with the program `openssl cms`.
class CmsOpensslTest : public CmsTest {
 protected:
  void SetUp() override {
    test::write_bytes(folder_ / "content", kContent);
    test::write_bytes(folder_ / "root.pem", root_.certificate.pem());
    test::write_bytes(folder_ / "middle.pem", middle_.certificate.pem());
    test::write_bytes(folder_ / "officer.pem", officer_.certificate.pem());
    test::write_bytes(folder_ / "officer.key", as_text(officer_.key.secret_pem().view()));
  }
  bool run(const std::string& command) const {
    return test::succeeds("cd '" + folder_.path().string() + "' && openssl cms " + command);
  }
  Bytes made_by(const std::string& options) const {
    EXPECT_TRUE(
        run("-sign -binary -in content -signer officer.pem -inkey officer.key "
            "-certfile middle.pem -outform DER -out theirs.p7s " +
            options));
    return to_bytes(test::read_bytes(folder_ / "theirs.p7s"));
  }

  test::TempFolder folder_;
};

TEST_F(CmsOpensslTest, TheyVerifyOurs) {
  test::write_bytes(folder_ / "ours.p7s", as_text(sign()));
  const std::string verify_ours =
      "-verify -cades -binary -inform DER -in ours.p7s -CAfile root.pem -purpose any -content ";
  EXPECT_TRUE(run(verify_ours + "content"));
  EXPECT_FALSE(run(verify_ours + "root.pem"));
}

TEST_F(CmsOpensslTest, WeVerifyTheirs) {
  for (const std::string digest : {"sha256", "sha384", "sha512"}) {
    const CadesReport report = verify(made_by("-cades -md " + digest));
    EXPECT_TRUE(report.holds()) << digest << " " << to_string(report.all_findings());
  }
  EXPECT_TRUE(has(verify(made_by("-cades -md sha256"), "other"), SignatureFault::kContentMismatch));
}

TEST_F(CmsOpensslTest, TwoSignersAreBothJudged) {
  const auto other_root = test::make_root("Other root");
  const auto other = test::make_identity(other_root, {.name = "Other"});
  test::write_bytes(folder_ / "other.pem", other.certificate.pem());
  test::write_bytes(folder_ / "other.key", as_text(other.key.secret_pem().view()));
  const CadesReport report =
      verify(made_by("-cades -md sha256 -signer other.pem -inkey other.key"));
  ASSERT_EQ(report.signers.size(), 2U);
  EXPECT_TRUE(has(report, SignatureFault::kNotTrusted));
  EXPECT_NE(report.signers[0].holds(), report.signers[1].holds());
}

TEST_F(CmsOpensslTest, RefusesOtherProfiles) {
  EXPECT_TRUE(has(verify(made_by("-md sha256")), SignatureFault::kAttributeMissing));
  EXPECT_TRUE(has(verify(made_by("-md sha256 -noattr")), SignatureFault::kAttributeMissing));
  EXPECT_TRUE(has(verify(made_by("-cades -md sha256 -nodetach")), SignatureFault::kUnexpected));
  EXPECT_TRUE(has(verify(made_by("-cades -md sha256 -nocerts")), SignatureFault::kSignerUnknown));
  const CadesReport weak = verify(made_by("-cades -md sha1"));
  EXPECT_TRUE(has(weak, SignatureFault::kWeakAlgorithm));
  EXPECT_TRUE(has(weak, SignatureFault::kAttributeMissing));
}

}  // namespace
}  // namespace rogatory::crypto
