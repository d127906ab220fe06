// SPDX-License-Identifier: EUPL-1.2

#include "crypto/certificate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/authority.h"

namespace rogatory::crypto {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using Role = CertificateProfile::Role;

constexpr sys_seconds kNow = sys_days(year(2026) / 11 / 24);

class ChainTest : public testing::Test {
 protected:
  base::Result<CertificateChain> judge(const Certificate& leaf, sys_seconds at = kNow,
                                       CertificatePurpose purpose = CertificatePurpose::kSigning) {
    return verify_chain(leaf, others_, TrustStore({root_.certificate}), at, purpose);
  }
  void expect_refused(const Certificate& leaf, std::string_view reason, sys_seconds at = kNow,
                      CertificatePurpose purpose = CertificatePurpose::kSigning) {
    const auto chain = judge(leaf, at, purpose);
    ASSERT_FALSE(chain.ok());
    EXPECT_EQ(chain.error().code, base::ErrorCode::kLint);
    EXPECT_NE(chain.error().message.find(reason), std::string::npos) << chain.error().message;
  }

  test::Identity root_ = test::make_root("Root");
  test::Identity middle_ =
      test::make_identity(root_, {.name = "Ministry", .role = Role::kAuthority});
  test::Identity officer_ = test::make_identity(middle_, {.name = "Officer"});
  std::vector<Certificate> others_ = {middle_.certificate};
};

TEST_F(ChainTest, HoldsToTheAnchor) {
  const auto chain = judge(officer_.certificate);
  ASSERT_TRUE(chain.ok()) << chain.error().to_string();
  ASSERT_EQ(chain->size(), 3U);
  EXPECT_EQ(chain->front(), officer_.certificate);
  EXPECT_EQ(chain->back(), root_.certificate);
}

TEST_F(ChainTest, NeedsTheCertificateBetween) {
  others_.clear();
  expect_refused(officer_.certificate, "unable to get local issuer certificate");
}

TEST_F(ChainTest, EndsAtAnAnchorThatIsNoRoot) {
  const auto chain = verify_chain(officer_.certificate, {}, TrustStore({middle_.certificate}), kNow,
                                  CertificatePurpose::kSigning);
  ASSERT_TRUE(chain.ok()) << chain.error().to_string();
  EXPECT_EQ(chain->size(), 2U);
}

TEST_F(ChainTest, TrustsNobodyByItself) {
  others_.push_back(root_.certificate);
  const auto chain =
      verify_chain(officer_.certificate, others_, TrustStore(), kNow, CertificatePurpose::kSigning);
  EXPECT_FALSE(chain.ok());
}

TEST_F(ChainTest, IsJudgedAtTheTimeNamed) {
  expect_refused(officer_.certificate, "has expired", test::kLastDay + std::chrono::seconds(1));
  expect_refused(officer_.certificate, "not yet valid", test::kDayOne - std::chrono::seconds(1));
  EXPECT_TRUE(judge(officer_.certificate, test::kDayOne).ok());
  EXPECT_TRUE(judge(officer_.certificate, test::kLastDay - std::chrono::seconds(1)).ok());
}

TEST_F(ChainTest, AnOfficerIssuesNothing) {
  // A certificate whose issuer is no authority, which issue_certificate would not make.
  const auto refused =
      issue_certificate(officer_.certificate, officer_.key, officer_.key.public_key(),
                        {.country = {},
                         .organisation = {},
                         .common_name = "Friend",
                         .not_before = test::kDayOne,
                         .not_after = test::kLastDay});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kInvalidArgument);
}

TEST_F(ChainTest, PurposeIsChecked) {
  const auto stamper = test::make_identity(middle_, {.name = "Clock", .role = Role::kTimeStamper});
  EXPECT_TRUE(judge(stamper.certificate, kNow, CertificatePurpose::kTimeStamping).ok());
  expect_refused(officer_.certificate, "unsuitable certificate purpose", kNow,
                 CertificatePurpose::kTimeStamping);
  expect_refused(middle_.certificate, "key usage");
  // RFC 5280 4.2.1.12: named for something else alone.
  expect_refused(stamper.certificate, "key usage");
}

TEST_F(ChainTest, IsNoLongerThanTheLimit) {
  test::Identity last = test::make_root("Root of many");
  TrustStore trust;
  trust.add(last.certificate);
  std::vector<Certificate> others;
  for (int length = 2; length <= kMaxChainLength + 1; ++length) {
    const auto leaf = test::make_identity(last, {.name = "Officer"});
    const auto chain =
        verify_chain(leaf.certificate, others, trust, kNow, CertificatePurpose::kSigning);
    EXPECT_EQ(chain.ok(), length <= kMaxChainLength) << length;
    last = test::make_identity(
        last, {.name = "Authority " + std::to_string(length), .role = Role::kAuthority});
    others.push_back(last.certificate);
  }
}

TEST_F(ChainTest, AnotherRootOfTheSameNameIsAnother) {
  const auto impostor = test::make_root("Root");
  const auto officer = test::make_identity(impostor, {.name = "Officer"});
  others_.push_back(impostor.certificate);
  EXPECT_FALSE(judge(officer.certificate).ok());
}

