// SPDX-License-Identifier: EUPL-1.2

#include "crypto/timestamp.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "crypto/detail/openssl.h"
#include "crypto/detail/signed_data.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::openssl_error;
using detail::SignedData;

/// id-ct-TSTInfo (RFC 3161 2.4.2).
constexpr std::string_view kTstInfoType = "1.2.840.113549.1.9.16.1.4";
constexpr std::size_t kFreshNonceBytes = 16;

using OwnedTstInfo = detail::Owned<TS_TST_INFO, TS_TST_INFO_free>;
using OwnedRequest = detail::Owned<TS_REQ, TS_REQ_free>;
using OwnedResponse = detail::Owned<TS_RESP, TS_RESP_free>;
using OwnedNumber = detail::Owned<ASN1_INTEGER, ASN1_INTEGER_free>;

/// A number without a sign from its bytes, the most significant first.
OwnedNumber number_of(std::span<const std::byte> bytes) {
  const detail::Owned<BIGNUM, BN_free> value(
      BN_bin2bn(detail::data_of(bytes), static_cast<int>(bytes.size()), nullptr));
  ROG_ASSERT(value != nullptr);
  return OwnedNumber(BN_to_ASN1_INTEGER(value.get(), nullptr));
}

/// Without leading zeros, so that two writings of one number are equal.
std::vector<std::byte> bytes_of(const ASN1_INTEGER& number) {
  const std::vector<std::byte> bytes = detail::to_vector(number);
  const auto first = std::ranges::find_if(bytes, [](std::byte b) { return b != std::byte{0}; });
  return {first, bytes.end()};
}

bool set_imprint(TS_REQ& request, const MessageDigest& digest) {
  const detail::Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
  const detail::Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  const detail::Owned<ASN1_OBJECT, ASN1_OBJECT_free> oid(
      OBJ_txt2obj(std::string(digest_algorithm_oid(digest.algorithm)).c_str(), /*no_name=*/1));
  if (imprint == nullptr || algorithm == nullptr || oid == nullptr) return false;
  std::vector<std::byte> bytes = digest.bytes;
  return X509_ALGOR_set0(algorithm.get(), OBJ_dup(oid.get()), V_ASN1_NULL, nullptr) == 1 &&
         TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
         TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                static_cast<int>(bytes.size())) == 1 &&
         TS_REQ_set_msg_imprint(&request, imprint.get()) == 1;
}

struct Token {
  SignedData data;
  OwnedTstInfo info;
};

base::Result<Token> parse_token(std::span<const std::byte> der) {
  if (der.size() > kMaxTimestampBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a time stamp has at most 256 KiB"};
  }
  ROG_TRY(SignedData data, detail::parse_signed_data(der));
  if (data.content_type != kTstInfoType || !data.content) {
    return Error{.code = ErrorCode::kParse,
                 .message = "the signed content is not that of a time stamp (TSTInfo)"};
  }
  const unsigned char* at = detail::data_of(*data.content);
  const unsigned char* end = at + data.content->size();
  OwnedTstInfo info(d2i_TS_TST_INFO(nullptr, &at, static_cast<long>(data.content->size())));
  if (info == nullptr || at != end) {
    return openssl_error(ErrorCode::kParse, "the TSTInfo of the time stamp cannot be read");
  }
  return Token{.data = std::move(data), .info = std::move(info)};
}

std::optional<MessageDigest> imprint_of(TS_TST_INFO& info) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(&info);
  const auto algorithm = detail::digest_of(TS_MSG_IMPRINT_get_algo(imprint));
  if (!algorithm) return std::nullopt;
  return MessageDigest{.algorithm = *algorithm,
                       .bytes = detail::to_vector(*TS_MSG_IMPRINT_get_msg(imprint))};
}

