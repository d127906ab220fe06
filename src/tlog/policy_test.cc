// SPDX-License-Identifier: EUPL-1.2

#include "tlog/policy.h"

#include <gtest/gtest.h>

#include "tlog/signing_key.h"

namespace rogatory::tlog {
namespace {

using base::ErrorCode;

constexpr std::uint64_t kNow = 1764036000;

SigningKey key_of(std::string name, char seed, SignatureType type) {
  return SigningKey::make(std::move(name), type, std::vector<std::byte>(32, std::byte(seed)))
      .take();
}

/// One log and five witnesses of three States.
class PolicyTest : public testing::Test {
 protected:
  PolicyTest() {
    for (const char* name : {"x1", "x2", "x3", "y1", "y2"}) {
      witnesses_.push_back(key_of(std::string(name) + ".example",
                                  static_cast<char>(10 + witnesses_.size()),
                                  SignatureType::kEd25519Cosignature));
    }
  }

  std::string keys_text() const {
    std::string text = "log " + log_.key().to_text() + "\n";
    const std::vector<std::string> names = {"X1", "X2", "X3", "Y1", "Y2"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      text += "witness " + names[i] + " " + witnesses_[i].key().to_text() + "\n";
    }
    return text;
  }

  /// A checkpoint signed by the log, when asked, and by these witnesses.
  Note note_by(std::initializer_list<std::size_t> witnesses, bool has_log = true) const {
    Note note{.text = "log.example\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
              .signatures = {}};
    if (has_log) note.signatures.push_back(log_.signer().sign(note.text).take());
    for (const std::size_t i : witnesses) {
      note.signatures.push_back(witnesses_[i].signer().sign(note.text, kNow + i).take());
    }
    return note;
  }

  std::string quorum_text() const {
    return keys_text() +
           "group X-witnesses 2 X1 X2 X3\n"
           "group Y-witnesses any Y1 Y2\n"
           "group X-and-Y all X-witnesses Y-witnesses\n"
           "quorum X-and-Y\n";
  }

  ErrorCode code(const std::string& text) const {
    const auto policy = Policy::parse(text);
    return policy.ok() ? ErrorCode::kInternal : policy.error().code;
  }

  SigningKey log_ = key_of("log.example", 1, SignatureType::kEd25519);
  std::vector<SigningKey> witnesses_;
};

TEST_F(PolicyTest, QuorumOfTwoLevels) {
  const auto policy = Policy::parse(quorum_text());
  ASSERT_TRUE(policy.ok()) << policy.error().to_string();
  EXPECT_TRUE(policy->check(note_by({0, 1, 3})).ok());
  EXPECT_TRUE(policy->check(note_by({4, 2, 0, 1})).ok());
  for (const auto& note : {note_by({}), note_by({0, 3}), note_by({0, 1, 2}), note_by({3, 4})}) {
    const auto answer = policy->check(note);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, ErrorCode::kLint);
    EXPECT_NE(answer.error().message.find("quorum"), std::string::npos);
  }
}

TEST_F(PolicyTest, NamesAreOctetsAndShownAsText) {
  const std::string text = "log " + log_.key().to_text() + "\nwitness K\xFF " +
                           witnesses_[0].key().to_text() + "\nquorum K";
  const auto policy = Policy::parse(text + "\xFF\n");
  ASSERT_TRUE(policy.ok()) << policy.error().to_string();
  EXPECT_EQ(policy->witnesses()[0].name, "K\xEF\xBF\xBD");
  const auto other = Policy::parse(text + "\xFE\n");
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("`K\xEF\xBF\xBD` is not defined"), std::string::npos);
}

TEST_F(PolicyTest, TheAnswerSaysWhoAndWhen) {
  const auto policy = Policy::parse(quorum_text());
  const auto answer = policy->check(note_by({0, 1, 3}));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->log.key_name, "log.example");
  EXPECT_FALSE(answer->log.timestamp.has_value());
  ASSERT_EQ(answer->witnesses.size(), 3U);
  EXPECT_EQ(answer->witnesses[2].witness, "Y1");
  EXPECT_EQ(answer->witnesses[2].key_name, "y1.example");
  EXPECT_EQ(answer->witnesses[2].timestamp, kNow + 3);
  EXPECT_EQ(answer->quorum, "2 of 2 (X-and-Y)");
}

TEST_F(PolicyTest, AWitnessCountsOnce) {
  const auto policy = Policy::parse(keys_text() + "group two 2 X1 X2\nquorum two\n");
  EXPECT_FALSE(policy->check(note_by({0, 0})).ok());
  EXPECT_TRUE(policy->check(note_by({0, 0, 1})).ok());
}

TEST_F(PolicyTest, TheLogItselfMustSignUnderItsOrigin) {
  const auto policy = Policy::parse(keys_text() + "quorum X1\n");
  EXPECT_TRUE(policy->check(note_by({0})).ok());
  EXPECT_FALSE(policy->check(note_by({0}, /*has_log=*/false)).ok());
  // The same log key must not vouch for another origin.
  Note other{.text = "other.example\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
             .signatures = {}};
  other.signatures.push_back(log_.signer().sign(other.text).take());
  other.signatures.push_back(witnesses_[0].signer().sign(other.text, kNow).take());
  EXPECT_FALSE(policy->check(other).ok());
}

