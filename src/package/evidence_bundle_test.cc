// SPDX-License-Identifier: EUPL-1.2

#include "package/evidence_bundle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "package/bag.h"
#include "package/case_graph.h"
#include "support/run_mode.h"
#include "support/sample_bundle.h"
#include "support/shared.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;
using test::SampleBundle;

class BundleTest : public testing::Test {
 protected:
  VerifyReport verify(bool with_policy = true, const VerifyBundleOptions& options = {}) {
    BundleTrust trust;
    if (with_policy) trust.policy = sample_.policy();
    auto report = verify_bundle(bundle_, trust, options);
    EXPECT_TRUE(report.ok()) << report.error().to_string();
    return report.take();
  }

  static bool has_problem(const VerifyReport& report, std::string_view where,
                          std::string_view words = "") {
    return std::any_of(report.problems.begin(), report.problems.end(), [&](const auto& one) {
      return one.where == where && one.text.find(words) != std::string::npos;
    });
  }

  void expect_problem(std::string_view where, std::string_view words = "") {
    const VerifyReport report = verify();
    EXPECT_EQ(report.verdict(), Verdict::kFails);
    EXPECT_TRUE(has_problem(report, where, words)) << where << ": " << words << '\n'
                                                   << report.to_text();
  }

  int run_python() const {
    const test::TempFolder elsewhere;
    test::write_bytes(elsewhere / "policy", sample_.policy());
    const std::string command = "python3 '" + (bundle_ / "custody/verify_bundle.py").string() +
                                "' '" + bundle_.string() + "' --policy '" +
                                (elsewhere / "policy").string() + "' >'" +
                                (folder_ / "python.txt").string() + "' 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
  }

  SampleBundle sample_;
  test::TempFolder folder_;
  fs::path bundle_ = folder_ / "bundle";
};

bool contains(const std::vector<std::string>& lines, std::string_view words) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return line.find(words) != std::string::npos;
  });
}

TEST_F(BundleTest, WhatIsWrittenHolds) {
  sample_.write(bundle_);
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
  EXPECT_NE(report.statement.find("3 are unchanged since ingest"), std::string::npos);
  EXPECT_TRUE(contains(report.not_checked, "what happened before ingest"));
  EXPECT_TRUE(contains(report.not_checked, "exhibit numbers"));
  EXPECT_TRUE(contains(report.checked, "cosigned as the policy asks"));
  EXPECT_EQ(report.times.size(), 6U) << "two witnesses, four leaves";
  EXPECT_EQ(report.to_text().find("acquisition"), std::string::npos);
  EXPECT_TRUE(check_bag(bundle_)->is_valid());
  EXPECT_TRUE(check_bag(bundle_)->warnings.empty());
}

TEST_F(BundleTest, ThePolicyInsideIsItsOwnWord) {
  sample_.write(bundle_);
  const VerifyReport report = verify(/*with_policy=*/false);
  EXPECT_EQ(report.verdict(), Verdict::kHoldsBySelfAsserted);
  EXPECT_TRUE(contains(report.trust, "have it, or this number, from somebody else"));
}

TEST_F(BundleTest, ReadsWhatItWrote) {
  sample_.write(bundle_);
  const auto contents = read_bundle(bundle_);
  ASSERT_TRUE(contents.ok()) << contents.error().to_string();
  ASSERT_TRUE(write_bundle(folder_ / "again", *contents, sample_.source()).ok());
  for (const auto& path : base::list_files_recursive(bundle_).take()) {
    EXPECT_EQ(test::read_bytes(path),
              test::read_bytes(folder_ / "again" / path.lexically_relative(bundle_)))
        << path;
  }
}

