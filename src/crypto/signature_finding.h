// SPDX-License-Identifier: EUPL-1.2
//
// Why a signature, a time stamp or an evidence record does not hold. A verifier that meets several
// reasons names them all. Values: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rogatory::crypto {

/// The closed set of reasons; names are published and stay.
enum class SignatureFault {
  /// Not the structure it should be.
  kMalformed,
  /// The certificate of the signer is neither inside nor given.
  kSignerUnknown,
  /// The value of the signature does not fit the key and the attributes.
  kBadSignature,
  /// What was signed is not this content.
  kContentMismatch,
  /// The content's digest by the algorithm needed is not known.
  kContentUnknown,
  /// The signed attributes lack one that the profile requires, or have it twice.
  kAttributeMissing,
  /// The signed attribute that names the certificate names another one.
  kCertificateSwapped,
  /// A digest algorithm that is not acceptable.
  kWeakAlgorithm,
  /// No chain of the signer to a trust anchor holds at the time it is judged at.
  kNotTrusted,
  /// A certificate of the chain was revoked before the time it is judged at.
  kRevoked,
  /// The nonce of the request does not come back.
  kNonceMismatch,
  /// The policy is not one of those accepted.
  kPolicyMismatch,
  /// Times stand in the wrong order.
  kTimeOrder,
  /// An archive time stamp does not cover what it has to.
  kNotCovered,
  /// Something the signed structure contains beside what it should, such as data that no digest of
  /// the record accounts for.
  kUnexpected,
};

/// `malformed`, `signer_unknown` and so on.
std::string_view signature_fault_name(SignatureFault fault);

struct SignatureFinding {
  SignatureFault fault = SignatureFault::kMalformed;
  /// One sentence, lower case, no final stop.
  std::string message;

  bool operator==(const SignatureFinding&) const = default;
};

using SignatureFindings = std::vector<SignatureFinding>;

/// Whether `fault` is among the findings.
bool has_fault(const SignatureFindings& findings, SignatureFault fault);

/// `bad_signature: ...; not_trusted: ...`.
std::string to_string(const SignatureFindings& findings);

}  // namespace rogatory::crypto
