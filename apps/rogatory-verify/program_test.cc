// SPDX-License-Identifier: EUPL-1.2
//
// The program as a court runs it: by exit code and by what it prints.

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/json.h"
#include "support/authority.h"
#include "support/sample_bundle.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

class VerifierProgram : public testing::Test {
 protected:
  VerifierProgram() {
    sample_.write(folder_ / "bundle");
    test::write_bytes(folder_ / "policy", sample_.policy());
  }

  /// `arguments` with every `@` replaced by the folder.
  int run(std::string arguments) {
    for (auto at = arguments.find('@'); at != std::string::npos; at = arguments.find('@')) {
      arguments.replace(at, 1, folder_.path().string());
    }
    const std::string command = std::string(ROGATORY_VERIFY_PROGRAM) + ' ' + arguments + " >'" +
                                (folder_ / "said").string() + "' 2>&1";
    const int status = std::system(command.c_str());
    said_ = test::read_bytes(folder_ / "said");
    return WEXITSTATUS(status);
  }

  test::SampleBundle sample_;
  test::TempFolder folder_;
  std::string said_;
};

TEST_F(VerifierProgram, ABundle) {
  EXPECT_EQ(run("@/bundle --policy @/policy"), 0) << said_;
  EXPECT_NE(said_.find("evidence bundle: HOLDS"), std::string::npos);
  EXPECT_NE(said_.find("What was NOT checked"), std::string::npos);
  EXPECT_EQ(run("@/bundle"), 10) << said_;
  test::write_bytes(folder_ / "bundle/data/note.txt", "something else");
  EXPECT_EQ(run("@/bundle --policy @/policy"), 1) << said_;
  EXPECT_NE(said_.find("data/note.txt"), std::string::npos);
}

TEST_F(VerifierProgram, Json) {
  ASSERT_EQ(run("@/bundle --policy @/policy --json"), 0);
  const auto report = base::parse_json(said_, "said");
  ASSERT_TRUE(report.ok()) << said_;
  EXPECT_EQ(report->at("verdict"), "holds");
  EXPECT_TRUE(report->at("problems").as_array().empty());
}

TEST_F(VerifierProgram, ALogProof) {
  const std::string proof = "@/bundle/custody/proofs/1.tlog-proof --entry ";
  EXPECT_EQ(run(proof + "@/bundle/custody/leaves/1.json --policy @/policy"), 0) << said_;
  EXPECT_EQ(run(proof + "@/bundle/custody/leaves/0.json --policy @/policy"), 1) << said_;
  EXPECT_EQ(run("@/bundle/custody/proofs/1.tlog-proof"), 2) << said_;
}

TEST_F(VerifierProgram, WhatIsNotThereOrNoObject) {
  EXPECT_EQ(run("@/none"), 5) << said_;
  EXPECT_EQ(run("@/policy"), 3) << said_;
  EXPECT_EQ(run(""), 2);
}

TEST_F(VerifierProgram, ARecordNeedsABundleAndWhoIsTrusted) {
  EXPECT_EQ(run("@/bundle --record @/policy"), 2) << said_;
  EXPECT_NE(said_.find("--trust"), std::string::npos);
  test::write_bytes(folder_ / "root.pem", test::make_root("Time root").certificate.pem());
  EXPECT_EQ(run("@/bundle --policy @/policy --trust @/root.pem --record @/none"), 5) << said_;
  EXPECT_EQ(run("@/policy --trust @/root.pem --record @/policy"), 2) << said_;
  // What is no record fails the bundle, and is said to.
  EXPECT_EQ(run("@/bundle --policy @/policy --trust @/root.pem --record @/policy"), 1) << said_;
  EXPECT_NE(said_.find("record: EvidenceRecord"), std::string::npos) << said_;
}

}  // namespace
}  // namespace rogatory::package