TEST_F(BundleTest, DamageIsLocatedToTheChunk) {
  sample_.write(bundle_);
  std::string content = sample_.items.at("disk/image.raw");
  content[65'600] = 'j';
  test::write_bytes(bundle_ / "data/disk/image.raw", content);
  const VerifyReport report = verify();
  EXPECT_TRUE(has_problem(report, "data/disk/image.raw",
                          "chunk 1 (within bytes 65536 to 131071) not as sealed"))
      << report.to_text();
  EXPECT_FALSE(has_problem(report, "data/disk/image.raw", "chunk 0"));
  EXPECT_EQ(run_python(), 1);
  EXPECT_NE(test::read_bytes(folder_ / "python.txt").find("chunk 1"), std::string::npos);
}

TEST_F(BundleTest, TheTreeAloneFindsDamageToo) {
  sample_.write(bundle_);
  const VerifyReport good = verify(true, {.only_tree = true});
  EXPECT_EQ(good.verdict(), Verdict::kHolds) << good.to_text();
  EXPECT_TRUE(contains(good.not_checked, "only the tree was asked for"));
  test::write_bytes(bundle_ / "data/note.txt", "met at the Harbour");
  const VerifyReport bad = verify(true, {.only_tree = true});
  EXPECT_TRUE(has_problem(bad, "data/note.txt", "chunk 0"));
}

TEST_F(BundleTest, RemovedAddedRenamedAndSwappedFilesAreNamed) {
  sample_.write(bundle_);
  const auto copy = [&] {
    fs::remove_all(folder_ / "bundle");
    sample_.write(bundle_);
  };
  for (const char* path : {"data/note.txt", "custody/leaves/0.json", "custody/proofs/3.tlog-proof",
                           "custody/chunks/0", "custody/policy", "bagit.txt", "bag-info.txt",
                           "manifest-sha256.txt", "tagmanifest-sha512.txt", "custody/FORMAT.md"}) {
    copy();
    fs::remove(bundle_ / path);
    expect_problem(path);
    copy();
    fs::rename(bundle_ / path, bundle_ / (std::string(path) + "x"));
    expect_problem(path);
    expect_problem(std::string(path) + "x");
  }
  copy();
  test::write_bytes(bundle_ / "data/more.txt", "");
  expect_problem("data/more.txt");
  copy();
  test::write_bytes(bundle_ / "custody/keys/x", "");
  expect_problem("custody/keys/x");
  copy();
  fs::rename(bundle_ / "custody/leaves/0.json", folder_ / "swap");
  fs::rename(bundle_ / "custody/leaves/1.json", bundle_ / "custody/leaves/0.json");
  fs::rename(folder_ / "swap", bundle_ / "custody/leaves/1.json");
  expect_problem("custody/leaves/0.json");
  expect_problem("custody/leaves/1.json");
}

/// What is flipped in each file: every byte, but a part of the two long texts unless the run is
/// slow.
std::size_t step_of(const fs::path& path) {
  const bool is_long = path.filename() == "FORMAT.md" || path.filename() == "verify_bundle.py";
  return is_long && !test::is_slow_run() ? 101 : 1;
}

/// Each shard takes every fourth byte, so that four processors may share the work.
constexpr std::size_t kShards = 4;

class BundleFlip : public testing::TestWithParam<std::size_t> {};

TEST_P(BundleFlip, OneFlippedBitAnywhereIsFoundInItsFile) {
  const SampleBundle sample({.items = {{"a", "x"}}});
  const test::TempFolder folder;
  const fs::path bundle = folder / "bundle";
  sample.write(bundle);
  std::size_t count = 0;
  std::size_t flipped = 0;
  for (const fs::path& path : base::list_files_recursive(bundle).take()) {
    const std::string name = path.lexically_relative(bundle).generic_string();
    const std::string good = test::read_bytes(path);
    for (std::size_t at = 0; at < good.size(); at += step_of(path)) {
      if (count++ % kShards != GetParam()) continue;
      const auto bit = flipped++ % 8;
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
      test::write_bytes(path, bad);
      const auto report = verify_bundle(bundle, {.policy = sample.policy()});
      ASSERT_TRUE(report.ok());
      ASSERT_TRUE(std::any_of(report->problems.begin(), report->problems.end(),
                              [&](const VerifyProblem& one) { return one.where == name; }))
          << name << " byte " << at << " bit " << bit << '\n'
          << report->to_text();
    }
    test::write_bytes(path, good);
  }
  RecordProperty("flipped", static_cast<int>(flipped));
  EXPECT_GT(flipped, 2000U);
  EXPECT_EQ(verify_bundle(bundle, {.policy = sample.policy()})->verdict(), Verdict::kHolds);
}

INSTANTIATE_TEST_SUITE_P(Shards, BundleFlip, testing::Range<std::size_t>(0, kShards));

TEST_F(BundleTest, AForgeryThatIsConsistentInItselfIsFound) {
  // Whoever writes all files anew can make manifests and records agree, but not the sealed set.
  auto forged = sample_.contents;
  const std::string content = "met at the airport";
  crypto::ChunkDigester digester;
  ASSERT_TRUE(digester.update(crypto::as_bytes(content)).ok());
  forged.items[1].sealed.record = ItemRecord::of("note.txt", digester.finish().take());
  sample_.items["note.txt"] = content;
  ASSERT_TRUE(write_bundle(bundle_, forged, sample_.source()).ok());
  const VerifyReport report = verify();
  EXPECT_TRUE(has_problem(report, "data/note.txt", "not in the sealed set")) << report.to_text();
  EXPECT_TRUE(has_problem(report, "custody/leaves/1.json", "was another at ingest"));
  EXPECT_EQ(run_python(), 1);
}

TEST_F(BundleTest, AnotherNameThanAtIngestIsFound) {
  // Whoever seals could give an item the name of another, and its content with it.
  const SampleBundle renamed({.ingest_names = {{"note.txt", "secret-list.csv"}}});
  renamed.write(bundle_);
  expect_problem("custody/leaves/1.json", "`name` of `note.txt` was \"secret-list.csv\" at ingest");
  EXPECT_EQ(run_python(), 1);
  EXPECT_NE(test::read_bytes(folder_ / "python.txt").find("name of note.txt was another then"),
            std::string::npos);
}

TEST_F(BundleTest, TheIdOfAnItemMayStandForItsName) {
  const SampleBundle twin(
      {.items = {{"0a1b", "x"}, {"a", "y"}}, .ingest_names = {{"0a1b", "a"}}, .item_id = "0a1b"});
  twin.write(bundle_);
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
  EXPECT_TRUE(contains(report.warnings, "`0a1b` had the name \"a\" at its ingest"));
  EXPECT_EQ(run_python(), 0) << test::read_bytes(folder_ / "python.txt");
}

TEST_F(BundleTest, EveryFileHasOneForm) {
  const auto refuses = [&](const std::string& path, const std::string& bytes) {
    std::filesystem::remove_all(bundle_);
    sample_.write(bundle_);
    test::write_bytes(bundle_ / path, bytes);
    return has_problem(verify(), path, "declaration of a bundle") ||
           has_problem(verify(), path, "as it is written");
  };
  EXPECT_TRUE(refuses("bagit.txt", "BagIt-Version: 1.0\r\nTag-File-Character-Encoding: utf-8"));
  const std::string info = test::read_bytes(bundle_ / "bag-info.txt");
  EXPECT_TRUE(refuses("bag-info.txt", info + "Contact-Name: x\n"));
  EXPECT_TRUE(refuses("bag-info.txt", info.substr(info.find('\n') + 1)));
  EXPECT_FALSE(refuses("bag-info.txt", info));
}

TEST_F(BundleTest, AReferenceAddsNoLineOfItsOwn) {
  sample_.contents.case_reference = "17\nPayload-Oxum: 1.1";
  sample_.write(bundle_);
  EXPECT_EQ(verify().verdict(), Verdict::kHolds) << verify().to_text();
  EXPECT_EQ(run_python(), 0) << test::read_bytes(folder_ / "python.txt");
}

TEST_F(BundleTest, AFileThatOneManifestLacksIsFound) {
  sample_.write(bundle_);
  const auto path = bundle_ / "tagmanifest-sha512.txt";
  const std::string text = test::read_bytes(path);
  test::write_bytes(path, text.substr(text.find('\n') + 1));
  EXPECT_EQ(verify().verdict(), Verdict::kFails);
}

TEST_F(BundleTest, ATooSmallQuorumIsFound) {
  const SampleBundle lacking({.lacks_witness = true});
  lacking.write(bundle_);
  expect_problem("custody/checkpoint", "quorum");
  EXPECT_EQ(run_python(), 1);
}

TEST_F(BundleTest, AnotherPolicyThanTheBundlesCounts) {
  sample_.write(bundle_);
  const std::string log = sample_.policy().substr(0, sample_.policy().find('\n') + 1);
  const auto lenient = verify_bundle(bundle_, {.policy = log + "quorum none\n"});
  EXPECT_EQ(lenient->verdict(), Verdict::kHolds);
  EXPECT_TRUE(contains(lenient->warnings, "not the one given"));
  const auto broken = verify_bundle(bundle_, {.policy = "quorum"});
  EXPECT_EQ(broken->verdict(), Verdict::kFails);
}

TEST_F(BundleTest, WhatIsNotOpenedIsNotClaimed) {
  auto contents = sample_.contents;
  contents.leaves[1].openings.pop_back();
  contents.leaves.erase(contents.leaves.begin());
  ASSERT_TRUE(write_bundle(bundle_, contents, sample_.source()).ok());
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
  EXPECT_NE(report.statement.find("1 are unchanged since ingest and 2 since their seal"),
            std::string::npos)
      << report.statement;
  EXPECT_TRUE(contains(report.not_checked, "the bundle has no leaf of it"));
  EXPECT_TRUE(contains(report.not_checked, "is not opened that far"));
}

TEST_F(BundleTest, AFalseOpeningIsFound) {
  auto contents = sample_.contents;
  contents.leaves[0].openings[0].value = "minister";
  ASSERT_TRUE(write_bundle(bundle_, contents, sample_.source()).ok());
  expect_problem("custody/leaves/0.json", "`role` is not what was committed to");
  EXPECT_EQ(run_python(), 1);
}

TEST_F(BundleTest, TheWriterRefusesWhatDoesNotFit) {
  const auto refused = [&](const BundleContents& contents) {
    const auto written = write_bundle(bundle_, contents, sample_.source());
    EXPECT_FALSE(written.ok());
    EXPECT_TRUE(fs::is_empty(folder_.path()));
    return written.ok() ? std::string() : written.error().message;
  };
  auto contents = sample_.contents;
  contents.set.root.bytes[0] ^= std::byte{1};
  EXPECT_NE(refused(contents).find("no seal"), std::string::npos);
  contents = sample_.contents;
  std::swap(contents.items[0], contents.items[1]);
  EXPECT_NE(refused(contents).find("order of the set"), std::string::npos);
  contents = sample_.contents;
  contents.leaves[0].proof.checkpoint.signatures.pop_back();
  EXPECT_NE(refused(contents).find("one checkpoint"), std::string::npos);
  contents = sample_.contents;
  contents.items[0].sealed.record.name = "../x";
  EXPECT_NE(refused(contents).find("leads elsewhere"), std::string::npos);
  contents = sample_.contents;
  contents.items[0].sealed.record.name = "NOTE.txt";
  EXPECT_NE(refused(contents).find("beside another"), std::string::npos);
  contents = sample_.contents;
  contents.tokens.push_back({.name = "../x", .der = "x"});
  EXPECT_NE(refused(contents).find("name of a token"), std::string::npos);
  sample_.items["note.txt"] += "!";
  EXPECT_NE(refused(sample_.contents).find("not the one that was sealed"), std::string::npos);
}

TEST_F(BundleTest, ThePythonVerifierAgrees) {
  sample_.write(bundle_);
  EXPECT_EQ(run_python(), 0) << test::read_bytes(folder_ / "python.txt");
  const std::string said = test::read_bytes(folder_ / "python.txt");
  EXPECT_NE(said.find("not checked: CMS and time stamps"), std::string::npos);
  EXPECT_NE(said.find("HOLDS: unchanged since ingest"), std::string::npos) << said;
  std::string source = test::read_bytes(test::source_dir() / "src/package/verify_bundle.py");
  EXPECT_LT(std::count(source.begin(), source.end(), '\n'), 500);
}

TEST_F(BundleTest, TheCaseGraphSaysWhatIsThere) {
  const auto graph = case_graph(sample_.contents);
  ASSERT_TRUE(graph.ok());
  const auto read = read_case_graph(*graph);
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  ASSERT_EQ(read->files.size(), 3U);
  EXPECT_EQ(read->files[1].name, "note.txt");
  EXPECT_EQ(read->files[1].exhibit, "E-2");
  EXPECT_EQ(read->files[1].sha256, sample_.contents.items[1].sealed.record.sha256.hex());
  ASSERT_EQ(read->actions.size(), 4U);
  EXPECT_EQ(read->actions[1].kind, "ingest");
  EXPECT_EQ(read->actions[1].role, "forensic examiner");
  EXPECT_EQ(read->actions[1].files, std::vector<std::string>{"note.txt"});
  EXPECT_EQ(read->actions[3].kind, "seal");
  EXPECT_EQ(read->actions[3].files.size(), 3U);
}

TEST_F(BundleTest, TheCaseReaderIsStrict) {
  const std::string graph = case_graph(sample_.contents).take();
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = graph;
    changed.replace(changed.find(from), from.size(), to);
    return read_case_graph(changed);
  };
  EXPECT_FALSE(with("uco-core:hasFacet", "uco-core:hasFacets").ok());
  EXPECT_FALSE(with("SHA256", "SHA1").ok());
  EXPECT_FALSE(with("kb:file-", "kb:life-").ok()) << "a reference that leads nowhere";
  EXPECT_FALSE(with("case-investigation:ProvenanceRecord", "uco-core:Bundle").ok());
  EXPECT_FALSE(with("https://rogatory.example/kb/", "https://other.example/").ok());
  EXPECT_FALSE(read_case_graph("[]").ok());
}

