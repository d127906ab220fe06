// SPDX-License-Identifier: EUPL-1.2
#include "vault/decide.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "support/sample_evidence.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;

const ItemId kDisk("a1");
const ItemId kPhone("a2");
const SetId kSet("b1");
const HoldId kHold("h1");

Act act_of(const char* officer, const char* role, const char* day = "2026-11-24") {
  Act act = sample_act();
  act.officer = officer;
  act.role = role;
  act.at = sample_day(day).days();
  return act;
}

Act on(const char* day) {
  return act_of("officer A", "evidence custodian", day);
}

/// A case with verbs: each expects the vault to allow it, or gives its refusal.
class CaseTest : public ::testing::Test {
 protected:
  void does(const Fact& fact, const Act& act = sample_act()) {
    auto events = decide(state_, fact, act);
    ASSERT_TRUE(events.ok()) << kind_of(fact) << ": " << events.error().to_string();
    for (const Event& event : *events) {
      evolve(state_, event);
      history_.push_back(event);
    }
  }

  base::Error refused(const Fact& fact, const Act& act = sample_act()) {
    const CaseState before = state_;
    const auto events = decide(state_, fact, act);
    EXPECT_EQ(state_, before);
    if (events.ok()) {
      ADD_FAILURE() << kind_of(fact) << " was allowed";
      return {};
    }
    return events.error();
  }

  void ingests(const ItemId& id, const Conditions& conditions = {}) {
    does(Ingest{.item = id,
                .content = sample_content(),
                .source = "police of Manila",
                .received = {},
                .conditions = conditions});
  }

  static Seal seal_of(std::vector<ItemId> items) {
    const std::vector<std::string> texts(items.size(), "x");
    return {.set = kSet, .items = std::move(items), .salts = texts, .names = texts, .root = "d"};
  }

  void seals(std::vector<ItemId> items) { does(seal_of(std::move(items))); }

  static Use use(const char* purpose = "case 7", const char* consent = "") {
    return {.purpose = purpose, .consent = consent};
  }

  CaseState state_;
  std::vector<Event> history_;
};

// Who and why -------------------------------------------------------------------------------------

TEST_F(CaseTest, EveryActNamesOfficerRoleAuthorityAndReason) {
  for (std::string Act::* const member :
       {&Act::officer, &Act::role, &Act::authority, &Act::reason}) {
    Act act = sample_act();
    for (const char* nothing : {"", " ", "\t\xc2\xa0", "\xe2\x80\x8b"}) {
      act.*member = nothing;
      EXPECT_EQ(refused(Hold{kHold}, act).code, ErrorCode::kInvalidArgument);
    }
  }
}

// Ingest ------------------------------------------------------------------------------------------

TEST_F(CaseTest, AnItemComesInOnce) {
  ingests(kDisk);
  EXPECT_EQ(refused(Ingest{.item = kDisk, .content = sample_content(), .source = "x"}).code,
            ErrorCode::kConflict);
}

TEST_F(CaseTest, AReceivedDigestThatDisagreesIsWrittenDown) {
  does(Ingest{.item = kDisk,
              .content = sample_content(),
              .source = "x",
              .received = {{.algorithm = "SHA-256", .value = std::string(64, 'f')}}});
  ASSERT_EQ(history_.size(), 2U);
  const auto* mismatch = std::get_if<Mismatch>(&history_[1].fact);
  ASSERT_NE(mismatch, nullptr);
  EXPECT_EQ(mismatch->expected, std::string(64, 'f'));
  EXPECT_EQ(mismatch->found, sample_content().sha256);
  EXPECT_TRUE(state_.items.at(kDisk).differs_from_received);
  EXPECT_FALSE(state_.items.at(kDisk).is_damaged) << "what is stored is what came in";
}

