// SPDX-License-Identifier: EUPL-1.2

#include "crypto/revocation.h"

#include <gtest/gtest.h>

#include <string>

#include "crypto/bytes.h"
#include "crypto/cms.h"
#include "crypto/timestamp.h"
#include "support/authority.h"
#include "support/temp_folder.h"

namespace rogatory::crypto {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using Kind = RevocationStatus::Kind;
using Role = CertificateProfile::Role;

constexpr sys_seconds kThen = sys_days(year(2026) / 11 / 24);
constexpr sys_seconds kEnd = sys_days(year(2030) / 1 / 1);
constexpr int kKeyCompromise = 1;
constexpr int kSuperseded = 4;
constexpr int kHold = 6;
constexpr std::string_view kContent = "checkpoint\n";

class RevocationTest : public testing::Test {
 protected:
  RevocationStatus status(const std::vector<RevocationList>& lists) const {
    return revocation_of({stamper_.certificate, root_.certificate}, lists).at(0);
  }
  RevocationList list(sys_seconds at, const std::vector<test::Revoked>& revoked = {}) const {
    return test::revocation_list(root_, at, revoked);
  }
  test::Revoked revoked(sys_seconds at, std::optional<int> reason = {}) const {
    return {.certificate = stamper_.certificate, .at = at, .reason = reason};
  }
  std::vector<std::byte> stamped() const {
    return test::stamp_at(stamper_, MessageDigest::of(sha256(kContent)), kThen);
  }
  /// With these lists given.
  TimestampReport verify(ByteView token, const std::vector<RevocationList>& lists,
                         std::optional<sys_seconds> at = {}) const {
    TrustStore trust = test::trust_in(root_);
    for (const RevocationList& one : lists) trust.add(one);
    const KnownDigests content = KnownDigests::of(kContent);
    return verify_timestamp(token, {.content = content, .trust = trust, .at = at});
  }
  static base::ErrorCode refusal(const std::vector<std::byte>& der) {
    const auto parsed = RevocationList::parse(der);
    return parsed.ok() ? base::ErrorCode::kInternal : parsed.error().code;
  }

