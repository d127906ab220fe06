// SPDX-License-Identifier: EUPL-1.2

#include "crypto/cms.h"

#include <openssl/err.h>

#include <algorithm>
#include <ctime>

#include "base/assert.h"
#include "crypto/detail/openssl.h"
#include "crypto/detail/signed_data.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::openssl_error;
using detail::OwnedCms;
using detail::SignedData;

/// id-data (RFC 5652 4).
constexpr std::string_view kDataType = "1.2.840.113549.1.7.1";

base::Result<void> check_key(const PrivateKey& key, const Certificate& certificate) {
  if (key.suite() != SignatureSuite::kEcdsaP384) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "documents are signed with ecdsa-p384, not with " +
                            std::string(suite_id(key.suite()))};
  }
  ROG_TRY(const PublicKey certified, certificate.public_key());
  if (certified.spki() != key.public_key().spki()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "the key is not that of `" + certificate.subject() + "`"};
  }
  return {};
}

/// The attributes that the library does not add by itself when it does not see the content.
bool add_attributes(CMS_SignerInfo& signer, const MessageDigest& digest,
                    std::chrono::sys_seconds claimed_at) {
  constexpr int kLengthByType = -1;
  const detail::Owned<ASN1_TIME, ASN1_TIME_free> time(
      ASN1_TIME_set(nullptr, static_cast<std::time_t>(claimed_at.time_since_epoch().count())));
  if (time == nullptr) return false;
  return CMS_signed_add1_attr_by_NID(&signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                     OBJ_nid2obj(NID_pkcs7_data), kLengthByType) == 1 &&
         CMS_signed_add1_attr_by_NID(&signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                     digest.bytes.data(),
                                     static_cast<int>(digest.bytes.size())) == 1 &&
         CMS_signed_add1_attr_by_NID(&signer, NID_pkcs9_signingTime, time->type, time.get(),
                                     kLengthByType) == 1;
}

CadesSigner judge_signer(const SignedData& data, CMS_SignerInfo& info, const KnownDigests& content,
                         const TrustStore& trust, std::chrono::sys_seconds at) {
  CadesSigner signer;
  signer.claimed_at = detail::claimed_time(info);
  signer.digest = detail::signer_digest(info);
  signer.signature_value = detail::to_vector(*CMS_SignerInfo_get0_signature(&info));
  detail::CheckedSigner checked =
      detail::check_signer(data, info, trust.anchors(), content, /*needs_v2=*/true);
  signer.certificate = std::move(checked.certificate);
  signer.findings = std::move(checked.findings);
  if (!signer.certificate) return signer;
  auto chain =
      verify_chain(*signer.certificate, data.certificates, trust, at, CertificatePurpose::kSigning);
  if (chain.ok()) {
    signer.chain = chain.take();
    signer.revocation = detail::revocation_of(data, signer.chain, trust);
    for (const RevocationStatus& status : signer.revocation) {
      if (!status.is_revoked_at(at)) continue;
      signer.findings.push_back({SignatureFault::kRevoked, to_string(status)});
    }
  } else {
    signer.findings.push_back({SignatureFault::kNotTrusted, chain.error().message});
  }
  return signer;
}

void check_whole(const SignedData& data, SignatureFindings& findings) {
  if (data.content) {
    findings.push_back({SignatureFault::kUnexpected,
                        "the signature carries content inside, where a detached one is wanted"});
  }
  if (data.content_type != kDataType) {
    findings.push_back(
        {SignatureFault::kUnexpected, "the content type is `" + data.content_type + "`, not data"});
  }
  if (data.signers.empty()) {
    findings.push_back({SignatureFault::kMalformed, "nobody has signed"});
  }
}

base::Result<SignedData> parse_limited(std::span<const std::byte> der) {
  if (der.size() > kMaxSignatureBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a signature has at most 1 MiB"};
  }
  return detail::parse_signed_data(der);
}

}  // namespace

base::Result<std::vector<std::byte>> sign_cades(const KnownDigests& content, const PrivateKey& key,
                                                const Certificate& certificate,
                                                std::span<const Certificate> chain,
                                                const CadesOptions& options) {
  ROG_CHECKED(check_key(key, certificate));
  const MessageDigest* digest = content.find(options.digest);
  if (digest == nullptr || !is_acceptable(options.digest)) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "the content's digest by " +
                            std::string(digest_algorithm_name(options.digest)) +
                            " is not known or not acceptable"};
  }
  constexpr unsigned int kFlags =
      CMS_DETACHED | CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
  const detail::OwnedX509Stack others = detail::stack_of(chain);
  const OwnedCms cms(CMS_sign(nullptr, nullptr, others.get(), nullptr, kFlags));
  CMS_SignerInfo* signer =
      cms == nullptr ? nullptr
                     : CMS_add1_signer(cms.get(), certificate.handle().x509, key.handle().key,
                                       detail::evp_digest(options.digest), kFlags);
  if (signer == nullptr || !add_attributes(*signer, *digest, options.claimed_at) ||
      CMS_SignerInfo_sign(signer) != 1) {
    return openssl_error(ErrorCode::kInternal, "the content cannot be signed");
  }
  return detail::encode<i2d_CMS_ContentInfo>(cms.get());
}

bool CadesReport::holds() const {
  return findings.empty() && !signers.empty() && std::ranges::all_of(signers, &CadesSigner::holds);
}

SignatureFindings CadesReport::all_findings() const {
  SignatureFindings all = findings;
  for (const CadesSigner& signer : signers) {
    all.insert(all.end(), signer.findings.begin(), signer.findings.end());
  }
  return all;
}

CadesReport verify_cades(std::span<const std::byte> der, const KnownDigests& content,
                         const TrustStore& trust, std::chrono::sys_seconds at) {
  CadesReport report;
  const auto data = parse_limited(der);
  if (!data.ok()) {
    report.findings.push_back({SignatureFault::kMalformed, data.error().message});
    return report;
  }
  check_whole(*data, report.findings);
  for (CMS_SignerInfo* signer : data->signers) {
    report.signers.push_back(judge_signer(*data, *signer, content, trust, at));
  }
  return report;
}

base::Result<std::vector<DigestAlgorithm>> cades_digests(std::span<const std::byte> der) {
  ROG_TRY(const SignedData data, parse_limited(der));
  std::vector<DigestAlgorithm> algorithms;
  for (CMS_SignerInfo* signer : data.signers) {
    const auto algorithm = detail::signer_digest(*signer);
    if (!algorithm) {
      return Error{.code = ErrorCode::kUnsupported,
                   .message = "a signer's digest algorithm is not known"};
    }
    if (std::ranges::find(algorithms, *algorithm) == algorithms.end()) {
      algorithms.push_back(*algorithm);
    }
  }
  return algorithms;
}

}  // namespace rogatory::crypto