/// Every byte of a folder and the names in it.
std::string all_bytes(const fs::path& folder) {
  std::string all;
  for (const auto& path : base::list_files_recursive(folder).take()) {
    all += path.lexically_relative(folder).generic_string() + '\n' + test::read_bytes(path) + '\n';
  }
  return all;
}

TEST_F(BundleTest, ADisclosureShowsItsOwnAndNothingElse) {
  const auto part = select_items(sample_.contents, {"note.txt"});
  ASSERT_TRUE(part.ok()) << part.error().to_string();
  const auto written = write_bundle(bundle_, *part, sample_.source());
  ASSERT_TRUE(written.ok()) << written.error().to_string();
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
  EXPECT_NE(report.statement.find("Of 1 items, 1 are unchanged since ingest"), std::string::npos);
  EXPECT_EQ(run_python(), 0) << test::read_bytes(folder_ / "python.txt");

  const std::string all = all_bytes(bundle_);
  EXPECT_NE(all.find("note.txt"), std::string::npos) << "the search itself works";
  EXPECT_NE(all.find("met at the harbour"), std::string::npos);
  const std::vector<crypto::Sha256Digest>& path = part->items[0].set_path;
  for (const std::size_t hidden : {0U, 2U}) {
    const SealedItem& item = sample_.contents.items[hidden].sealed;
    for (const std::string& secret :
         {item.record.name, sample_.items.at(item.record.name).substr(0, 40),
          item.record.sha256.hex(), item.record.sha512.hex(), item.record.tree_root.hex(),
          salt_hex(item.salt), sample_.contents.items[hidden].exhibit}) {
      EXPECT_EQ(all.find(secret), std::string::npos) << secret;
    }
    // Who guesses the record right, but has not the salt, cannot see that it is right.
    for (const Salt& guess : {Salt{}, part->items[0].sealed.salt}) {
      const auto leaf = SealedItem{.record = item.record, .salt = guess}.leaf();
      EXPECT_EQ(std::count(path.begin(), path.end(), leaf), 0);
    }
    const std::string record = base::canonical_json(item.record.to_json());
    EXPECT_EQ(std::count(path.begin(), path.end(), crypto::sha256(record)), 0);
    EXPECT_EQ(std::count(path.begin(), path.end(), crypto::leaf_hash(crypto::as_bytes(record))), 0);
  }
  EXPECT_EQ(std::count(path.begin(), path.end(), sample_.contents.items[0].sealed.leaf()), 1)
      << "with the salt it is there: the test above looks in the right place";
}

