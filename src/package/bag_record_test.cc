// SPDX-License-Identifier: EUPL-1.2

#include "package/bag_record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "crypto/bytes.h"
#include "package/evidence_bundle.h"
#include "support/authority.h"
#include "support/sample_bundle.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;
using crypto::DigestAlgorithm;
using crypto::EvidenceRecord;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr sys_seconds day(int of_year) {
  return sys_days(year(of_year) / 1 / 1);
}

bool has_problem(const VerifyReport& report, std::string_view code, std::string_view where,
                 std::string_view words) {
  return std::ranges::any_of(report.problems, [&](const VerifyProblem& one) {
    return one.code == code && one.where == where && one.text.find(words) != std::string::npos;
  });
}

bool contains(const std::vector<std::string>& lines, std::string_view words) {
  return std::ranges::any_of(
      lines, [&](const std::string& line) { return line.find(words) != std::string::npos; });
}

/// A bundle, and three authorities one after the other, as decades bring them.
class BagRecordTest : public testing::Test {
 protected:
  BagRecordTest() { sample_.write(bundle_); }

  test::Identity stamper(int from, int to) const {
    return test::make_identity(root_, {.name = "Time " + std::to_string(from),
                                       .role = crypto::CertificateProfile::Role::kTimeStamper,
                                       .not_before = day(from),
                                       .not_after = day(to)});
  }

  /// What was stamped for the record, taken in as it is when the answer comes.
  base::Result<GrownRecord> grow(const EvidenceRecord* record, DigestAlgorithm algorithm,
                                 const test::Identity& by, sys_seconds at) const {
    ROG_TRY(const DigestedBag found, digest_bag(bundle_, digests_for(record, algorithm)));
    ROG_TRY(const auto digest, digest_to_stamp(record, algorithm, found.contents));
    return grow_record(record, found.contents, test::stamp_at(by, digest, at));
  }

  EvidenceRecord first(DigestAlgorithm algorithm = kFirstRecordDigest) const {
    return grow(nullptr, algorithm, early_, day(2026)).take().record;
  }

  VerifyReport verify(const EvidenceRecord& record, sys_seconds at) const {
    const crypto::TrustStore trust = test::trust_in(root_);
    auto report = verify_bag_record(bundle_, record.der(), {.authorities = trust, .at = at});
    EXPECT_TRUE(report.ok()) << report.error().to_string();
    return report.take();
  }

  void expect_holds(const EvidenceRecord& record, sys_seconds at) const {
    const VerifyReport report = verify(record, at);
    EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
    EXPECT_EQ(report.record->at("exists_since"), "2026-01-01T00:00:00Z");
  }

  test::SampleBundle sample_;
  test::TempFolder folder_;
  fs::path bundle_ = folder_ / "bundle";
  test::Identity root_ = test::make_root("Time root");
  test::Identity early_ = stamper(2020, 2032);
  test::Identity middle_ = stamper(2028, 2044);
  test::Identity late_ = stamper(2040, 2058);
};

TEST_F(BagRecordTest, TheGroupIsTheContentsOfAllFilesInBinaryOrder) {
  const auto found = digest_bag(bundle_, {kFirstRecordDigest});
  ASSERT_TRUE(found.ok()) << found.error().to_string();
  // By other means: every file of the folder, whole in memory.
  std::vector<std::vector<std::byte>> digests;
  for (const auto& path : base::list_files_recursive(bundle_).take()) {
    const auto digest = crypto::sha512(crypto::as_bytes(test::read_bytes(path)));
    digests.emplace_back(digest.bytes.begin(), digest.bytes.end());
  }
  std::ranges::sort(digests);
  const auto twins = std::ranges::unique(digests);
  digests.erase(twins.begin(), twins.end());
  EXPECT_EQ(found->contents.size(), digests.size());
  std::vector<std::byte> joined;
  for (const auto& digest : digests) joined.insert(joined.end(), digest.begin(), digest.end());
  const auto root = digest_to_stamp(nullptr, kFirstRecordDigest, found->contents);
  EXPECT_EQ(root->bytes, crypto::message_digest(DigestAlgorithm::kSha512, joined).bytes);
  EXPECT_EQ(first().chains()[0][0].reduced_tree, crypto::ReducedHashTree{digests});
}

