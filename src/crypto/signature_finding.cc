// SPDX-License-Identifier: EUPL-1.2

#include "crypto/signature_finding.h"

#include <algorithm>

#include "base/assert.h"

namespace rogatory::crypto {

std::string_view signature_fault_name(SignatureFault fault) {
  switch (fault) {
    case SignatureFault::kMalformed:
      return "malformed";
    case SignatureFault::kSignerUnknown:
      return "signer_unknown";
    case SignatureFault::kBadSignature:
      return "bad_signature";
    case SignatureFault::kContentMismatch:
      return "content_mismatch";
    case SignatureFault::kContentUnknown:
      return "content_unknown";
    case SignatureFault::kAttributeMissing:
      return "attribute_missing";
    case SignatureFault::kCertificateSwapped:
      return "certificate_swapped";
    case SignatureFault::kWeakAlgorithm:
      return "weak_algorithm";
    case SignatureFault::kNotTrusted:
      return "not_trusted";
    case SignatureFault::kRevoked:
      return "revoked";
    case SignatureFault::kNonceMismatch:
      return "nonce_mismatch";
    case SignatureFault::kPolicyMismatch:
      return "policy_mismatch";
    case SignatureFault::kTimeOrder:
      return "time_order";
    case SignatureFault::kNotCovered:
      return "not_covered";
    case SignatureFault::kUnexpected:
      return "unexpected";
  }
  ROG_ASSERT(false);
  return {};
}

bool has_fault(const SignatureFindings& findings, SignatureFault fault) {
  return std::ranges::find(findings, fault, &SignatureFinding::fault) != findings.end();
}

std::string to_string(const SignatureFindings& findings) {
  std::string text;
  for (const SignatureFinding& finding : findings) {
    if (!text.empty()) text += "; ";
    text += signature_fault_name(finding.fault);
    text += ": ";
    text += finding.message;
  }
  return text;
}

}  // namespace rogatory::crypto