std::optional<std::chrono::microseconds> accuracy_of(TS_TST_INFO& info) {
  TS_ACCURACY* accuracy = TS_TST_INFO_get_accuracy(&info);
  if (accuracy == nullptr) return std::nullopt;
  const auto part = [](const ASN1_INTEGER* number) {
    constexpr std::int64_t kMost = 1'000'000'000;
    std::int64_t value = 0;
    if (number == nullptr || ASN1_INTEGER_get_int64(&value, number) != 1) return std::int64_t{0};
    return std::clamp(value, std::int64_t{0}, kMost);
  };
  const std::chrono::microseconds out =
      std::chrono::seconds(part(TS_ACCURACY_get_seconds(accuracy))) +
      std::chrono::milliseconds(part(TS_ACCURACY_get_millis(accuracy))) +
      std::chrono::microseconds(part(TS_ACCURACY_get_micros(accuracy)));
  ERR_clear_error();
  return out;
}

TimestampReport describe(const Token& token) {
  TS_TST_INFO& info = *token.info;
  TimestampReport report;
  report.gen_time = detail::time_of(TS_TST_INFO_get_time(&info));
  report.accuracy = accuracy_of(info);
  report.policy = detail::dotted(TS_TST_INFO_get_policy_id(&info));
  report.serial = detail::hex_of(*TS_TST_INFO_get_serial(&info));
  report.imprint = imprint_of(info);
  const ASN1_INTEGER* nonce = TS_TST_INFO_get_nonce(&info);
  if (nonce != nullptr) report.nonce = bytes_of(*nonce);
  return report;
}

void check_structure(const Token& token, TimestampReport& report) {
  if (TS_TST_INFO_get_version(token.info.get()) != 1) {
    report.findings.push_back({SignatureFault::kMalformed, "the version of the TSTInfo is not 1"});
  }
  if (!report.gen_time) {
    report.findings.push_back(
        {SignatureFault::kMalformed, "the time of the time stamp is no time"});
  }
  // No extension is known here, so a critical one is one not understood (RFC 3161 2.4.2).
  if (TS_TST_INFO_get_ext_by_critical(token.info.get(), /*critical=*/1, /*lastpos=*/-1) >= 0) {
    report.findings.push_back(
        {SignatureFault::kUnexpected, "the time stamp has a critical extension that is not known"});
  }
  if (token.data.signers.size() != 1) {
    report.findings.push_back(
        {SignatureFault::kMalformed, "a time stamp has one signer (RFC 3161 2.4.2), this one " +
                                         std::to_string(token.data.signers.size())});
  }
}

void check_imprint(const KnownDigests& content, TimestampReport& report) {
  if (!report.imprint) {
    report.findings.push_back(
        {SignatureFault::kWeakAlgorithm, "the digest algorithm of the imprint is not known"});
    return;
  }
  const std::string name(digest_algorithm_name(report.imprint->algorithm));
  if (!is_acceptable(report.imprint->algorithm)) {
    report.findings.push_back({SignatureFault::kWeakAlgorithm,
                               "the imprint is by " + name + ", which is not acceptable"});
  }
  const MessageDigest* known = content.find(report.imprint->algorithm);
  if (known == nullptr) {
    report.findings.push_back(
        {SignatureFault::kContentUnknown, "the digest by " + name + " is not known"});
  } else if (known->bytes != report.imprint->bytes) {
    report.findings.push_back(
        {SignatureFault::kContentMismatch, "the time stamp is over something else"});
  }
}

void check_request(const TimestampCheck& check, TimestampReport& report) {
  const auto first =
      std::ranges::find_if(check.nonce, [](std::byte b) { return b != std::byte{0}; });
  const bool differs =
      !std::ranges::equal(std::ranges::subrange(first, check.nonce.end()), report.nonce);
  if (!check.nonce.empty() && differs) {
    report.findings.push_back({SignatureFault::kNonceMismatch,
                               report.nonce.empty() ? "the nonce of the request does not come back"
                                                    : "the nonce is not that of the request"});
  }
  const bool accepted = check.policies.empty() ||
                        std::ranges::find(check.policies, report.policy) != check.policies.end();
  if (!accepted) {
    report.findings.push_back({SignatureFault::kPolicyMismatch,
                               "the policy `" + report.policy + "` is not one of those accepted"});
  }
}