TEST_F(BagRecordTest, OnePassServesTheBagAndEveryAlgorithm) {
  const std::vector algorithms(kRecordDigests.begin(), kRecordDigests.end());
  std::uint64_t read = 0;
  std::uint64_t in_all = 0;
  const auto found = digest_bag(bundle_, algorithms, [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_GT(done, read);
    read = done;
    in_all = total;
  });
  ASSERT_TRUE(found.ok()) << found.error().to_string();
  EXPECT_TRUE(found->bag.is_valid());
  EXPECT_EQ(read, in_all) << "no byte was read twice";
  const std::string note = test::read_bytes(bundle_ / "data/note.txt");
  const crypto::KnownDigests wanted = crypto::KnownDigests::of(note);
  EXPECT_TRUE(std::ranges::any_of(found->contents, [&](const crypto::KnownDigests& one) {
    return std::ranges::all_of(algorithms, [&](DigestAlgorithm algorithm) {
      return *one.find(algorithm) == *wanted.find(algorithm);
    });
  }));
}

TEST_F(BagRecordTest, AFirstRecordSaysSinceWhenAndUntilWhen) {
  const EvidenceRecord record = first();
  expect_holds(record, day(2028));
  const VerifyReport report = verify(record, day(2028));
  EXPECT_EQ(report.record->at("renew_before"), "2032-01-01T00:00:00Z");
  EXPECT_NE(report.statement.find("2026-01-01T00:00:00Z"), std::string::npos);
  EXPECT_NE(report.statement.find("Renew it before 2032-01-01"), std::string::npos);
  EXPECT_NE(report.times.at(0).source.find("Time 2020"), std::string::npos);
  EXPECT_TRUE(contains(report.checked, "1 time stamp in 1 chain by sha512"));
  EXPECT_TRUE(contains(report.not_checked, "was revoked"));
  EXPECT_TRUE(report.warnings.empty()) << report.to_text();
  EXPECT_TRUE(contains(verify(record, day(2032) - std::chrono::days(30)).warnings,
                       "has to be renewed before 2032-01-01"));
  const VerifyReport late = verify(record, day(2032));
  EXPECT_EQ(late.verdict(), Verdict::kFails);
  EXPECT_TRUE(contains(late.warnings, "was to be renewed before 2032-01-01"));
}

TEST_F(BagRecordTest, RenewedItOutlivesAuthoritiesAndDigests) {
  EvidenceRecord record = first(DigestAlgorithm::kSha256);
  auto grown = grow(&record, DigestAlgorithm::kSha256, middle_, day(2030));
  ASSERT_TRUE(grown.ok()) << grown.error().to_string();
  EXPECT_EQ(grown->step, RecordStep::kTimestampRenewal);
  expect_holds(grown->record, day(2043));
  record = grown->record;
  grown = grow(&record, DigestAlgorithm::kSha3_512, late_, day(2042));
  ASSERT_TRUE(grown.ok()) << grown.error().to_string();
  EXPECT_EQ(grown->step, RecordStep::kHashTreeRenewal);
  record = grown->record;
  expect_holds(record, day(2057));
  EXPECT_EQ(verify(record, day(2059)).verdict(), Verdict::kFails);
  EXPECT_TRUE(
      contains(verify(record, day(2057)).checked, "3 time stamps in 2 chains by sha256, sha3-512"));
  EXPECT_EQ(verify(record, day(2056)).record->at("renew_before"), "2058-01-01T00:00:00Z");
}

TEST_F(BagRecordTest, OneByteOfAnyFileIsSeen) {
  EvidenceRecord record = first();
  record = grow(&record, DigestAlgorithm::kSha3_256, middle_, day(2030)).take().record;
  const crypto::TrustStore trust = test::trust_in(root_);
  for (const auto& path : base::list_files_recursive(bundle_).take()) {
    const std::string good = test::read_bytes(path);
    if (good.empty()) continue;
    std::string changed = good;
    changed[changed.size() / 2] ^= 1;
    test::write_bytes(path, changed);
    const auto found = digest_bag(bundle_, record.digests_needed());
    ASSERT_TRUE(found.ok()) << path;
    // By the record alone: what the manifests state is left aside.
    VerifyReport report;
    EXPECT_FALSE(
        check_record(record, found->contents, {.authorities = trust, .at = day(2031)}, report))
        << path;
    EXPECT_TRUE(has_problem(report, "record", "", "does not cover the data")) << path;
    test::write_bytes(path, good);
  }
  EXPECT_EQ(verify(record, day(2031)).verdict(), Verdict::kHolds);
}

