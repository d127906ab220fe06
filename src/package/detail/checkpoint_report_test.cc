// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/checkpoint_report.h"

#include <gtest/gtest.h>

namespace rogatory::package {
namespace {

VerifyReport report_of(std::optional<std::string> quorum, std::vector<tlog::Endorsement> who) {
  VerifyReport report;
  report_checkpoint({.checkpoint = {.origin = "o.example", .head = {.size = 7}},
                     .log = {.key_name = "o.example"},
                     .witnesses = std::move(who),
                     .quorum = std::move(quorum)},
                    report);
  return report;
}

const tlog::Endorsement kWitness{
    .key_name = "w.example", .witness = "w", .timestamp = 1'700'000'000};

TEST(CheckpointReport, WithoutAWitnessItIsTheLogsOwnWord) {
  const VerifyReport report = report_of(std::nullopt, {});
  ASSERT_EQ(report.checked.size(), 1U);
  EXPECT_EQ(
      report.checked.front(),
      "the checkpoint of `o.example` (7 leaves) is signed by the log; no witness cosigned it, "
      "and the policy asks for none");
  ASSERT_EQ(report.trust.size(), 1U);
  EXPECT_NE(report.trust.front().find("only the log itself"), std::string::npos);
  EXPECT_TRUE(report.times.empty());
}

TEST(CheckpointReport, WhoCosignedUnaskedIsNamedToo) {
  const VerifyReport report = report_of(std::nullopt, {kWitness});
  EXPECT_TRUE(report.checked.front().ends_with("cosigned by w, though the policy asks for none"));
  ASSERT_EQ(report.times.size(), 1U);
  EXPECT_EQ(report.times.front().at, "2023-11-14T22:13:20Z");
}

TEST(CheckpointReport, AQuorumIsNamed) {
  const VerifyReport report = report_of("1 of 2 (both)", {kWitness});
  EXPECT_TRUE(report.checked.front().ends_with("cosigned as the policy asks: 1 of 2 (both)"));
  EXPECT_EQ(report.trust.front(), "the witnesses counted do not all lie together with the log");
}

}  // namespace
}  // namespace rogatory::package