TEST_F(CaseTest, AReceivedDigestThatAgreesOrCannotBeCheckedIsKept) {
  does(Ingest{.item = kDisk,
              .content = sample_content(),
              .source = "x",
              .received = {{.algorithm = "sha-256", .value = std::string(64, 'A')},
                           {.algorithm = "SHA512", .value = std::string(128, 'b')},
                           {.algorithm = "MD5", .value = "anything"}}});
  EXPECT_EQ(history_.size(), 1U);
  EXPECT_FALSE(state_.items.at(kDisk).is_damaged);
}

TEST_F(CaseTest, OnlyDigestsAreComparedAndTheRestIsCalledSo) {
  const std::string right(64, 'A');
  const std::string wrong(64, 'f');
  const auto compare = [](const char* algorithm, const std::string& value) {
    return compare_received(sample_content(), {.algorithm = algorithm, .value = value});
  };
  EXPECT_EQ(compare("SHA-256", " " + right + "\n"), Agreement::kAgrees);
  EXPECT_EQ(compare(" sha256 ", wrong), Agreement::kDiffers);
  EXPECT_EQ(compare("sha512", std::string(128, 'B')), Agreement::kAgrees);
  EXPECT_EQ(compare("SHA-256", "aaaa"), Agreement::kNotCompared);
  EXPECT_EQ(compare("SHA-256", std::string(64, 'g')), Agreement::kNotCompared);
  EXPECT_EQ(compare("SHA-512", right), Agreement::kNotCompared);
  EXPECT_EQ(compare("MD5", right), Agreement::kNotCompared);
  EXPECT_EQ(compare("CRC", ""), Agreement::kNotCompared);
}

TEST_F(CaseTest, TextThatIsNotUtf8IsRefusedWithAWayOut) {
  Content content = sample_content();
  content.name = "caf\xe9.txt";
  const base::Error name = refused(Ingest{.item = kDisk, .content = content, .source = "x"});
  EXPECT_EQ(name.code, ErrorCode::kInvalidArgument);
  EXPECT_NE(name.message.find("--name"), std::string::npos) << name.message;
  Act act = sample_act();
  act.officer = "Ren\xe9";
  const base::Error officer = refused(Hold{kHold}, act);
  EXPECT_EQ(officer.code, ErrorCode::kInvalidArgument);
  EXPECT_NE(officer.message.find("`officer`"), std::string::npos) << officer.message;
  ingests(kPhone);
  EXPECT_EQ(refused(Ingest{.item = kDisk,
                           .content = sample_content(),
                           .source = "x",
                           .conditions = {.purposes = std::vector<std::string>{"a", "\xff"}}})
                .code,
            ErrorCode::kInvalidArgument);
}

TEST_F(CaseTest, AReportNeedsItsItemAndItsMakers) {
  EXPECT_EQ(refused(AcquisitionReport{.item = kDisk}).code, ErrorCode::kNotFound);
  ingests(kDisk);
  EXPECT_EQ(refused(AcquisitionReport{.item = kDisk, .acquired_by = "unit 3"}).code,
            ErrorCode::kInvalidArgument);
  does(AcquisitionReport{.item = kDisk, .acquired_by = "unit 3", .method = "write blocker"});
  EXPECT_TRUE(state_.items.at(kDisk).has_acquisition_report);
}

// Sealed sets -------------------------------------------------------------------------------------

