// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/signed_data.h"

#include <openssl/err.h>

#include <utility>

#include "base/assert.h"
#include "crypto/cms.h"

namespace rogatory::crypto::detail {
namespace {

using base::Error;
using base::ErrorCode;

/// For CMS_signed_get0_data_by_OBJ: one attribute of the kind, with one value.
constexpr int kExactlyOne = -3;

using OwnedEss = Owned<ESS_SIGNING_CERT, ESS_SIGNING_CERT_free>;
using OwnedEssV2 = Owned<ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free>;

/// The only value of an attribute, of one ASN.1 type; nothing for any other number of them.
const void* attribute(const CMS_SignerInfo& signer, int nid, int type) {
  const void* value = CMS_signed_get0_data_by_OBJ(&signer, OBJ_nid2obj(nid), kExactlyOne, type);
  if (value == nullptr) ERR_clear_error();
  return value;
}

/// One of the two forms of the attribute that names the certificate; nothing when it is absent,
/// there twice, or not readable to its end.
template <auto kDecode, typename Owner>
Owner ess_attribute(const CMS_SignerInfo& signer, int nid) {
  const auto* value = static_cast<const ASN1_STRING*>(attribute(signer, nid, V_ASN1_SEQUENCE));
  if (value == nullptr) return nullptr;
  const unsigned char* at = ASN1_STRING_get0_data(value);
  const unsigned char* end = at + ASN1_STRING_length(value);
  Owner ess(kDecode(nullptr, &at, end - at));
  if (ess == nullptr) ERR_clear_error();
  return at == end ? std::move(ess) : nullptr;
}

void check_names_certificate(const SignedData& data, const CMS_SignerInfo& signer,
                             const Certificate& certificate, bool needs_v2,
                             SignatureFindings& findings) {
  const OwnedEss v1 =
      ess_attribute<d2i_ESS_SIGNING_CERT, OwnedEss>(signer, NID_id_smime_aa_signingCertificate);
  const OwnedEssV2 v2 = ess_attribute<d2i_ESS_SIGNING_CERT_V2, OwnedEssV2>(
      signer, NID_id_smime_aa_signingCertificateV2);
  if (v2 == nullptr && (needs_v2 || v1 == nullptr)) {
    findings.push_back({SignatureFault::kAttributeMissing,
                        needs_v2 ? "there is no signing-certificate-v2 attribute (RFC 5035)"
                                 : "no attribute names the signer's certificate (RFC 5816)"});
    return;
  }
  // The signer's certificate comes first (RFC 5035 3); further ones named must be inside too.
  std::vector<Certificate> named = {certificate};
  named.insert(named.end(), data.certificates.begin(), data.certificates.end());
  const OwnedX509Stack stack = stack_of(named);
  if (OSSL_ESS_check_signing_certs(v1.get(), v2.get(), stack.get(), /*require=*/1) != 1) {
    findings.push_back({SignatureFault::kCertificateSwapped,
                        "the signed attribute that names the certificate does not fit `" +
                            certificate.subject() + "`: " + take_reason()});
  }
}

void check_content(const SignedData& data, CMS_SignerInfo& signer, const KnownDigests& content,
                   SignatureFindings& findings) {
  const auto* type =
      static_cast<const ASN1_OBJECT*>(attribute(signer, NID_pkcs9_contentType, V_ASN1_OBJECT));
  if (type == nullptr || dotted(type) != data.content_type) {
    findings.push_back({SignatureFault::kAttributeMissing,
                        "the content-type attribute is absent or not that of the content"});
  }
  const auto algorithm = signer_digest(signer);
  if (!algorithm) {
    findings.push_back(
        {SignatureFault::kWeakAlgorithm, "the digest algorithm of the signer is not known"});
    return;
  }
  if (!is_acceptable(*algorithm)) {
    findings.push_back({SignatureFault::kWeakAlgorithm,
                        "the digest algorithm " + std::string(digest_algorithm_name(*algorithm)) +
                            " is not acceptable"});
  }
  const auto* stated = static_cast<const ASN1_STRING*>(
      attribute(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING));
  if (stated == nullptr) {
    findings.push_back(
        {SignatureFault::kAttributeMissing, "there is not one message-digest attribute"});
    return;
  }
  const MessageDigest* known = content.find(*algorithm);
  if (known == nullptr) {
    findings.push_back({SignatureFault::kContentUnknown,
                        "the digest of the content by " +
                            std::string(digest_algorithm_name(*algorithm)) + " is not known"});
  } else if (to_vector(*stated) != known->bytes) {
    findings.push_back(
        {SignatureFault::kContentMismatch, "the content is not the content that was signed"});
  }
}

/// Whether the algorithm of the signature is one that goes with the digest algorithm. The library
/// below looks at the latter and at the key only.
bool is_consistent(CMS_SignerInfo& signer) {
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(&signer, nullptr, nullptr, &digest, &signature);
  const ASN1_OBJECT* digest_oid = nullptr;
  const ASN1_OBJECT* signature_oid = nullptr;
  X509_ALGOR_get0(&digest_oid, nullptr, nullptr, digest);
  X509_ALGOR_get0(&signature_oid, nullptr, nullptr, signature);
  const int nid = OBJ_obj2nid(signature_oid);
  // RFC 3370 3.2: the key's own identifier stands for PKCS #1 version 1.5 with any digest.
  if (nid == NID_rsaEncryption) return true;
  int digest_nid = NID_undef;
  int key_nid = NID_undef;
  if (OBJ_find_sigid_algs(nid, &digest_nid, &key_nid) != 1) return false;
  return digest_nid == NID_undef || digest_nid == OBJ_obj2nid(digest_oid);
}

void check_value(CMS_SignerInfo& signer, const Certificate& certificate,
                 SignatureFindings& findings) {
  // Without signed attributes the value is over the content, and nothing names the certificate.
  if (CMS_signed_get_attr_count(&signer) <= 0) {
    findings.push_back({SignatureFault::kAttributeMissing, "there are no signed attributes"});
    return;
  }
  if (!is_consistent(signer)) {
    findings.push_back({SignatureFault::kBadSignature,
                        "the algorithm of the signature does not go with that of the digest"});
  }
  CMS_SignerInfo_set1_signer_cert(&signer, certificate.handle().x509);
  const bool good = CMS_SignerInfo_verify(&signer) == 1;
  const std::string reason = take_reason();
  if (!good) {
    findings.push_back({SignatureFault::kBadSignature, "the signature does not fit the key of `" +
                                                           certificate.subject() + "`: " + reason});
  }
}

/// Anybody can put a certificate with the issuer and number of the signer's into the structure.
std::vector<Certificate> candidates(const SignedData& data, CMS_SignerInfo& signer,
                                    std::span<const Certificate> others) {
  std::vector<Certificate> found;
  for (const std::span<const Certificate> place : {std::span(data.certificates), others}) {
    for (const Certificate& certificate : place) {
      if (CMS_SignerInfo_cert_cmp(&signer, certificate.handle().x509) == 0) {
        found.push_back(certificate);
      }
    }
  }
  ERR_clear_error();
  return found;
}

base::Result<void> read_certificates(SignedData& data) {
  const OwnedX509Stack stack(CMS_get1_certs(data.cms.get()));
  ERR_clear_error();
  const int count = stack == nullptr ? 0 : sk_X509_num(stack.get());
  if (std::cmp_greater(count, kMaxCertificates)) {
    return Error{.code = ErrorCode::kLimit,
                 .message = "there are more than 64 certificates in the signature"};
  }
  for (int i = 0; i < count; ++i) {
    X509* x509 = sk_X509_value(stack.get(), i);
    X509_up_ref(x509);
    ROG_TRY(Certificate certificate, adopt(x509));
    data.certificates.push_back(std::move(certificate));
  }
  return {};
}

base::Result<void> read_revocation_lists(SignedData& data) {
  const OwnedCrlStack stack(CMS_get1_crls(data.cms.get()));
  ERR_clear_error();
  const int count = stack == nullptr ? 0 : sk_X509_CRL_num(stack.get());
  if (std::cmp_greater(count, kMaxRevocationLists)) {
    return Error{.code = ErrorCode::kLimit,
                 .message = "there are more than 64 revocation lists in the signature"};
  }
  for (int i = 0; i < count; ++i) {
    // Nobody signed that they belong here: what is not understood says nothing.
    auto list = RevocationList::parse(encode<i2d_X509_CRL>(sk_X509_CRL_value(stack.get(), i)));
    if (list.ok()) data.revocation_lists.push_back(list.take());
  }
  return {};
}

}  // namespace

base::Result<SignedData> parse_signed_data(std::span<const std::byte> der) {
  const unsigned char* at = data_of(der);
  ROG_ASSERT(std::in_range<long>(der.size()));
  SignedData data{.cms = OwnedCms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size()))),
                  .certificates = {},
                  .revocation_lists = {},
                  .content_type = {},
                  .content = {},
                  .signers = {}};
  if (data.cms == nullptr || at != data_of(der) + der.size()) {
    return openssl_error(ErrorCode::kParse, "the bytes are no CMS structure");
  }
  if (OBJ_obj2nid(CMS_get0_type(data.cms.get())) != NID_pkcs7_signed) {
    return Error{.code = ErrorCode::kParse, .message = "the CMS structure is no SignedData"};
  }
  ROG_CHECKED(read_certificates(data));
  ROG_CHECKED(read_revocation_lists(data));
  data.content_type = dotted(CMS_get0_eContentType(data.cms.get()));
  ASN1_OCTET_STRING** content = CMS_get0_content(data.cms.get());
  if (content != nullptr && *content != nullptr) data.content = to_vector(**content);
  ERR_clear_error();

  const STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(data.cms.get());
  const int count = signers == nullptr ? 0 : sk_CMS_SignerInfo_num(signers);
  if (std::cmp_greater(count, kMaxSigners)) {
    return Error{.code = ErrorCode::kLimit, .message = "there are more than 16 signers"};
  }
  for (int i = 0; i < count; ++i) data.signers.push_back(sk_CMS_SignerInfo_value(signers, i));
  return data;
}