TEST_F(ChainTest, SaysWhatIsInside) {
  const Certificate& certificate = officer_.certificate;
  EXPECT_EQ(certificate.subject(), "CN=Officer,O=Test,C=UN");
  EXPECT_EQ(certificate.issuer(), "CN=Ministry,O=Test,C=UN");
  EXPECT_EQ(certificate.not_before(), test::kDayOne);
  EXPECT_EQ(certificate.not_after(), test::kLastDay);
  EXPECT_FALSE(certificate.is_ca());
  EXPECT_TRUE(middle_.certificate.is_ca());
  EXPECT_TRUE(root_.certificate.is_self_issued());
  EXPECT_EQ(certificate.serial().size(), 32U);
  EXPECT_EQ(certificate.public_key().value().spki(), officer_.key.public_key().spki());
  EXPECT_EQ(certificate.fingerprint(), sha256(certificate.der()));
}

TEST_F(ChainTest, IsReadBack) {
  const Certificate& certificate = officer_.certificate;
  EXPECT_EQ(Certificate::parse(certificate.der()).value(), certificate);
  EXPECT_EQ(Certificate::parse(certificate.pem()).value(), certificate);
  const auto all =
      Certificate::parse_all("first\n" + certificate.pem() + "and\n" + root_.certificate.pem());
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all->at(1), root_.certificate);
  EXPECT_EQ(Certificate::parse(certificate.pem() + certificate.pem()).error().code,
            base::ErrorCode::kParse);
}

TEST_F(ChainTest, RefusesOtherBytes) {
  std::vector<std::byte> der(officer_.certificate.der().begin(), officer_.certificate.der().end());
  der.push_back(std::byte{0});
  EXPECT_EQ(Certificate::parse(der).error().code, base::ErrorCode::kParse);
  der.resize(der.size() / 2);
  EXPECT_EQ(Certificate::parse(der).error().code, base::ErrorCode::kParse);
  EXPECT_EQ(Certificate::parse("").error().code, base::ErrorCode::kParse);
  EXPECT_EQ(Certificate::parse("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                .error()
                .code,
            base::ErrorCode::kParse);
  EXPECT_EQ(Certificate::parse(std::string(kMaxCertificateBytes + 1, '0')).error().code,
            base::ErrorCode::kLimit);
}

TEST_F(ChainTest, ALockedTextAsksNobodyForAPassword) {
  const auto locked = Certificate::parse(
      "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
      "AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAAAAAAAAAAAAAAAAAAAA==\n"
      "-----END CERTIFICATE-----\n");
  ASSERT_FALSE(locked.ok());
  EXPECT_EQ(locked.error().code, base::ErrorCode::kParse);
}

TEST_F(ChainTest, NoFlippedBitIsTrusted) {
  const std::vector<std::byte> der(officer_.certificate.der().begin(),
                                   officer_.certificate.der().end());
  for (std::size_t bit = 0; bit < 8 * der.size(); ++bit) {
    std::vector<std::byte> changed = der;
    changed[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto certificate = Certificate::parse(changed);
    EXPECT_FALSE(certificate.ok() && judge(*certificate).ok()) << bit;
  }
}

TEST(Issue, RefusesWhatMakesNoSense) {
  const auto root = test::make_root("Root");
  const PrivateKey other = PrivateKey::generate(SignatureSuite::kEcdsaP384).take();
  const CertificateProfile good{.country = "UN",
                                .organisation = "O",
                                .common_name = "N",
                                .not_before = test::kDayOne,
                                .not_after = test::kLastDay};
  const auto refused = [&](auto change) {
    CertificateProfile profile = good;
    change(profile);
    const auto made = make_self_signed(other, profile);
    return !made.ok() && made.error().code == base::ErrorCode::kInvalidArgument;
  };
  EXPECT_TRUE(make_self_signed(other, good).ok());
  EXPECT_TRUE(refused([](auto& p) { p.common_name.clear(); }));
  EXPECT_TRUE(refused([](auto& p) { p.common_name.assign(65, 'x'); }));
  EXPECT_TRUE(refused([](auto& p) { p.country = "UNO"; }));
  EXPECT_TRUE(refused([](auto& p) { p.not_after = p.not_before; }));
  EXPECT_TRUE(refused([](auto& p) { p.not_after = sys_days(year(10000) / 1 / 1); }));
  EXPECT_EQ(issue_certificate(root.certificate, other, other.public_key(), good).error().code,
            base::ErrorCode::kInvalidArgument);
}

TEST(Issue, OpensslAgrees) {
  const auto root = test::make_root("Root");
  const auto officer = test::make_identity(root, {.name = "Officer"});
  const test::TempFolder folder;
  test::write_bytes(folder / "root.pem", root.certificate.pem());
  test::write_bytes(folder / "officer.pem", officer.certificate.pem());
  EXPECT_TRUE(test::succeeds("cd '" + folder.path().string() +
                             "' && openssl verify -x509_strict -CAfile root.pem officer.pem"));
  EXPECT_FALSE(test::succeeds("cd '" + folder.path().string() +
                              "' && openssl verify -x509_strict -CAfile officer.pem root.pem"));
}

}  // namespace
}  // namespace rogatory::crypto