TEST_F(CaseTest, ASetHoldsItemsOfTheCaseOnceEach) {
  ingests(kDisk);
  EXPECT_EQ(refused(seal_of({})).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(refused(seal_of({kDisk, kDisk})).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(refused(seal_of({kPhone})).code, ErrorCode::kNotFound);
  seals({kDisk});
  EXPECT_EQ(refused(seal_of({kDisk})).code, ErrorCode::kConflict);
}

TEST_F(CaseTest, OnlyItemsOfTheSetAreDisclosed) {
  ingests(kDisk);
  ingests(kPhone);
  seals({kDisk});
  const auto disclose = [&](const ItemId& id) {
    return Disclose{.set = kSet, .items = {id}, .recipient = "defence", .use = use()};
  };
  EXPECT_EQ(refused(disclose(kPhone)).code, ErrorCode::kInvalidArgument);
  does(disclose(kDisk));
  EXPECT_EQ(state_.sets.at(kSet).recipients, std::vector<std::string>{"defence"});
}

TEST_F(CaseTest, AReceiptOfAnotherRootIsAMismatch) {
  ingests(kDisk);
  seals({kDisk});
  does(Receipt{.set = kSet, .from = "court", .root = "d"});
  EXPECT_EQ(kind_of(history_.back().fact), "receipt");
  does(Receipt{.set = kSet, .from = "court", .root = " D\n"});
  EXPECT_EQ(kind_of(history_.back().fact), "receipt");
  does(Receipt{.set = kSet, .from = "court", .root = "e"});
  EXPECT_EQ(kind_of(history_.back().fact), "mismatch");
}

// Conditions of use -------------------------------------------------------------------------------

class UseTest : public CaseTest {
 protected:
  /// Every way in which somebody gets at the content of kDisk.
  static std::vector<Fact> accesses(const Use& use) {
    return {Open{.item = kDisk, .use = use},
            Copy{.copy = ItemId("c1"), .item = kDisk, .holder = "laboratory", .use = use},
            Derive{.item = ItemId("a9"),
                   .content = sample_content(),
                   .parents = {kDisk},
                   .tool = "carver 2",
                   .use = use},
            Release{.set = kSet, .recipient = "court", .use = use},
            Disclose{.set = kSet, .items = {kDisk}, .recipient = "defence", .use = use}};
  }
};

TEST_F(UseTest, EachAccessIsHeldAgainstSpeciality) {
  ingests(kDisk, sample_conditions());
  seals({kDisk});
  for (const Fact& fact : accesses(use("tax matter"))) {
    const base::Error error = refused(fact);
    EXPECT_EQ(error.code, ErrorCode::kRefused);
    EXPECT_NE(error.message.find("speciality"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("Philippines, letter of 2026-11-02"), std::string::npos);
  }
  const CaseState before = state_;
  for (const auto& allowed : {use("case 7"), use("tax matter", "letter 9")}) {
    for (const Fact& fact : accesses(allowed)) {
      state_ = before;
      does(fact);
    }
  }
}

TEST_F(UseTest, AnAccessNamesItsPurpose) {
  ingests(kDisk);
  seals({kDisk});
  for (const Fact& fact : accesses(use(""))) {
    EXPECT_EQ(refused(fact).code, ErrorCode::kInvalidArgument);
  }
}

TEST_F(UseTest, NoUseAfterTheDayOfReturnWithoutConsent) {
  ingests(kDisk, sample_conditions());
  seals({kDisk});
  for (const Fact& fact : accesses(use())) {
    EXPECT_TRUE(decide(state_, fact, on("2027-01-01")).ok()) << "the last day still counts";
    const base::Error error = refused(fact, on("2027-01-02"));
    EXPECT_EQ(error.code, ErrorCode::kRefused);
    EXPECT_NE(error.message.find("to be returned by 2027-01-01"), std::string::npos);
  }
  for (const Fact& fact : accesses(use("case 7", "letter 9"))) {
    EXPECT_TRUE(decide(state_, fact, on("2027-01-02")).ok());
  }
}

TEST_F(UseTest, NoConsentAllowsUseAfterTheDayOfDeletion) {
  ingests(kDisk, sample_conditions());
  seals({kDisk});
  for (const Fact& fact : accesses(use("case 7", "letter 9"))) {
    const base::Error error = refused(fact, on("2028-01-02"));
    EXPECT_NE(error.message.find("to be deleted by 2028-01-01"), std::string::npos);
  }
}

TEST_F(UseTest, AnEmptyListOfPurposesAllowsNoneWithoutConsent) {
  ingests(kDisk, {.purposes = std::vector<std::string>{}});
  EXPECT_EQ(refused(Open{.item = kDisk, .use = use()}).code, ErrorCode::kRefused);
  does(Open{.item = kDisk, .use = use("case 7", "letter 9")});
}

// Copies and derived items ------------------------------------------------------------------------

TEST_F(CaseTest, CopiesAndDerivedItemsAreLinked) {
  ingests(kDisk);
  does(Copy{.copy = ItemId("c1"), .item = kDisk, .holder = "laboratory", .use = use()});
  does(Derive{.item = kPhone,
              .content = sample_content(),
              .parents = {kDisk},
              .tool = "carver 2",
              .use = use()});
  const std::vector<WorkingCopy> copies = {{.id = ItemId("c1"), .holder = "laboratory"}};
  EXPECT_EQ(state_.items.at(kDisk).copies, copies);
  EXPECT_EQ(state_.items.at(kDisk).derived, std::vector<ItemId>{kPhone});
  EXPECT_EQ(state_.items.at(kPhone).parents, std::vector<ItemId>{kDisk});
}

TEST_F(CaseTest, ADerivedItemBearsTheConditionsOfItsParents) {
  ingests(kDisk, sample_conditions());
  ingests(kPhone, {.purposes = std::vector<std::string>{"case 7", "case 8"},
                   .return_by = sample_day("2026-12-24"),
                   .keep_until = sample_day("2027-03-01"),
                   .imposed_by = "Brazil"});
  const ItemId both("a9");
  does(Derive{.item = both,
              .content = sample_content(),
              .parents = {kDisk, kPhone},
              .tool = "carver 2",
              .use = use()});
  const Conditions& conditions = state_.items.at(both).conditions;
  EXPECT_EQ(conditions.purposes, std::vector<std::string>{"case 7"});
  EXPECT_EQ(conditions.return_by, sample_day("2026-12-24"));
  EXPECT_EQ(conditions.delete_by, sample_day("2028-01-01"));
  EXPECT_EQ(conditions.keep_until, sample_day("2027-03-01"));
  EXPECT_EQ(conditions.imposed_by, "Philippines, letter of 2026-11-02; Brazil");
}

TEST(Merge, PurposesThatDoNotMeetAllowNone) {
  const Conditions a{.purposes = std::vector<std::string>{"case 7"}};
  const Conditions b{.purposes = std::vector<std::string>{"case 8"}};
  EXPECT_EQ(merge(a, b).purposes, std::vector<std::string>{});
  EXPECT_EQ(merge(a, {}).purposes, a.purposes);
  EXPECT_EQ(merge({}, b).purposes, b.purposes);
  EXPECT_EQ(merge({}, {}).purposes, std::nullopt);
}

// Holds, retention, erasure -----------------------------------------------------------------------

class EraseTest : public CaseTest {
 protected:
  void approves(const char* officer, const char* role) {
    does(EraseApproval{}, act_of(officer, role));
  }
};

TEST_F(EraseTest, TwoOfficersInTwoRolesEraseACase) {
  ingests(kDisk);
  EXPECT_EQ(refused(Erase{}).code, ErrorCode::kRefused);
  approves("A", "prosecutor");
  EXPECT_EQ(refused(Erase{}).code, ErrorCode::kRefused);
  EXPECT_EQ(refused(EraseApproval{}, act_of("A", "judge")).code, ErrorCode::kRefused);
  EXPECT_EQ(refused(EraseApproval{}, act_of("B", "prosecutor")).code, ErrorCode::kRefused);
  approves("B", "judge");
  EXPECT_EQ(refused(EraseApproval{}, act_of("C", "minister")).code, ErrorCode::kConflict);
  does(Erase{.case_id = "e1"});
  EXPECT_EQ(history_.back().fact,
            Fact(Erase{.case_id = "e1", .approvals = {"A, prosecutor", "B, judge"}}));
  EXPECT_EQ(state_.erased_on, sample_day("2026-11-24"));
  EXPECT_TRUE(state_.items.empty());
}

TEST_F(EraseTest, TheSameNameWrittenOtherwiseIsTheSame) {
  approves("Ann Lee", "judge");
  for (const char* again : {"Ann Lee ", "ANN LEE", "Ann  Lee",
                            "\xc2\xa0"
                            "Ann\xe2\x80\x89Lee"}) {
    EXPECT_EQ(refused(EraseApproval{}, act_of(again, "prosecutor")).code, ErrorCode::kRefused)
        << again;
  }
  for (const char* again : {"Judge", " judge", "jud\xe2\x80\x8bge"}) {
    EXPECT_EQ(refused(EraseApproval{}, act_of("B", again)).code, ErrorCode::kRefused) << again;
  }
  approves(" Bo ", "prosecutor");
  EXPECT_EQ(history_.back().act.officer, "Bo");
}

TEST_F(EraseTest, ARestoreVoidsApprovals) {
  approves("A", "prosecutor");
  approves("B", "judge");
  does(Restore{.lost_from = 3, .lost_until = 5});
  EXPECT_EQ(refused(Erase{}).code, ErrorCode::kRefused);
}

TEST_F(EraseTest, AnErasedCaseTakesNothingMore) {
  approves("A", "prosecutor");
  approves("B", "judge");
  does(Erase{});
  for (const Fact& fact : sample_facts()) {
    const base::Error error = refused(fact);
    EXPECT_EQ(error.code, ErrorCode::kRefused);
    EXPECT_EQ(error.message, "the case was erased on 2026-11-24");
  }
}

TEST_F(EraseTest, AHoldStandsInTheWayOfApprovalAndErasure) {
  does(Hold{kHold});
  const base::Error error = refused(EraseApproval{}, act_of("A", "prosecutor"));
  EXPECT_EQ(error.code, ErrorCode::kRefused);
  EXPECT_NE(error.message.find("hold `h1`"), std::string::npos);
  EXPECT_NE(error.message.find("warrant 14/2026"), std::string::npos);
  does(HoldRelease{kHold});
  approves("A", "prosecutor");
  approves("B", "judge");
  does(Hold{kHold});
  EXPECT_EQ(refused(Erase{}).code, ErrorCode::kRefused);
  does(HoldRelease{kHold});
  EXPECT_NE(refused(Erase{}).message.find("it has 0"), std::string::npos);
}

TEST_F(EraseTest, ApprovalsAreForWhatWasThere) {
  approves("A", "prosecutor");
  approves("B", "judge");
  ingests(kDisk);
  EXPECT_EQ(refused(Erase{}).code, ErrorCode::kRefused);
}

TEST_F(EraseTest, RetentionStandsInTheWay) {
  ingests(kDisk, {.keep_until = sample_day("2026-12-01"), .imposed_by = "archive rule 4"});
  const base::Error error = refused(EraseApproval{}, act_of("A", "prosecutor"));
  EXPECT_NE(error.message.find("kept until 2026-12-01 (set by archive rule 4)"), std::string::npos);
  EXPECT_TRUE(decide(state_, EraseApproval{}, on("2026-12-01")).ok());
}

TEST_F(EraseTest, HoldsStandOnce) {
  does(Hold{kHold});
  EXPECT_EQ(refused(Hold{kHold}).code, ErrorCode::kConflict);
  does(HoldRelease{kHold});
  EXPECT_EQ(refused(HoldRelease{kHold}).code, ErrorCode::kNotFound);
}

TEST_F(CaseTest, DutiesComeByDay) {
  ingests(kDisk, sample_conditions());
  const std::vector<Duty> duties = list_duties(state_);
  ASSERT_EQ(duties.size(), 3U);
  EXPECT_EQ(duty_name(duties[0].kind), "keep_until");
  EXPECT_EQ(duty_name(duties[1].kind), "return_by");
  EXPECT_EQ(duty_name(duties[2].kind), "delete_by");
}

TEST_F(CaseTest, ARestoreNamesWhatItLost) {
  EXPECT_EQ(refused(Restore{.lost_from = 4, .lost_until = 4}).code, ErrorCode::kInvalidArgument);
  does(Restore{.lost_from = 3, .lost_until = 5});
}

// Any history -------------------------------------------------------------------------------------

Fact any_fact() {
  const ItemId item(*rc::gen::element("a1", "a2", "a3"));
  const Use any_use{.purpose = *rc::gen::element("case 7", "tax matter"),
                    .consent = *rc::gen::element("", "letter 9")};
  switch (*rc::gen::inRange(0, 10)) {
    case 0:
      return Ingest{.item = item,
                    .content = sample_content(),
                    .source = "x",
                    .conditions = *rc::gen::arbitrary<bool>() ? sample_conditions() : Conditions{}};
    case 1:
      return Seal{.set = kSet, .items = {item}, .salts = {"x"}, .names = {"x"}, .root = "d"};
    case 2:
      return Open{.item = item, .use = any_use};
    case 3:
      return Derive{.item = ItemId(*rc::gen::element("a4", "a5")),
                    .content = sample_content(),
                    .parents = {item},
                    .tool = "t",
                    .use = any_use};
    case 4:
      return Hold{kHold};
    case 5:
      return HoldRelease{kHold};
    case 6:
      return Erase{};
    default:
      return EraseApproval{};
  }
}

/// The rule of erasure read from the history alone, without the state.
bool may_be_erased(const std::vector<Event>& history, base::Date day) {
  std::set<std::string> holds;
  std::set<std::string> officers;
  std::set<std::string> roles;
  std::vector<base::Date> kept;
  for (const Event& event : history) {
    const std::string_view kind = kind_of(event.fact);
    if (kind == "ingest" || kind == "derive" || kind == "hold") {
      officers.clear();
      roles.clear();
    }
    if (const auto* in = std::get_if<Ingest>(&event.fact); in && in->conditions.keep_until) {
      kept.push_back(*in->conditions.keep_until);
    }
    if (kind == "hold") holds.insert("h1");
    if (kind == "hold_release") holds.clear();
    if (kind == "erase_approval") {
      officers.insert(event.act.officer);
      roles.insert(event.act.role);
    }
  }
  const bool is_kept = std::any_of(kept.begin(), kept.end(), [&](base::Date d) { return day < d; });
  return holds.empty() && !is_kept && officers.size() >= 2 && roles.size() >= 2;
}

RC_GTEST_PROP(History, ErasureFollowsTheRuleReadFromTheHistory, ()) {
  CaseState state;
  std::vector<Event> history;
  const int steps = *rc::gen::inRange(0, 30);
  for (int step = 0; step < steps; ++step) {
    const Fact fact = any_fact();
    const Act act = act_of(*rc::gen::element("A", "B"), *rc::gen::element("judge", "prosecutor"),
                           *rc::gen::element("2026-11-24", "2026-12-02"));
    auto events = decide(state, fact, act);
    const bool is_erase = std::holds_alternative<Erase>(fact);
    if (is_erase && !state.erased_on) {
      RC_ASSERT(events.ok() == may_be_erased(history, act.day()));
    }
    if (!events.ok()) continue;
    for (const Event& event : *events) {
      evolve(state, event);
      history.push_back(event);
    }
  }
  RC_CLASSIFY(state.erased_on.has_value(), "erased");
  CaseState replayed;
  for (const Event& event : history) evolve(replayed, event);
  RC_ASSERT(replayed == state);
}

}  // namespace
}  // namespace rogatory::vault
