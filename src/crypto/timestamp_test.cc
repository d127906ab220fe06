// SPDX-License-Identifier: EUPL-1.2

#include "crypto/timestamp.h"

#include <gtest/gtest.h>
#include <openssl/cms.h>

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

constexpr std::string_view kContent = "checkpoint\n";
constexpr sys_seconds kThen = sys_days(year(2026) / 11 / 24) + std::chrono::hours(9);

class TimestampTest : public testing::Test {
 protected:
  TimestampReport verify(ByteView token, const TrustStore& trust) const {
    return verify_timestamp(token, {.content = content_, .trust = trust});
  }
  static bool has(const TimestampReport& report, SignatureFault fault) {
    return !report.holds() && has_fault(report.findings, fault);
  }
  Bytes stamped(sys_seconds at = kThen) const {
    return test::stamp_at(stamper_, MessageDigest::of(sha256(kContent)), at);
  }

  KnownDigests content_ = KnownDigests::of(kContent);
  test::Identity root_ = test::make_root("Time root");
  test::Identity stamper_ =
      test::make_identity(root_, {.name = "Time", .role = Role::kTimeStamper});
  TrustStore trust_{std::vector{root_.certificate}};
};

TEST_F(TimestampTest, HoldsAndSaysWhen) {
  const TimestampReport report = verify(stamped(), trust_);
  ASSERT_TRUE(report.holds()) << to_string(report.findings);
  EXPECT_EQ(report.gen_time, kThen);
  EXPECT_EQ(report.policy, "1.2.3.4.1");
  EXPECT_EQ(report.serial, "01");
  EXPECT_EQ(report.authority, stamper_.certificate);
  EXPECT_EQ(report.chain.size(), 2U);
  EXPECT_EQ(report.imprint, MessageDigest::of(sha256(kContent)));
  EXPECT_EQ(describe_timestamp(stamped()).value().gen_time, kThen);
}

TEST_F(TimestampTest, IsOverThisContentOnly) {
  const KnownDigests other = KnownDigests::of("another");
  const Bytes token = stamped();
  EXPECT_TRUE(has(verify_timestamp(token, {.content = other, .trust = trust_}),
                  SignatureFault::kContentMismatch));
  const KnownDigests without({message_digest(DigestAlgorithm::kSha512, as_bytes(kContent))});
  EXPECT_TRUE(has(verify_timestamp(token, {.content = without, .trust = trust_}),
                  SignatureFault::kContentUnknown));
}

TEST_F(TimestampTest, WeakImprintsAreNamed) {
  const Bytes token =
      test::stamp_at(stamper_, message_digest(DigestAlgorithm::kSha1, as_bytes(kContent)), kThen);
  const TimestampReport report = verify(token, trust_);
  EXPECT_TRUE(has(report, SignatureFault::kWeakAlgorithm));
  EXPECT_EQ(report.findings.size(), 1U) << to_string(report.findings);
}

TEST_F(TimestampTest, TheAuthorityIsJudgedAtTheTimeOfTheToken) {
  EXPECT_TRUE(has(verify(stamped(test::kDayOne - std::chrono::seconds(1)), trust_),
                  SignatureFault::kNotTrusted));
  EXPECT_TRUE(has(verify(stamped(test::kLastDay + std::chrono::seconds(1)), trust_),
                  SignatureFault::kNotTrusted));
  const Bytes last = stamped(test::kLastDay - std::chrono::seconds(1));
  EXPECT_TRUE(verify(last, trust_).holds());
  EXPECT_TRUE(has(verify_timestamp(last, {.content = content_,
                                          .trust = trust_,
                                          .at = test::kLastDay + std::chrono::days(1)}),
                  SignatureFault::kNotTrusted));
}