/// RFC 3161 2.4.2: tsa, when it is there, is a name of the certificate.
void check_stated_name(const Token& token, TimestampReport& report) {
  const GENERAL_NAME* stated = TS_TST_INFO_get_tsa(token.info.get());
  if (stated == nullptr || stated->type != GEN_DIRNAME) return;
  const X509_NAME* subject = X509_get_subject_name(report.authority->handle().x509);
  if (X509_NAME_cmp(stated->d.directoryName, subject) == 0) return;
  report.findings.push_back(
      {SignatureFault::kCertificateSwapped,
       "the authority that the time stamp names is not `" + report.authority->subject() + "`"});
}

void add_revocations(std::chrono::sys_seconds at, std::string_view when, TimestampReport& report) {
  for (std::size_t i = 0; i < report.revocation.size(); ++i) {
    const RevocationStatus& status = report.revocation[i];
    // RFC 3161 4 (1): what a sound key stamped before it was given up stays good for ever.
    const bool is_own_key_sound = i == 0 && status.is_key_sound && report.gen_time;
    if (!status.is_revoked_at(is_own_key_sound ? *report.gen_time : at)) continue;
    report.findings.push_back(
        {SignatureFault::kRevoked, std::string(when) + " " + to_string(status)});
  }
}

void check_trust(const Token& token, const TimestampCheck& check, TimestampReport& report) {
  std::vector<Certificate> others = token.data.certificates;
  others.insert(others.end(), check.others.begin(), check.others.end());
  const auto judge = [&](std::chrono::sys_seconds at, std::string_view when) {
    auto chain =
        verify_chain(*report.authority, others, check.trust, at, CertificatePurpose::kTimeStamping);
    if (chain.ok()) {
      report.chain = chain.take();
      report.revocation = detail::revocation_of(token.data, report.chain, check.trust);
      add_revocations(at, when, report);
      return;
    }
    report.findings.push_back(
        {SignatureFault::kNotTrusted, std::string(when) + " " + chain.error().message});
  };
  if (report.gen_time) judge(*report.gen_time, "at its own time");
  if (check.at) judge(*check.at, "at the time up to which it has to serve");
  if (!has_fault(report.findings, SignatureFault::kNotTrusted)) return;
  report.chain.clear();
  report.revocation.clear();
}

void check_authority(const Token& token, const TimestampCheck& check, TimestampReport& report) {
  CMS_SignerInfo& signer = *token.data.signers.front();
  std::vector<Certificate> others(check.others.begin(), check.others.end());
  others.insert(others.end(), check.trust.anchors().begin(), check.trust.anchors().end());
  detail::CheckedSigner checked = detail::check_signer(
      token.data, signer, others, KnownDigests::of(*token.data.content), /*needs_v2=*/false);
  report.authority = std::move(checked.certificate);
  report.findings.insert(report.findings.end(), checked.findings.begin(), checked.findings.end());
  if (!report.authority) return;
  check_stated_name(token, report);
  check_trust(token, check, report);
}

}  // namespace

TimestampRequest TimestampRequest::make(MessageDigest digest) {
  TimestampRequest request{
      .digest = std::move(digest), .nonce = std::vector<std::byte>(kFreshNonceBytes), .policy = {}};
  const int filled = RAND_bytes(reinterpret_cast<unsigned char*>(request.nonce.data()),
                                static_cast<int>(request.nonce.size()));
  ROG_ASSERT(filled == 1);
  return request;
}