TEST_F(BundleTest, APartTellsNoReasonOfTheSetAndNoOtherRecipient) {
  const auto opened = [](std::string member, const std::string& value) {
    return Opening{.member = std::move(member), .salt = {}, .value = base::Json(value)};
  };
  const BundleLeaf seal{.openings = {opened("role", "custodian"), opened("authority", "warrant 14"),
                                     opened("reason", "what K wrote"), opened("set", "0a1b")}};
  const auto of_seal = leaf_for(seal, "court");
  ASSERT_TRUE(of_seal.has_value());
  ASSERT_EQ(of_seal->openings.size(), 2U);
  EXPECT_EQ(of_seal->openings[0].member, "role");
  EXPECT_EQ(of_seal->openings[1].member, "authority");
  for (const char* member : {"recipient", "holder"}) {
    BundleLeaf leaf{.openings = {opened("reason", "trial"), opened(member, "court")}, .about = {1}};
    EXPECT_EQ(leaf_for(leaf, "court")->openings.size(), 2U);
    EXPECT_FALSE(leaf_for(leaf, "defence").has_value());
    leaf.openings[1].value = 7;
    EXPECT_FALSE(leaf_for(leaf, "court").has_value()) << "who it is cannot be seen";
    auto contents = sample_.contents;
    contents.leaves[1].openings.push_back(opened(member, "court"));
    const auto part = select_items(contents, {"note.txt"});
    EXPECT_EQ(part->leaves.size(), 1U) << "the seal alone";
  }
}

TEST_F(BundleTest, SelectionRefusesNamesThatAreNotThere) {
  EXPECT_FALSE(select_items(sample_.contents, {}).ok());
  EXPECT_FALSE(select_items(sample_.contents, {"note.txt", "none"}).ok());
  EXPECT_EQ(select_items(sample_.contents, {"note.txt", "secret-list.csv"})->items.size(), 2U);
}

}  // namespace
}  // namespace rogatory::package