  test::Identity root_ = test::make_root("Time root");
  test::Identity stamper_ =
      test::make_identity(root_, {.name = "Time", .role = Role::kTimeStamper, .not_after = kEnd});
};

TEST_F(RevocationTest, WithoutAListNothingIsKnown) {
  EXPECT_EQ(status({}).kind, Kind::kUnknown);
  EXPECT_EQ(status({}).subject, stamper_.certificate.subject());
}

TEST_F(RevocationTest, AListThatDoesNotNameItSaysSo) {
  const RevocationStatus found = status({list(kThen), list(kThen + days(3))});
  EXPECT_EQ(found.kind, Kind::kNotRevoked);
  EXPECT_EQ(found.as_of, kThen + days(3));
}

TEST_F(RevocationTest, ReasonAndTimeAreRead) {
  const RevocationStatus found = status({list(kThen, {revoked(kThen - days(1), kKeyCompromise)})});
  EXPECT_EQ(found.kind, Kind::kRevoked);
  EXPECT_EQ(found.revoked_at, kThen - days(1));
  EXPECT_EQ(found.reason, "keyCompromise");
  EXPECT_FALSE(found.is_key_sound);
  EXPECT_TRUE(status({list(kThen, {revoked(kThen, kSuperseded)})}).is_key_sound);
  EXPECT_FALSE(status({list(kThen, {revoked(kThen)})}).is_key_sound) << "no reason is stated";
}

TEST_F(RevocationTest, AListOfAnotherKeySaysNothing) {
  const test::Identity namesake = test::make_root("Time root");
  EXPECT_EQ(status({test::revocation_list(namesake, kThen, {revoked(kThen)})}).kind,
            Kind::kUnknown);
  const test::Identity other = test::make_root("Another root");
  EXPECT_EQ(status({test::revocation_list(other, kThen)}).kind, Kind::kUnknown);
}

TEST_F(RevocationTest, ASignatureThatIsWeakOrWrongSaysNothing) {
  auto weak = RevocationList::parse(test::revocation_list_der(root_, kThen, {}, {}, "SHA1"));
  ASSERT_TRUE(weak.ok());
  EXPECT_EQ(status({*weak}).kind, Kind::kUnknown);
  std::vector<std::byte> der = test::revocation_list_der(root_, kThen);
  der.back() ^= std::byte{1};
  const auto forged = RevocationList::parse(der);
  EXPECT_TRUE(!forged.ok() || status({*forged}).kind == Kind::kUnknown);
}

TEST_F(RevocationTest, ALaterListNeedNotNameWhatHasEnded) {
  EXPECT_EQ(status({list(kEnd + days(1))}).kind, Kind::kUnknown);
  const RevocationStatus found =
      status({list(kEnd + days(1)), list(kThen, {revoked(kThen, kKeyCompromise)})});
  EXPECT_EQ(found.kind, Kind::kRevoked) << "an older list named it, in whatever order they come";
  const RevocationStatus before = status({list(kThen), list(kEnd + days(1))});
  EXPECT_EQ(before.kind, Kind::kNotRevoked);
  EXPECT_EQ(before.as_of, kThen);
}

TEST_F(RevocationTest, OnlyAHoldIsTakenBack) {
  EXPECT_EQ(status({list(kThen, {revoked(kThen, kHold)})}).kind, Kind::kRevoked);
  EXPECT_EQ(status({list(kThen, {revoked(kThen, kHold)}), list(kThen + days(1))}).kind,
            Kind::kNotRevoked);
  EXPECT_EQ(status({list(kThen, {revoked(kThen)}), list(kThen + days(1))}).kind, Kind::kRevoked);
}

TEST_F(RevocationTest, ListsOfPartsAreRefused) {
  const auto with = [&](const char* name, const char* value) {
    return refusal(test::revocation_list_der(root_, kThen, {}, {{name, value}}));
  };
  EXPECT_EQ(with("issuingDistributionPoint", "critical,indirectCRL:TRUE"),
            base::ErrorCode::kUnsupported);
  EXPECT_EQ(with("issuingDistributionPoint", "critical,onlysomereasons:keyCompromise"),
            base::ErrorCode::kUnsupported);
  EXPECT_EQ(with("2.5.29.27", "critical,DER:02:01:05"), base::ErrorCode::kUnsupported);
  EXPECT_EQ(with("nsComment", "critical,x"), base::ErrorCode::kUnsupported);
}

TEST_F(RevocationTest, AListIsForTheCertificatesInItsScope) {
  const auto scoped = [&](const char* value) {
    auto parsed = RevocationList::parse(
        test::revocation_list_der(root_, kThen, {}, {{"issuingDistributionPoint", value}}));
    EXPECT_TRUE(parsed.ok()) << value;
    return status({parsed.take()}).kind;
  };
  EXPECT_EQ(scoped("critical,onlyuser:TRUE"), Kind::kNotRevoked);
  EXPECT_EQ(scoped("critical,onlyCA:TRUE"), Kind::kUnknown);
  EXPECT_EQ(scoped("critical,fullname:URI:http://lists.example/1"), Kind::kUnknown)
      << "the certificate names no such place";
}

TEST_F(RevocationTest, WhatIsNoListIsRefused) {
  EXPECT_EQ(refusal(test::bytes_of("garbage")), base::ErrorCode::kParse);
  std::vector<std::byte> longer = test::revocation_list_der(root_, kThen);
  longer.push_back(std::byte{0});
  EXPECT_EQ(refusal(longer), base::ErrorCode::kParse);
  EXPECT_EQ(RevocationList::parse_all("nothing here").error().code, base::ErrorCode::kParse);
  EXPECT_EQ(RevocationList::parse_all(root_.certificate.pem()).error().code,
            base::ErrorCode::kParse);
}

TEST_F(RevocationTest, ATimeStampOfAKeyThatWasLostIsGoodBeforeTheLossOnly) {
  const std::vector lists = {list(kThen + days(9), {revoked(kThen + days(5), kKeyCompromise)})};
  EXPECT_TRUE(verify(stamped(), lists, kThen + days(4)).holds());
  const TimestampReport late = verify(stamped(), lists, kThen + days(5));
  EXPECT_TRUE(has_fault(late.findings, SignatureFault::kRevoked)) << to_string(late.findings);
  const TimestampReport before =
      verify(stamped(), {list(kThen, {revoked(kThen - days(1), kKeyCompromise)})});
  EXPECT_TRUE(has_fault(before.findings, SignatureFault::kRevoked));
}

TEST_F(RevocationTest, WhatASoundKeyStampedStaysGood) {
  const std::vector lists = {list(kThen + days(9), {revoked(kThen + days(5), kSuperseded)})};
  EXPECT_TRUE(verify(stamped(), lists, kThen + days(100)).holds());
  const std::vector earlier = {list(kThen + days(9), {revoked(kThen, kSuperseded)})};
  EXPECT_FALSE(verify(stamped(), earlier, kThen + days(100)).holds());
}

TEST_F(RevocationTest, ListsAreKeptInsideATimeStampOnce) {
  const std::vector lists = {list(kThen + days(2)), list(kThen + days(1))};
  const auto kept = keep_revocation_lists(stamped(), lists);
  ASSERT_TRUE(kept.ok()) << kept.error().to_string();
  const TimestampReport report = verify(*kept, {});
  EXPECT_TRUE(report.holds()) << to_string(report.findings);
  ASSERT_EQ(report.revocation.size(), 1U);
  EXPECT_EQ(report.revocation.front().as_of, kThen + days(2));
  EXPECT_EQ(*keep_revocation_lists(*kept, lists), *kept);
  EXPECT_GT(kept->size(), stamped().size());
}

TEST_F(RevocationTest, AKeptListThatNamesTheAuthorityCounts) {
  const std::vector lists = {list(kThen + days(2), {revoked(kThen - days(1))})};
  const auto kept = keep_revocation_lists(stamped(), lists);
  EXPECT_TRUE(has_fault(verify(*kept, {}).findings, SignatureFault::kRevoked));
}

TEST_F(RevocationTest, OpensslVerifiesATokenWithListsInside) {
  const test::TimestampAuthority authority;
  const auto token = authority.stamp(MessageDigest::of(sha256(kContent)));
  const sys_seconds now =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::vector lists = {test::revocation_list(authority.root(), now)};
  const auto kept = keep_revocation_lists(token, lists);
  ASSERT_TRUE(kept.ok()) << kept.error().to_string();
  test::write_bytes(authority.folder() / "kept.tok", as_text(*kept));
  test::write_bytes(authority.folder() / "content", kContent);
  EXPECT_TRUE(test::succeeds("cd '" + authority.folder().string() +
                             "' && openssl ts -verify -data content -in kept.tok -token_in "
                             "-CAfile chain.pem -untrusted tsa.pem"));
}

TEST_F(RevocationTest, ASignatureOfARevokedSignerDoesNotHold) {
  const test::Identity signer = test::make_identity(root_, {.name = "Officer A"});
  const KnownDigests content = KnownDigests::of(kContent);
  const auto der = sign_cades(content, signer.key, signer.certificate, {}, {.claimed_at = kThen});
  ASSERT_TRUE(der.ok()) << der.error().to_string();
  TrustStore trust = test::trust_in(root_);
  trust.add(test::revocation_list(
      root_, kThen, {{.certificate = signer.certificate, .at = kThen, .reason = kSuperseded}}));
  EXPECT_TRUE(verify_cades(*der, content, trust, kThen - days(1)).holds());
  const CadesReport late = verify_cades(*der, content, trust, kThen);
  EXPECT_TRUE(has_fault(late.all_findings(), SignatureFault::kRevoked));
}

}  // namespace
}  // namespace rogatory::crypto
