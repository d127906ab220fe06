// SPDX-License-Identifier: EUPL-1.2

#include "crypto/evidence_record.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "crypto/bytes.h"
#include "crypto/detail/archive_hash.h"
#include "crypto/detail/der.h"
#include "support/authority.h"

namespace rogatory::crypto {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using std::chrono::years;
using Role = CertificateProfile::Role;

constexpr sys_seconds day(int of_year) {
  return sys_days(year(of_year) / 1 / 1);
}

constexpr DigestAlgorithm kOld = DigestAlgorithm::kSha256;
constexpr DigestAlgorithm kNew = DigestAlgorithm::kSha512;

/// Three authorities one after the other, as decades bring them.
class EvidenceRecordTest : public testing::Test {
 protected:
  static test::Identity stamper(const test::Identity& root, int from, int to) {
    return test::make_identity(root, {.name = "Time " + std::to_string(from),
                                      .role = Role::kTimeStamper,
                                      .not_before = day(from),
                                      .not_after = day(to)});
  }
  static KnownDigests object(std::string_view text) { return KnownDigests::of(text); }
  static HashList group_of(DigestAlgorithm algorithm, std::span<const KnownDigests> objects) {
    HashList list;
    for (const KnownDigests& known : objects) list.push_back(known.find(algorithm)->bytes);
    return list;
  }
  /// A first record of 2026 over the objects alone.
  EvidenceRecord first(std::span<const KnownDigests> objects, int at = 2026) const {
    const auto tree = ArchiveHashTree::make(kOld, {group_of(kOld, objects)});
    return EvidenceRecord::make(tree->reduced(0), test::stamp_at(early_, tree->root(), day(at)))
        .take();
  }
  /// A new chain, by a stamper at a time.
  EvidenceRecord with_new_chain(const EvidenceRecord& record, std::span<const KnownDigests> objects,
                                const test::Identity& by, int at) const {
    const auto tree =
        ArchiveHashTree::make(kNew, {record.hash_tree_renewal_values(kNew, objects).value()});
    return record
        .renewed_by_hash_tree(kNew, objects, tree->reduced(0),
                              test::stamp_at(by, tree->root(), day(at)))
        .take();
  }
  EvidenceReport verify(const EvidenceRecord& record, std::span<const KnownDigests> objects,
                        int at) const {
    // From its bytes, as others would.
    const auto read = EvidenceRecord::parse(record.der());
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().to_string());
    return verify_evidence_record(*read, objects, trust_, day(at));
  }
  static bool has(const EvidenceReport& report, SignatureFault fault) {
    return !report.holds() && has_fault(report.all_findings(), fault);
  }

  test::Identity root_ = test::make_root("Time root");
  test::Identity early_ = stamper(root_, 2020, 2032);
  test::Identity middle_ = stamper(root_, 2028, 2044);
  test::Identity late_ = stamper(root_, 2040, 2058);
  test::Identity other_ = stamper(root_, 2021, 2033);
  TrustStore trust_{std::vector{root_.certificate}};
  std::vector<KnownDigests> one_ = {object("bundle")};
  std::vector<KnownDigests> three_ = {object("checkpoint"), object("bundle"), object("keys")};
};

TEST_F(EvidenceRecordTest, AFirstRecordHoldsWhileItsAuthorityDoes) {
  for (const auto* objects : {&one_, &three_}) {
    const EvidenceRecord record = first(*objects);
    const EvidenceReport report = verify(record, *objects, 2030);
    ASSERT_TRUE(report.holds()) << to_string(report.all_findings());
    EXPECT_EQ(report.exists_since, day(2026));
    EXPECT_EQ(record.digests_needed(), std::vector{kOld});
    EXPECT_TRUE(has(verify(record, *objects, 2033), SignatureFault::kNotTrusted));
  }
}

TEST_F(EvidenceRecordTest, RenewalsCarryItBeyondTheLifeOfItsAuthorities) {
  for (const auto* objects : {&one_, &three_}) {
    EvidenceRecord record = first(*objects);
    record = record.renewed(test::stamp_at(middle_, record.renewal_digest(), day(2030))).take();
    EXPECT_TRUE(verify(record, *objects, 2042).holds());
    EXPECT_TRUE(has(verify(record, *objects, 2045), SignatureFault::kNotTrusted));
    record = with_new_chain(record, *objects, late_, 2042);
    const EvidenceReport report = verify(record, *objects, 2050);
    ASSERT_TRUE(report.holds()) << to_string(report.all_findings());
    EXPECT_EQ(report.exists_since, day(2026));
    EXPECT_EQ(report.timestamps.size(), 3U);
    EXPECT_EQ(record.digests_needed(), (std::vector{kOld, kNew}));
    record = record.renewed(test::stamp_at(late_, record.renewal_digest(), day(2050))).take();
    EXPECT_TRUE(verify(record, *objects, 2057).holds());
  }
}