TEST_F(PolicyTest, QuorumNoneNeedsTheLogAlone) {
  const auto policy = Policy::parse("log " + log_.key().to_text() + "\nquorum none\n");
  ASSERT_TRUE(policy.ok());
  const auto answer = policy->check(note_by({0}));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->quorum, std::nullopt);
  EXPECT_EQ(answer->unknown_signatures, 1U);
}

TEST_F(PolicyTest, AWrongSignatureOfAnyKnownWitnessRefuses) {
  const auto policy = Policy::parse(keys_text() + "quorum X1\n");
  Note note = note_by({0, 4});
  note.signatures[2].bytes.back() ^= std::byte{1};
  EXPECT_FALSE(policy->check(note).ok());
}

TEST_F(PolicyTest, AnEmptyTreeWithAnotherRootIsRefused) {
  const auto policy = Policy::parse("log " + log_.key().to_text() + "\nquorum none\n");
  Note note{.text = "log.example\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            .signatures = {}};
  note.signatures.push_back(log_.signer().sign(note.text).take());
  EXPECT_EQ(policy->check(note).error().code, ErrorCode::kLint);
}

TEST_F(PolicyTest, BlanksCommentsUrlsAndOctetsAreRead) {
  const std::string text = "# a comment\n\n \t \n  # another\nlog\t " + log_.key().to_text() +
                           "  https://log.example/ \nwitness \xE2\x84\xAA " +
                           witnesses_[0].key().to_text() + " https://w.example/\nwitness K " +
                           witnesses_[1].key().to_text() + "\nquorum \xE2\x84\xAA";
  const auto policy = Policy::parse(text);
  ASSERT_TRUE(policy.ok()) << policy.error().to_string();
  EXPECT_EQ(policy->logs()[0].url, "https://log.example/");
  EXPECT_EQ(policy->witnesses()[0].url, "https://w.example/");
  // The Kelvin sign is not the letter K.
  EXPECT_FALSE(policy->check(note_by({1})).ok());
  EXPECT_TRUE(policy->check(note_by({0})).ok());
}

TEST_F(PolicyTest, WhatIsNoPolicyIsRefusedWithItsLine) {
  const std::string keys = keys_text();
  const std::string good = "quorum none\n";
  for (const std::string& text : {
           keys,
           keys + "quorum\n",
           keys + "quorum X9\n",
           keys + good + good,
           keys + "quorum none X1\n",
           keys + "what is this\n" + good,
           keys + "group g any X9\n" + good,
           keys + "group g any\n" + good,
           keys + "group g 0 X1\n" + good,
           keys + "group g 2 X1\n" + good,
           keys + "group g 01 X1\n" + good,
           keys + "group g most X1\n" + good,
           keys + "group X1 any X2\n" + good,
           keys + "group none any X1\n" + good,
           keys + "group g any none\n" + good,
           keys + "group g any g\n" + good,
           keys + "group g any X1 X1\n" + good,
           keys + "group g any X1\ngroup h any X1\n" + good,
           keys + "witness X1 " + witnesses_[0].key().to_text() + "\n" + good,
           keys + "witness Z " + witnesses_[0].key().to_text() + "\n" + good,
           keys + "log " + log_.key().to_text() + "\n" + good,
           keys + "log\n" + good,
           keys + "witness Z\n" + good,
           "quorum X1\n" + keys,
           keys + "quorum none\r\n",
           keys + std::string("quorum none\0\n", 13),
           keys + "quorum none\x7F\n",
       }) {
    EXPECT_EQ(code(text), ErrorCode::kParse)
        << text.substr(keys.size() < text.size() ? keys.size() : 0);
  }
  EXPECT_EQ(Policy::parse(keys + "what\n").error().place.line, 7);
}

TEST_F(PolicyTest, TwoNamesForOneKeyAreOneKey) {
  const SigningKey twin = key_of("twin.example", 10, SignatureType::kEd25519Cosignature);
  EXPECT_EQ(code(keys_text() + "witness Z " + twin.key().to_text() + "\nquorum none\n"),
            ErrorCode::kParse);
}

TEST_F(PolicyTest, KeysHaveTheTypeOfTheirRole) {
  EXPECT_EQ(code("log " + witnesses_[0].key().to_text() + "\nquorum none\n"), ErrorCode::kLint);
  EXPECT_EQ(code("witness X " + log_.key().to_text() + "\nquorum X\n"), ErrorCode::kLint);
}

TEST_F(PolicyTest, ThirtyTwoOfEachAreRead) {
  std::string text;
  for (int i = 0; i < 32; ++i) {
    const auto seed = static_cast<char>(100 + i);
    const std::string n = std::to_string(i);
    text += "log " + key_of("l" + n, seed, SignatureType::kEd25519).key().to_text() + "\n";
    text += "witness w" + n + " " +
            key_of("w" + n, seed, SignatureType::kEd25519Cosignature).key().to_text() + "\n";
    text += "group g" + n + " any w" + n + (i == 0 ? "" : " g" + std::to_string(i - 1)) + "\n";
  }
  const auto policy = Policy::parse(text + "quorum g31\n");
  ASSERT_TRUE(policy.ok()) << policy.error().to_string();
  EXPECT_EQ(policy->groups().size(), 32U);
}

}  // namespace
}  // namespace rogatory::tlog