TEST_F(TimestampTest, NonceAndPolicyAreCompared) {
  const Bytes token = stamped();
  const Bytes nonce = describe_timestamp(token).value().nonce;
  ASSERT_FALSE(nonce.empty());
  EXPECT_TRUE(
      verify_timestamp(token, {.content = content_, .trust = trust_, .nonce = nonce}).holds());
  Bytes padded = {std::byte{0}, std::byte{0}};
  padded.insert(padded.end(), nonce.begin(), nonce.end());
  EXPECT_TRUE(
      verify_timestamp(token, {.content = content_, .trust = trust_, .nonce = padded}).holds());
  const Bytes other = to_bytes("another nonce");
  EXPECT_TRUE(has(verify_timestamp(token, {.content = content_, .trust = trust_, .nonce = other}),
                  SignatureFault::kNonceMismatch));
  const std::vector<std::string> policies = {"1.2.3.4.2"};
  EXPECT_TRUE(
      has(verify_timestamp(token, {.content = content_, .trust = trust_, .policies = policies}),
          SignatureFault::kPolicyMismatch));
}

TEST_F(TimestampTest, InjectedCertificatesCountForNothing) {
  const auto stranger_root = test::make_root("Time root");
  const auto stranger =
      test::make_identity(stranger_root, {.name = "Time", .role = Role::kTimeStamper});
  const auto with = [&](const Bytes& token, const Certificate& certificate) {
    const unsigned char* at = detail::data_of(token);
    const detail::OwnedCms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(token.size())));
    EXPECT_EQ(CMS_add1_cert(cms.get(), certificate.handle().x509), 1);
    return detail::encode<i2d_CMS_ContentInfo>(cms.get());
  };
  // Into a good token: it stays what it is.
  const TimestampReport good = verify(with(stamped(), stranger.certificate), trust_);
  EXPECT_TRUE(good.holds()) << to_string(good.findings);
  EXPECT_EQ(good.authority, stamper_.certificate);
  // The good authority's certificates into the token of a stranger: it stays the stranger's.
  const Bytes forged = test::stamp_at(stranger, MessageDigest::of(sha256(kContent)), kThen);
  const TimestampReport bad =
      verify(with(with(forged, stamper_.certificate), root_.certificate), trust_);
  EXPECT_TRUE(has(bad, SignatureFault::kNotTrusted)) << to_string(bad.findings);
  EXPECT_EQ(bad.authority, stranger.certificate);
  EXPECT_TRUE(bad.chain.empty());
  // Even where the root of the stranger comes along.
  EXPECT_TRUE(
      has(verify(with(forged, stranger_root.certificate), trust_), SignatureFault::kNotTrusted));
}

/// The statement of a token, signed again by somebody else with all attributes.
Bytes resigned(const Bytes& token, const PrivateKey& key, const Certificate& certificate) {
  const unsigned char* at = detail::data_of(token);
  const detail::OwnedCms old(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(token.size())));
  const Bytes info = detail::to_vector(**CMS_get0_content(old.get()));
  const detail::OwnedBio source = detail::memory_source(info);
  constexpr unsigned int kFlags = CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP | CMS_PARTIAL;
  const detail::OwnedCms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, kFlags));
  EXPECT_EQ(CMS_set1_eContentType(cms.get(), OBJ_nid2obj(NID_id_smime_ct_TSTInfo)), 1);
  EXPECT_NE(
      CMS_add1_signer(cms.get(), certificate.handle().x509, key.handle().key, EVP_sha256(), kFlags),
      nullptr);
  EXPECT_EQ(CMS_final(cms.get(), source.get(), nullptr, kFlags), 1);
  return detail::encode<i2d_CMS_ContentInfo>(cms.get());
}

TEST_F(TimestampTest, ASignerOfDocumentsStampsNothing) {
  // The way of signing again is sound: the authority itself may.
  EXPECT_TRUE(verify(resigned(stamped(), stamper_.key, stamper_.certificate), trust_).holds());
  const auto officer = test::make_identity(root_, {.name = "Officer"});
  const TimestampReport report =
      verify(resigned(stamped(), officer.key, officer.certificate), trust_);
  EXPECT_TRUE(has(report, SignatureFault::kNotTrusted)) << to_string(report.findings);
  EXPECT_EQ(report.findings.size(), 1U);
}