TEST_F(EvidenceRecordTest, ListsInItsNewestTimeStampAreCoveredByTheNextOne) {
  const std::vector lists = {test::revocation_list(root_, day(2029))};
  const auto kept = first(three_).with_revocation_lists(lists);
  ASSERT_TRUE(kept.ok()) << kept.error().to_string();
  EXPECT_TRUE(verify(*kept, three_, 2030).holds());
  const EvidenceRecord record =
      kept->renewed(test::stamp_at(middle_, kept->renewal_digest(), day(2030))).take();
  const EvidenceReport report = verify(record, three_, 2040);
  ASSERT_TRUE(report.holds()) << to_string(report.all_findings());
  EXPECT_EQ(report.timestamps[0].revocation.at(0).as_of, day(2029));
  EXPECT_EQ(report.timestamps[1].revocation.at(0).kind, RevocationStatus::Kind::kUnknown);
  // An older time stamp is covered with its lists: one that was asked for before fits no more.
  const auto asked_before = first(three_).renewal_digest();
  EXPECT_FALSE(kept->renewed(test::stamp_at(middle_, asked_before, day(2030))).ok());
}

TEST_F(EvidenceRecordTest, AnAuthorityWhoseKeyWasLostHasToBeRenewedBefore) {
  constexpr int kKeyCompromise = 1;
  trust_.add(test::revocation_list(
      root_, day(2029),
      {{.certificate = early_.certificate, .at = day(2028), .reason = kKeyCompromise}}));
  const EvidenceRecord record = first(three_);
  EXPECT_TRUE(verify(record, three_, 2027).holds());
  EXPECT_TRUE(has(verify(record, three_, 2028), SignatureFault::kRevoked));
  const auto in_time =
      record.renewed(test::stamp_at(early_, record.renewal_digest(), day(2027))).take();
  EXPECT_TRUE(verify(in_time, three_, 2027).holds());
  const auto late =
      record.renewed(test::stamp_at(middle_, record.renewal_digest(), day(2030))).take();
  EXPECT_TRUE(has(verify(late, three_, 2031), SignatureFault::kRevoked)) << "renewed too late";
  const auto saved =
      record.renewed(test::stamp_at(other_, record.renewal_digest(), day(2027))).take();
  EXPECT_TRUE(verify(saved, three_, 2031).holds()) << "renewed by another before the loss";
}

TEST_F(EvidenceRecordTest, ARenewalAfterTheEndOfTheAuthorityIsTooLate) {
  EvidenceRecord record = first(one_);
  record = record.renewed(test::stamp_at(middle_, record.renewal_digest(), day(2033))).take();
  const EvidenceReport report = verify(record, one_, 2034);
  EXPECT_TRUE(has(report, SignatureFault::kNotTrusted));
  EXPECT_FALSE(report.timestamps[0].holds());
  EXPECT_TRUE(report.timestamps[1].holds());
}

TEST_F(EvidenceRecordTest, TimesRise) {
  EvidenceRecord record = first(one_, 2031);
  record = record.renewed(test::stamp_at(middle_, record.renewal_digest(), day(2029))).take();
  EXPECT_TRUE(has(verify(record, one_, 2031), SignatureFault::kTimeOrder));
  EXPECT_TRUE(has(verify(first(one_, 2027), one_, 2026), SignatureFault::kTimeOrder));
}

TEST_F(EvidenceRecordTest, OtherDataIsNotCovered) {
  const EvidenceRecord record = first(one_);
  const std::vector other = {object("another bundle")};
  // Without a tree the time stamp is over the data itself.
  EXPECT_TRUE(has(verify(record, other, 2030), SignatureFault::kContentMismatch));
  EXPECT_TRUE(has(verify(record, three_, 2030), SignatureFault::kNotCovered));
  EXPECT_TRUE(has(verify(record, {}, 2030), SignatureFault::kContentUnknown));
  const std::vector unknown = {KnownDigests({message_digest(kNew, as_bytes("bundle"))})};
  EXPECT_TRUE(has(verify(record, unknown, 2030), SignatureFault::kContentUnknown));
}

TEST_F(EvidenceRecordTest, AGroupIsAllOfItAndNothingElse) {
  const EvidenceRecord record = first(three_);
  std::vector fewer = {three_[0], three_[1]};
  EXPECT_TRUE(has(verify(record, fewer, 2030), SignatureFault::kNotCovered));
  std::vector more = three_;
  more.push_back(object("one more"));
  EXPECT_TRUE(has(verify(record, more, 2030), SignatureFault::kNotCovered));
  std::vector reordered = {three_[2], three_[0], three_[1]};
  EXPECT_TRUE(verify(record, reordered, 2030).holds());
  EXPECT_TRUE(verify(record, {{three_[1]}}, 2030).holds()) << "each object is covered by itself";
}