std::vector<RevocationStatus> revocation_of(const SignedData& data, const CertificateChain& chain,
                                            const TrustStore& trust) {
  std::vector<RevocationList> lists = data.revocation_lists;
  const std::vector<RevocationList>& given = trust.revocation_lists();
  lists.insert(lists.end(), given.begin(), given.end());
  return crypto::revocation_of(chain, lists);
}

std::optional<DigestAlgorithm> signer_digest(CMS_SignerInfo& signer) {
  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(&signer, nullptr, nullptr, &digest, nullptr);
  return digest_of(digest);
}

std::optional<std::chrono::sys_seconds> claimed_time(const CMS_SignerInfo& signer) {
  for (const int type : {V_ASN1_UTCTIME, V_ASN1_GENERALIZEDTIME}) {
    const auto* time =
        static_cast<const ASN1_TIME*>(attribute(signer, NID_pkcs9_signingTime, type));
    if (time != nullptr) return time_of(time);
  }
  return std::nullopt;
}

CheckedSigner check_signer(const SignedData& data, CMS_SignerInfo& signer,
                           std::span<const Certificate> others, const KnownDigests& content,
                           bool needs_v2) {
  CheckedSigner best;
  for (const Certificate& certificate : candidates(data, signer, others)) {
    SignatureFindings findings;
    check_value(signer, certificate, findings);
    check_content(data, signer, content, findings);
    check_names_certificate(data, signer, certificate, needs_v2, findings);
    const bool holds = findings.empty();
    if (holds || !best.certificate) {
      best = {.certificate = certificate, .findings = std::move(findings)};
    }
    if (holds) return best;
  }
  if (!best.certificate) {
    best.findings.push_back(
        {SignatureFault::kSignerUnknown, "the signer's certificate is neither inside nor given"});
  }
  return best;
}

}  // namespace rogatory::crypto::detail