TEST_F(TimestampTest, ThePurposeHasToBeCritical) {
  const test::TempFolder folder;
  const auto make = [&](const std::string& usage) {
    EXPECT_TRUE(test::succeeds("cd '" + folder.path().string() +
                               "' && openssl req -x509 -newkey ec -pkeyopt "
                               "ec_paramgen_curve:P-384 -nodes -keyout key.pem -out time.pem "
                               "-subj /CN=Time -days 3650 -addext keyUsage=critical,"
                               "digitalSignature -addext extendedKeyUsage=" +
                               usage));
    const auto key = PrivateKey::parse_pem(test::read_bytes(folder / "key.pem"));
    const auto certificate = Certificate::parse(test::read_bytes(folder / "time.pem"));
    const Bytes token =
        resigned(stamped(certificate->not_before() + std::chrono::hours(1)), *key, *certificate);
    return verify(token, TrustStore({*certificate}));
  };
  const TimestampReport good = make("critical,timeStamping");
  EXPECT_TRUE(good.holds()) << to_string(good.findings);
  EXPECT_TRUE(has(make("timeStamping"), SignatureFault::kNotTrusted));
  EXPECT_TRUE(has(make("critical,timeStamping,emailProtection"), SignatureFault::kNotTrusted));
}

TEST_F(TimestampTest, ABitFlippedInAnyByteChangesNothingThatIsSaid) {
  const Bytes token = stamped();
  const TimestampReport right = verify(token, trust_);
  int held = 0;
  for (std::size_t i = 0; i < token.size(); ++i) {
    Bytes changed = token;
    changed[i] ^= std::byte{1} << (i % 8);
    const TimestampReport report = verify(changed, trust_);
    if (!report.holds()) continue;
    ++held;
    EXPECT_EQ(report.gen_time, right.gen_time) << i;
    EXPECT_EQ(report.imprint, right.imprint) << i;
    EXPECT_EQ(report.authority, right.authority) << i;
  }
  // The two version numbers and the list of digest algorithms (9 bytes), and letters of the
  // issuer's name, whose case does not count (RFC 5280 7.1) and of which a part is hit: nothing
  // rests on them.
  constexpr int kLettersOfTheIssuer = 30;
  EXPECT_LE(held, 11 + kLettersOfTheIssuer);
}

TEST_F(TimestampTest, RefusesWhatIsNoToken) {
  EXPECT_TRUE(has(verify({}, trust_), SignatureFault::kMalformed));
  EXPECT_TRUE(has(verify(to_bytes("token"), trust_), SignatureFault::kMalformed));
  EXPECT_TRUE(has(verify(Bytes(kMaxTimestampBytes + 1), trust_), SignatureFault::kMalformed));
  EXPECT_EQ(describe_timestamp({}).error().code, base::ErrorCode::kParse);
  EXPECT_EQ(parse_timestamp_reply(to_bytes("reply")).error().code, base::ErrorCode::kParse);
}

TEST_F(TimestampTest, RequestsThatMakeNoSenseAreRefused) {
  TimestampRequest request = TimestampRequest::make(MessageDigest::of(sha256("x")));
  EXPECT_EQ(request.nonce.size(), 16U);
  EXPECT_NE(request.nonce, TimestampRequest::make(request.digest).nonce);
  request.policy = "no policy";
  EXPECT_EQ(request.der().error().code, base::ErrorCode::kInvalidArgument);
  request.policy.clear();
  request.nonce.resize(kMaxNonceBytes + 1);
  EXPECT_EQ(request.der().error().code, base::ErrorCode::kInvalidArgument);
  request.nonce.clear();
  EXPECT_TRUE(request.der().ok());
  request.digest.bytes.pop_back();
  EXPECT_EQ(request.der().error().code, base::ErrorCode::kInvalidArgument);
}