TEST_F(BagRecordTest, AddedAndRemovedFilesAreSeen) {
  const EvidenceRecord record = first();
  test::write_bytes(bundle_ / "custody/more.txt", "more");
  EXPECT_TRUE(has_problem(verify(record, day(2030)), "record", "", "nothing else"));
  fs::remove(bundle_ / "custody/more.txt");
  fs::remove(bundle_ / "custody/policy");
  const VerifyReport report = verify(record, day(2030));
  EXPECT_TRUE(has_problem(report, "record", "", "all of it"));
  EXPECT_TRUE(has_problem(report, "missing", "custody/policy", "")) << report.to_text();
  EXPECT_TRUE(contains(report.warnings, "does not tell which file"));
}

TEST_F(BagRecordTest, ANameIsHeldByTheBagAlone) {
  // A record is over contents: which file has which is what the manifests among them say.
  const EvidenceRecord record = first();
  fs::rename(bundle_ / "data/note.txt", bundle_ / "data/other.txt");
  const VerifyReport report = verify(record, day(2030));
  EXPECT_EQ(report.verdict(), Verdict::kFails);
  EXPECT_TRUE(has_problem(report, "missing", "data/note.txt", ""));
  EXPECT_TRUE(has_problem(report, "unlisted", "data/other.txt", ""));
  EXPECT_TRUE(report.record->at("holds").as_bool()) << report.to_text();
}

TEST_F(BagRecordTest, LinksAreRefused) {
  const EvidenceRecord record = first();
  fs::rename(bundle_ / "data/note.txt", folder_ / "note.txt");
  fs::create_symlink(folder_ / "note.txt", bundle_ / "data/note.txt");
  const VerifyReport report = verify(record, day(2030));
  EXPECT_TRUE(has_problem(report, "refused", "data/note.txt", "link")) << report.to_text();
  EXPECT_FALSE(report.record->at("holds").as_bool());
}

TEST_F(BagRecordTest, EqualFilesCountOnce) {
  const test::SampleBundle twins({.items = {{"a.txt", "same"}, {"b.txt", "same"}}});
  fs::remove_all(bundle_);
  twins.write(bundle_);
  EvidenceRecord record = first();
  const auto& list = record.chains()[0][0].reduced_tree.at(0);
  EXPECT_EQ(std::ranges::adjacent_find(list), list.end());
  expect_holds(record, day(2030));
  record = grow(&record, DigestAlgorithm::kSha3_512, middle_, day(2030)).take().record;
  expect_holds(record, day(2040));
}

TEST_F(BagRecordTest, TheRecordOfAnotherBundleCoversNothingHere) {
  const EvidenceRecord record = first();
  fs::remove_all(bundle_);
  test::SampleBundle({.items = {{"a.txt", "other"}}}).write(bundle_);
  const VerifyReport report = verify(record, day(2030));
  EXPECT_TRUE(has_problem(report, "record", "", "does not cover the data")) << report.to_text();
  EXPECT_FALSE(report.record->at("holds").as_bool());
  EXPECT_TRUE(report.record->at("exists_since").is_null());
}

TEST_F(BagRecordTest, AnotherAuthorityIsNotBelieved) {
  const crypto::TrustStore other = test::trust_in(test::make_root("Other"));
  const auto report =
      verify_bag_record(bundle_, first().der(), {.authorities = other, .at = day(2030)});
  EXPECT_TRUE(has_problem(*report, "record", "", "time stamp 1 of the record: not_trusted"))
      << report->to_text();
  EXPECT_EQ(report->verdict(), Verdict::kFails);
}

TEST_F(BagRecordTest, TimesRise) {
  EvidenceRecord record = grow(nullptr, kFirstRecordDigest, middle_, day(2031)).take().record;
  record = grow(&record, kFirstRecordDigest, middle_, day(2030)).take().record;
  EXPECT_TRUE(has_problem(verify(record, day(2032)), "record", "", "is older than"));
  EXPECT_TRUE(
      has_problem(verify(first(), day(2025)), "record", "", "after the time of this check"));
}