TEST_F(EvidenceRecordTest, AChainOfAnotherRecordCoversNothingHere) {
  // The new chain is over the data and the chains before: taken from a twin, it covers neither.
  const EvidenceRecord twin = first(one_, 2027);
  const EvidenceRecord renewed_twin = with_new_chain(twin, one_, middle_, 2030);
  const EvidenceRecord record = first(one_, 2026);
  const ArchiveTimestampChain& foreign = renewed_twin.chains()[1];
  Bytes chains = record.chains()[0][0].der;
  Bytes sequence = detail::der_element(detail::kDerSequence, chains);
  detail::append(sequence, detail::der_element(detail::kDerSequence, foreign[0].der));
  Bytes content = {std::byte{2}, std::byte{1}, std::byte{1}};
  detail::append(content, detail::der_element(detail::kDerSequence, {}));
  detail::append(content, detail::der_element(detail::kDerSequence, sequence));
  const auto mixed = EvidenceRecord::parse(detail::der_element(detail::kDerSequence, content));
  ASSERT_TRUE(mixed.ok()) << mixed.error().to_string();
  const EvidenceReport report = verify_evidence_record(*mixed, one_, trust_, day(2031));
  EXPECT_TRUE(has(report, SignatureFault::kContentMismatch)) << to_string(report.all_findings());
}

TEST_F(EvidenceRecordTest, RefusesToRenewWithTheWrongTimeStamp) {
  const EvidenceRecord record = first(one_);
  const auto code = [](const auto& result) { return result.error().code; };
  const Bytes other = test::stamp_at(middle_, MessageDigest::of(sha256("other")), day(2030));
  EXPECT_EQ(code(record.renewed(other)), base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(record.renewed_by_hash_tree(kNew, one_, {}, other)),
            base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(record.hash_tree_renewal_values(kNew, {})), base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(EvidenceRecord::make({{to_bytes("leaf")}}, other)),
            base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(EvidenceRecord::make({}, to_bytes("token"))), base::ErrorCode::kParse);
}

TEST_F(EvidenceRecordTest, NoFlippedBitOfTheRecordGoesUnseen) {
  EvidenceRecord record = first(three_);
  record = with_new_chain(record, three_, middle_, 2030);
  const Bytes der = record.der();
  int held = 0;
  for (std::size_t i = 0; i < der.size(); i += 3) {
    Bytes changed = der;
    changed[i] ^= std::byte{1} << (i % 8);
    const auto read = EvidenceRecord::parse(changed);
    if (!read.ok()) continue;
    const EvidenceReport report = verify_evidence_record(*read, three_, trust_, day(2031));
    if (!report.holds()) continue;
    ++held;
    EXPECT_EQ(report.exists_since, day(2026)) << i;
  }
  // In the newest token nothing rests on the list of digest algorithms, and in the record neither.
  EXPECT_LT(held, 20);
}

TEST_F(EvidenceRecordTest, RefusesWhatIsNoRecord) {
  const auto code = [](const Bytes& der) { return EvidenceRecord::parse(der).error().code; };
  const Bytes good = first(one_).der();
  EXPECT_EQ(code({}), base::ErrorCode::kParse);
  EXPECT_EQ(code(to_bytes("record")), base::ErrorCode::kParse);
  for (std::size_t size = 0; size < good.size(); size += 7) {
    EXPECT_FALSE(EvidenceRecord::parse(std::span(good).first(size)).ok()) << size;
  }
  Bytes longer = good;
  longer.push_back(std::byte{0});
  EXPECT_EQ(code(longer), base::ErrorCode::kParse);
  EXPECT_EQ(code(Bytes(kMaxEvidenceRecordBytes + 1)), base::ErrorCode::kLimit);
  const Bytes version_2 = {std::byte{0x30}, std::byte{3}, std::byte{2}, std::byte{1}, std::byte{2}};
  EXPECT_EQ(code(version_2), base::ErrorCode::kUnsupported);
  EXPECT_EQ(EvidenceRecord::parse(good).value().der(), good);
}

RC_GTEST_PROP(ArchiveHashTreeProperty, EveryGroupLeadsToTheRoot, ()) {
  const auto sizes = *rc::gen::container<std::vector<std::size_t>>(
      *rc::gen::inRange<std::size_t>(1, 20), rc::gen::inRange<std::size_t>(1, 4));
  std::vector<HashList> groups;
  std::size_t number = 0;
  for (const std::size_t size : sizes) {
    HashList& group = groups.emplace_back();
    for (std::size_t i = 0; i < size; ++i) {
      group.push_back(message_digest(kOld, as_bytes(std::to_string(number++))).bytes);
    }
  }
  const auto tree = ArchiveHashTree::make(kOld, groups);
  RC_ASSERT(tree.ok());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const ReducedHashTree lists = tree->reduced(g);
    RC_ASSERT(detail::tree_covers(lists, groups[g]));
    RC_ASSERT(detail::root_of(kOld, lists, groups[g].front()) == tree->root().bytes);
    const HashList other = {message_digest(kOld, as_bytes("other")).bytes};
    RC_ASSERT(lists.empty() || !detail::tree_covers(lists, other));
  }
}

TEST(ArchiveHashTree, RefusesWhatIsNoDigest) {
  const auto code = [](std::vector<HashList> groups) {
    return ArchiveHashTree::make(kOld, std::move(groups)).error().code;
  };
  EXPECT_EQ(code({}), base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({{}}), base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(code({{Bytes(31)}}), base::ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace rogatory::crypto