/// With the program `openssl ts` as the authority and as the second verifier.
class TimestampOpensslTest : public TimestampTest {
 protected:
  test::TimestampAuthority authority_;
};

TEST_F(TimestampOpensslTest, TheirTokensHold) {
  for (const DigestAlgorithm algorithm :
       {DigestAlgorithm::kSha256, DigestAlgorithm::kSha384, DigestAlgorithm::kSha512}) {
    const Bytes token = authority_.stamp(message_digest(algorithm, as_bytes(kContent)));
    const TimestampReport report = verify(token, authority_.trust());
    ASSERT_TRUE(report.holds()) << to_string(report.findings);
    EXPECT_EQ(report.accuracy, std::chrono::microseconds(1'500'100));
    EXPECT_EQ(report.authority, authority_.stamper().certificate);
  }
}

TEST_F(TimestampOpensslTest, TheyVerifyTheReplyToOurRequest) {
  const TimestampRequest request = TimestampRequest::make(MessageDigest::of(sha256(kContent)));
  const std::string reply = authority_.reply(request.der().value());
  test::write_bytes(authority_.folder() / "content", kContent);
  const std::string verify_reply =
      "cd '" + authority_.folder().string() + "' && openssl ts -verify -CAfile chain.pem ";
  EXPECT_TRUE(test::succeeds(verify_reply + "-queryfile query.tsq -in reply.tsr"));
  EXPECT_TRUE(test::succeeds(verify_reply + "-data content -in reply.tsr"));
  EXPECT_FALSE(test::succeeds(verify_reply + "-data chain.pem -in reply.tsr"));
  const auto token = parse_timestamp_reply(as_bytes(reply));
  ASSERT_TRUE(token.ok());
  const TrustStore trust = authority_.trust();
  const TimestampReport report =
      verify_timestamp(*token, {.content = content_, .trust = trust, .nonce = request.nonce});
  EXPECT_TRUE(report.holds()) << to_string(report.findings);
}

TEST_F(TimestampOpensslTest, OldTokensNameTheCertificateBySha1) {
  const Bytes token = authority_.stamp(MessageDigest::of(sha256(kContent)), "-section old");
  const TimestampReport report = verify(token, authority_.trust());
  EXPECT_TRUE(report.holds()) << to_string(report.findings);
}

TEST_F(TimestampOpensslTest, TheAuthorityIsTheOneTheTokenNames) {
  const auto other =
      test::make_identity(authority_.root(), {.name = "Other", .role = Role::kTimeStamper});
  const Bytes token = authority_.stamp(MessageDigest::of(sha256(kContent)));
  const TimestampReport report =
      verify(resigned(token, other.key, other.certificate), authority_.trust());
  EXPECT_TRUE(has(report, SignatureFault::kCertificateSwapped)) << to_string(report.findings);
  EXPECT_EQ(report.findings.size(), 1U);
}

TEST_F(TimestampOpensslTest, ARefusalIsSaidInTheAuthoritysWords) {
  TimestampRequest request = TimestampRequest::make(MessageDigest::of(sha256(kContent)));
  request.policy = "1.2.3.4.99";
  const std::string reply = authority_.reply(request.der().value());
  const auto token = parse_timestamp_reply(as_bytes(reply));
  ASSERT_FALSE(token.ok());
  EXPECT_EQ(token.error().code, base::ErrorCode::kConflict);
  EXPECT_NE(token.error().message.find("policy"), std::string::npos) << token.error().message;
}

TEST_F(TimestampOpensslTest, AnotherPolicyIsGivenWhenAskedFor) {
  TimestampRequest request = TimestampRequest::make(MessageDigest::of(sha256(kContent)));
  request.policy = "1.2.3.4.5";
  const std::string reply = authority_.reply(request.der().value());
  EXPECT_EQ(describe_timestamp(parse_timestamp_reply(as_bytes(reply)).value()).value().policy,
            "1.2.3.4.5");
}

}  // namespace
}  // namespace rogatory::crypto