TEST_F(BagRecordTest, WhatAStampAddsFollowsFromWhatItIsOver) {
  const EvidenceRecord record = first();
  const auto found = digest_bag(bundle_, {DigestAlgorithm::kSha512, DigestAlgorithm::kSha3_512});
  const auto code = [&](const EvidenceRecord* to, const std::vector<std::byte>& token) {
    const auto grown = grow_record(to, found->contents, token);
    return grown.ok() ? base::ErrorCode::kInternal : grown.error().code;
  };
  const auto over = [&](const crypto::MessageDigest& digest) {
    return test::stamp_at(middle_, digest, day(2030));
  };
  const auto other = over(crypto::MessageDigest::of(crypto::sha512("other")));
  EXPECT_EQ(code(nullptr, other), base::ErrorCode::kConflict);
  EXPECT_EQ(code(&record, other), base::ErrorCode::kConflict);
  EXPECT_EQ(code(nullptr, over(record.renewal_digest())), base::ErrorCode::kConflict);
  // A tree over the files alone leaves the older chains out.
  const auto alone = digest_to_stamp(nullptr, DigestAlgorithm::kSha3_512, found->contents);
  EXPECT_EQ(code(&record, over(*alone)), base::ErrorCode::kConflict);
  EXPECT_EQ(code(nullptr, crypto::to_bytes("garbage")), base::ErrorCode::kParse);
  // Asked for before the record grew.
  const auto stale = over(record.renewal_digest());
  const EvidenceRecord renewed = grow_record(&record, found->contents, stale).take().record;
  EXPECT_EQ(grow_record(&renewed, found->contents, stale)->step, RecordStep::kAlready);
  EXPECT_EQ(code(&renewed, test::stamp_at(middle_, record.renewal_digest(), day(2031))),
            base::ErrorCode::kConflict);
}