base::Result<std::vector<std::byte>> TimestampRequest::der() const {
  const OwnedRequest request(TS_REQ_new());
  ROG_ASSERT(request != nullptr);
  if (digest.bytes.size() != digest_size(digest.algorithm) || nonce.size() > kMaxNonceBytes) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message =
                     "the digest has not the size of its algorithm, or the nonce is longer "
                     "than 32 bytes"};
  }
  bool done = TS_REQ_set_version(request.get(), 1) == 1 && set_imprint(*request, digest) &&
              TS_REQ_set_cert_req(request.get(), 1) == 1;
  if (!nonce.empty()) done = done && TS_REQ_set_nonce(request.get(), number_of(nonce).get()) == 1;
  if (!policy.empty()) {
    const detail::Owned<ASN1_OBJECT, ASN1_OBJECT_free> oid(
        OBJ_txt2obj(policy.c_str(), /*no_name=*/1));
    if (oid == nullptr) {
      return openssl_error(ErrorCode::kInvalidArgument,
                           "the policy `" + policy + "` is no object identifier");
    }
    done = done && TS_REQ_set_policy_id(request.get(), oid.get()) == 1;
  }
  if (!done) return openssl_error(ErrorCode::kInternal, "the request cannot be made");
  return detail::encode<i2d_TS_REQ>(request.get());
}

base::Result<std::vector<std::byte>> parse_timestamp_reply(std::span<const std::byte> der) {
  if (der.size() > kMaxTimestampBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a reply has at most 256 KiB"};
  }
  const unsigned char* at = detail::data_of(der);
  const OwnedResponse response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (response == nullptr || at != detail::data_of(der) + der.size()) {
    return openssl_error(ErrorCode::kParse, "the bytes are no reply of a time stamp authority");
  }
  const TS_STATUS_INFO* status = TS_RESP_get_status_info(response.get());
  const long value = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  // PKIStatus granted and grantedWithMods (RFC 3161 2.4.2).
  if (value != 0 && value != 1) {
    const detail::OwnedBio sink(BIO_new(BIO_s_mem()));
    ROG_ASSERT(sink != nullptr);
    TS_STATUS_INFO_print_bio(sink.get(), const_cast<TS_STATUS_INFO*>(status));
    std::string words = detail::text_of(*sink);
    std::ranges::replace(words, '\n', ' ');
    return Error{.code = ErrorCode::kConflict,
                 .message = "the authority refuses the time stamp: `" + words + "`"};
  }
  PKCS7* token = TS_RESP_get_token(response.get());
  if (token == nullptr) {
    return Error{.code = ErrorCode::kParse, .message = "the reply is granted and has no token"};
  }
  return detail::encode<i2d_PKCS7>(token);
}

TimestampReport verify_timestamp(std::span<const std::byte> token, const TimestampCheck& check) {
  const auto parsed = parse_token(token);
  if (!parsed.ok()) {
    TimestampReport report;
    report.findings.push_back({SignatureFault::kMalformed, parsed.error().message});
    return report;
  }
  TimestampReport report = describe(*parsed);
  check_structure(*parsed, report);
  check_imprint(check.content, report);
  check_request(check, report);
  if (parsed->data.signers.size() == 1) check_authority(*parsed, check, report);
  return report;
}

base::Result<std::vector<std::byte>> keep_revocation_lists(std::span<const std::byte> token,
                                                           std::span<const RevocationList> lists) {
  ROG_TRY(const Token parsed, parse_token(token));
  std::vector<RevocationList> kept = parsed.data.revocation_lists;
  for (const RevocationList& list : lists) {
    if (std::ranges::find(kept, list) != kept.end()) continue;
    if (CMS_add1_crl(parsed.data.cms.get(), list.handle().crl.get()) != 1) {
      return openssl_error(ErrorCode::kInternal, "the revocation list cannot be kept");
    }
    kept.push_back(list);
  }
  std::vector<std::byte> der = detail::encode<i2d_CMS_ContentInfo>(parsed.data.cms.get());
  // Read as it will be read: within the limits, and the same time stamp.
  ROG_CHECKED(parse_token(der));
  return der;
}

base::Result<TimestampReport> describe_timestamp(std::span<const std::byte> token) {
  ROG_TRY(const Token parsed, parse_token(token));
  return describe(parsed);
}

}  // namespace rogatory::crypto
