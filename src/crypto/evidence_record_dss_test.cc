// SPDX-License-Identifier: EUPL-1.2
//
// Evidence records that others made: the test resources of the project Digital Signature Services
// of the European Commission (esig/dss, module dss-evidence-record-asn1), never copied into this
// tree. The variable ROGATORY_DSS names a folder that holds src/test/resources of that module; the
// test is skipped without it. What is expected here is what the tests of that project expect of the
// coverage of data; trust is another matter, since the authorities are not among ours.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/evidence_record.h"
#include "support/shared.h"

namespace rogatory::crypto {
namespace {

struct Case {
  std::string file;
  /// The text of each data object.
  std::vector<std::string> objects;
  bool is_covered = true;
};

std::vector<Case> cases() {
  const std::string one("\x01", 1);
  const std::string two("\x02", 1);
  const std::string three("\x03", 1);
  return {
      {"er-asn1-simple.ers", {"1"}},
      {"er-asn1-simple.ers", {"0"}, false},
      {"1_0_Initial.er", {"123456"}},
      {"1_1_Renew_Unsorted.er", {"123456"}},
      {"1_2_Renew_Unsorted.er", {"123456"}},
      {"1_3_Renew_Unsorted.er", {"123456"}},
      {"ER-2Chains3ATS.ers", {"content of data object DO-01", "content of data object DO-02"}},
      {"er-asn1-full-renewal.ers", {three, one}},
      {"er-asn1-full-renewal.ers", {three}},
      {"er-asn1-full-renewal-two-ats-chain.ers", {three}},
      {"er-asn1-full-renewal-three-ats-chain.ers", {three}},
      {"er-asn1-full-renewal-five-ats-chain.ers", {three}},
      {"er-asn1-full-renewal-tst-renewal.ers", {three}},
      {"er-asn1-full-renewal-tst-renewal-chain-renewal.ers", {three}},
      {"er-asn1-full-renewal-duplicated-data.ers", {"\t"}},
      {"er-asn1-one-level-hashtree.ers", {two}},
      {"er-asn1-chain-renewal-invalid.ers", {"\t"}, false},
      {"er-asn1-chain-renewal-duplicated-data-invalid.ers", {"\t"}, false},
  };
}

/// What speaks against the structure and the coverage, trust set aside.
SignatureFindings apart_from_trust(const EvidenceReport& report) {
  SignatureFindings left;
  for (const SignatureFinding& finding : report.all_findings()) {
    const bool is_trust = finding.fault == SignatureFault::kNotTrusted ||
                          finding.fault == SignatureFault::kSignerUnknown;
    if (!is_trust) left.push_back(finding);
  }
  return left;
}

TEST(EvidenceRecordDss, CoverageAsTheySeeIt) {
  const auto folder = test::folder_of_variable("ROGATORY_DSS");
  if (!folder) GTEST_SKIP() << "the variable ROGATORY_DSS names no folder";
  constexpr std::chrono::sys_seconds kAt = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24);
  for (const Case& wanted : cases()) {
    const auto bytes = base::read_file(*folder / wanted.file);
    ASSERT_TRUE(bytes.ok()) << bytes.error().to_string();
    const auto record = EvidenceRecord::parse(as_bytes(*bytes));
    ASSERT_TRUE(record.ok()) << wanted.file << " " << record.error().to_string();
    std::vector<KnownDigests> objects;
    for (const std::string& text : wanted.objects) objects.push_back(KnownDigests::of(text));
    const SignatureFindings left =
        apart_from_trust(verify_evidence_record(*record, objects, TrustStore(), kAt));
    EXPECT_EQ(left.empty(), wanted.is_covered) << wanted.file << " " << to_string(left);
  }
}

}  // namespace
}  // namespace rogatory::crypto