TEST_F(BagRecordTest, AWeakerDigestIsNoRenewal) {
  const EvidenceRecord record = first();
  EXPECT_EQ(step_by(&record, DigestAlgorithm::kSha256).error().code,
            base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(step_by(&record, DigestAlgorithm::kSha512).value(), RecordStep::kTimestampRenewal);
  EXPECT_EQ(step_by(&record, DigestAlgorithm::kSha3_256).value(), RecordStep::kHashTreeRenewal);
  EXPECT_EQ(step_by(nullptr, DigestAlgorithm::kSha256).value(), RecordStep::kFirst);
  EXPECT_EQ(parse_record_digest("sha3-512").value(), DigestAlgorithm::kSha3_512);
  EXPECT_NE(parse_record_digest("sha1").error().message.find("sha512"), std::string::npos);
}

TEST_F(BagRecordTest, RefusesWhatIsNoRecord) {
  const std::vector<std::byte> der = first().der();
  const crypto::TrustStore trust = test::trust_in(root_);
  const auto code = [&](std::span<const std::byte> bytes) {
    return verify_bag_record(bundle_, bytes, {.authorities = trust, .at = day(2030)}).error().code;
  };
  EXPECT_EQ(code(std::span(der).first(der.size() - 1)), base::ErrorCode::kParse);
  EXPECT_EQ(code(crypto::to_bytes("no record")), base::ErrorCode::kParse);
}

/// The whole bundle with a time stamp in it, judged with and without a record.
class BundleRecordTest : public BagRecordTest {
 protected:
  BundleRecordTest() {
    fs::remove_all(bundle_);
    const auto checkpoint = sample_.contents.leaves.front().proof.checkpoint.to_text();
    const auto token =
        test::stamp_at(early_, crypto::MessageDigest::of(crypto::sha256(checkpoint)), day(2025));
    sample_.contents.tokens.push_back(
        {.name = "authority-1", .der = std::string(crypto::as_text(token))});
    sample_.write(bundle_);
  }

  VerifyReport verify_whole(sys_seconds at, std::optional<EvidenceRecord> record,
                            const VerifyBundleOptions& options = {}) const {
    BundleTrust trust{
        .policy = sample_.policy(), .time_stamp_authorities = test::trust_in(root_), .at = at};
    if (record) trust.record = std::string(crypto::as_text(record->der()));
    auto report = verify_bundle(bundle_, trust, options);
    EXPECT_TRUE(report.ok()) << report.error().to_string();
    return report.take();
  }
};

TEST_F(BundleRecordTest, WithoutARecordAnEndedAuthorityIsWarnedAbout) {
  EXPECT_TRUE(verify_whole(day(2031), std::nullopt).warnings.empty());
  const VerifyReport late = verify_whole(day(2033), std::nullopt);
  EXPECT_EQ(late.verdict(), Verdict::kHolds) << late.to_text();
  EXPECT_TRUE(contains(late.warnings, "nothing here excludes it")) << late.to_text();
}

TEST_F(BundleRecordTest, ATimeStampWhoseKeyWasLostFailsUnlessARecordIsOlder) {
  constexpr int kKeyCompromise = 1;
  const crypto::RevocationList list = test::revocation_list(
      root_, day(2029),
      {{.certificate = early_.certificate, .at = day(2028), .reason = kKeyCompromise}});
  const auto judge = [&](sys_seconds at, std::optional<EvidenceRecord> record) {
    BundleTrust trust{
        .policy = sample_.policy(), .time_stamp_authorities = test::trust_in(root_), .at = at};
    trust.time_stamp_authorities.add(list);
    if (record) trust.record = std::string(crypto::as_text(record->der()));
    return verify_bundle(bundle_, trust).take();
  };
  EXPECT_EQ(judge(day(2027), {}).verdict(), Verdict::kHolds);
  const VerifyReport late = judge(day(2030), {});
  EXPECT_TRUE(has_problem(late, "time_stamp", "custody/tokens/authority-1.tsr", "keyCompromise"))
      << late.to_text();
  EXPECT_FALSE(contains(late.warnings, "stays good"));
  EXPECT_TRUE(std::ranges::none_of(late.times, [](const VerifyTime& time) {
    return time.what == "the checkpoint existed";
  })) << "a time that does not hold is not told";
  const test::Identity other = stamper(2020, 2034);
  const EvidenceRecord record = grow(nullptr, kFirstRecordDigest, other, day(2027)).take().record;
  const EvidenceRecord after = grow(nullptr, kFirstRecordDigest, other, day(2029)).take().record;
  EXPECT_TRUE(has_problem(judge(day(2030), after), "time_stamp", "custody/tokens/authority-1.tsr",
                          "keyCompromise"))
      << "a record from after the loss changes nothing";
  const VerifyReport saved = judge(day(2030), record);
  EXPECT_EQ(saved.verdict(), Verdict::kHolds) << saved.to_text();
  EXPECT_TRUE(contains(saved.warnings, "keyCompromise"));
}

TEST_F(BundleRecordTest, ARecordStandsInForAnEndedAuthority) {
  EvidenceRecord record = first();
  record = grow(&record, DigestAlgorithm::kSha3_512, middle_, day(2030)).take().record;
  for (const bool only_tree : {false, true}) {
    const VerifyReport report = verify_whole(day(2040), record, {.only_tree = only_tree});
    EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
    EXPECT_TRUE(report.warnings.empty()) << report.to_text();
    EXPECT_TRUE(contains(report.checked, "authority-1.tsr` was still good at 2026-01-01"));
    EXPECT_TRUE(contains(report.trust, "were not broken before 2026-01-01"));
    EXPECT_NE(report.statement.find("existed at 2026-01-01"), std::string::npos);
  }
  // A record that ended itself stands in for nothing.
  const VerifyReport ended = verify_whole(day(2045), record);
  EXPECT_EQ(ended.verdict(), Verdict::kFails);
  EXPECT_TRUE(contains(ended.trust, "are not broken")) << ended.to_text();
  EXPECT_TRUE(contains(ended.warnings, "nothing here excludes it"));
}

TEST_F(BundleRecordTest, ARecordThatCameTooLateForATokenSaysSo) {
  const EvidenceRecord record = grow(nullptr, kFirstRecordDigest, middle_, day(2033)).take().record;
  const VerifyReport report = verify_whole(day(2034), record);
  EXPECT_EQ(report.verdict(), Verdict::kHolds) << report.to_text();
  EXPECT_TRUE(contains(report.warnings, "was not good any more when the evidence record began"));
}

TEST_F(BundleRecordTest, ATokenFromAfterTheRecordIsAContradiction) {
  const EvidenceRecord record = grow(nullptr, kFirstRecordDigest, early_, day(2024)).take().record;
  const VerifyReport report = verify_whole(day(2030), record);
  EXPECT_TRUE(contains(report.warnings, "one of the two authorities errs")) << report.to_text();
}

TEST_F(BundleRecordTest, ARecordThatDoesNotFitFailsTheBundle) {
  const EvidenceRecord record = first();
  EXPECT_EQ(verify_whole(day(2030), record).verdict(), Verdict::kHolds);
  const BundleTrust trust{.policy = sample_.policy(), .record = "garbage"};
  EXPECT_TRUE(has_problem(*verify_bundle(bundle_, trust), "record", "", "EvidenceRecord"));
  fs::remove_all(bundle_);
  test::SampleBundle().write(bundle_);
  const VerifyReport report = verify_whole(day(2030), record);
  EXPECT_TRUE(has_problem(report, "record", "", "does not cover")) << report.to_text();
}

}  // namespace
}  // namespace rogatory::package
