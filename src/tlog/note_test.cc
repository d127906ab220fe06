// SPDX-License-Identifier: EUPL-1.2

#include "tlog/note.h"

#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "tlog/signing_key.h"

namespace rogatory::tlog {
namespace {

using base::ErrorCode;

constexpr std::string_view kExampleKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
/// The example of C2SP signed-note.
constexpr std::string_view kExample =
    "This is an example message.\n\n"
    "\xE2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

SigningKey key_of(std::string name, char seed, SignatureType type = SignatureType::kEd25519) {
  return SigningKey::make(std::move(name), type, std::vector<std::byte>(32, std::byte(seed)))
      .take();
}

Note signed_by(std::string text, std::span<const SigningKey> keys) {
  Note note{.text = std::move(text), .signatures = {}};
  for (const SigningKey& key : keys) note.signatures.push_back(key.signer().sign(note.text).take());
  return note;
}

TEST(Note, TheExampleOfTheSpecificationVerifies) {
  const auto key = VerifierKey::parse(kExampleKey);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->name(), "example.com/foo");
  EXPECT_EQ(key->to_text(), kExampleKey);
  const auto note = Note::parse(kExample);
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->text, "This is an example message.\n");
  EXPECT_EQ(note->to_text(), kExample);
  const auto verified = verify_note(*note, std::span(&*key, 1));
  ASSERT_TRUE(verified.ok());
  EXPECT_TRUE(verified->is_signed_by(0));
}

TEST(Note, TextMayHaveEmptyLines) {
  const std::vector<SigningKey> keys = {key_of("a.example", 1)};
  const Note note = signed_by("one\n\ntwo\n\n\nthree\n", keys);
  const auto again = Note::parse(note.to_text());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, note);
}

TEST(Note, SignaturesOfUnknownKeysAreIgnored) {
  const std::vector<SigningKey> keys = {key_of("a.example", 1), key_of("a.example", 2),
                                        key_of("b.example", 1)};
  Note note = signed_by("text\n", keys);
  // Those of unknown keys may be nonsense, even with the name or the id of a known one.
  note.signatures[1].bytes = {std::byte{9}};
  note.signatures[2].key_id = note.signatures[0].key_id;
  const auto verified = verify_note(note, std::vector{keys[0].key()});
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->signatures.size(), 1U);
  EXPECT_EQ(verified->unknown_signatures, 2U);
}

TEST(Note, AWrongSignatureOfAKnownKeyRefusesTheNote) {
  const std::vector<SigningKey> keys = {key_of("a.example", 1), key_of("b.example", 2)};
  Note note = signed_by("text\n", keys);
  note.signatures[1].bytes[7] ^= std::byte{1};
  const auto verified = verify_note(note, std::vector{keys[0].key(), keys[1].key()});
  ASSERT_FALSE(verified.ok());
  EXPECT_EQ(verified.error().code, ErrorCode::kLint);
  EXPECT_NE(verified.error().message.find("b.example"), std::string::npos);
  // It is well without knowing the second key.
  EXPECT_TRUE(verify_note(note, std::vector{keys[0].key()}).ok());
}

TEST(Note, AChangedTextOrNoKnownKeyIsRefused) {
  const std::vector<SigningKey> keys = {key_of("a.example", 1)};
  Note note = signed_by("text\n", keys);
  EXPECT_FALSE(verify_note(note, {}).ok());
  EXPECT_FALSE(verify_note(note, std::vector{key_of("a.example", 3).key()}).ok());
  note.text = "Text\n";
  EXPECT_FALSE(verify_note(note, std::vector{keys[0].key()}).ok());
}

TEST(Note, SixteenSignaturesAndMoreAreRead) {
  std::vector<SigningKey> keys;
  for (std::size_t i = 0; i < kMaxNoteSignatures; ++i) {
    keys.push_back(key_of("key" + std::to_string(i), static_cast<char>(i)));
  }
  Note note = signed_by("text\n", keys);
  const auto read = Note::parse(note.to_text());
  ASSERT_TRUE(read.ok());
  std::vector<VerifierKey> known;
  for (const SigningKey& key : keys) known.push_back(key.key());
  const auto verified = verify_note(*read, known);
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->signatures.size(), kMaxNoteSignatures);
  note.signatures.push_back(note.signatures[0]);
  EXPECT_EQ(Note::parse(note.to_text()).error().code, ErrorCode::kLimit);
}

TEST(Note, WhatIsNoNoteIsRefused) {
  const std::string line = std::string(kExample.substr(kExample.find("\n\n") + 2));
  const std::vector<std::string> wrong = {
      std::string(),
      std::string("\n"),
      std::string("text\n\n"),
      "text\n" + line,
      "text\n\n" + line + "\n",
      "text\n\n" + line.substr(0, line.size() - 1),
      "text\n\n- example.com/foo AAAAAAA=\n",
      "te\txt\n\n" + line,
      "te\xFFxt\n\n" + line,
      std::string("text\n\n\xE2\x80\x94 example.com/foo AAAAAAA\n"),
      std::string("text\n\n\xE2\x80\x94 example.com/foo AAAAAAB=\n"),
      std::string("text\n\n\xE2\x80\x94 example.com/foo AAAAAA==\n"),
      std::string("text\n\n\xE2\x80\x94 example.com/foo AAAA AAA=\n"),
      std::string("text\n\n\xE2\x80\x94 example.com+foo AAAAAAA=\n"),
      std::string("text\n\n\xE2\x80\x94  AAAAAAA=\n")};
  for (const std::string& text : wrong) {
    const auto note = Note::parse(text);
    ASSERT_FALSE(note.ok()) << text;
    EXPECT_EQ(note.error().code, ErrorCode::kParse) << text;
  }
  EXPECT_TRUE(Note::parse("text\n\n\xE2\x80\x94 example.com/foo AAAAAAA=\n").ok());
}

TEST(VerifierKey, WhatIsNoKeyIsRefused) {
  const std::string good(kExampleKey);
  const auto code = [](const std::string& text) { return VerifierKey::parse(text).error().code; };
  EXPECT_EQ(code("example.com/foo"), ErrorCode::kParse);
  EXPECT_EQ(code("example.com/foo+530d903a"), ErrorCode::kParse);
  EXPECT_EQ(code("example.com/foo+530D903A" + good.substr(24)), ErrorCode::kParse);
  EXPECT_EQ(code("example.com/foo+530d903b" + good.substr(24)), ErrorCode::kLint);
  EXPECT_EQ(code("example.com/fop+530d903a" + good.substr(24)), ErrorCode::kLint);
  EXPECT_EQ(code("example.com foo+530d903a" + good.substr(24)), ErrorCode::kParse);
  EXPECT_EQ(code(good + "A"), ErrorCode::kParse);
  // The types of ECDSA and of RFC 6962 are assigned and not ours.
  EXPECT_EQ(code("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
            ErrorCode::kUnsupported);
}

TEST(VerifierKey, NamesHaveNoSpacesOfAnyAlphabet) {
  EXPECT_TRUE(is_key_name("example.com/log"));
  EXPECT_TRUE(is_key_name("\xD0\xBB\xD0\xBE\xD0\xB3"));
  for (const char* name : {"", "a b", "a+b", "a\nb",
                           "a\xC2\xA0"
                           "b",
                           "a\xE2\x80\x83"
                           "b",
                           "a\xE3\x80\x80", "\xFF"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
}

TEST(VerifierKey, OneKeyHasAnotherIdInEachRole) {
  const SigningKey log = key_of("a.example", 1);
  const SigningKey witness = key_of("a.example", 1, SignatureType::kEd25519Cosignature);
  EXPECT_NE(log.key().id(), witness.key().id());
}

TEST(SigningKey, TextReadsBackAndTheIdIsChecked) {
  const SigningKey key = key_of("a.example", 1);
  const std::string text = key.secret_text();
  const auto again = SigningKey::parse(text);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->key(), key.key());
  std::string wrong = text;
  wrong[wrong.find("a.example")] = 'b';
  EXPECT_EQ(SigningKey::parse(wrong).error().code, ErrorCode::kLint);
  EXPECT_EQ(SigningKey::parse(text.substr(1)).error().code, ErrorCode::kParse);
  EXPECT_EQ(SigningKey::parse(text + "A").error().code, ErrorCode::kParse);
}

TEST(SigningKey, APublishedPairOfAnotherProgramFits) {
  // The test key of transparency-dev/tessera.
  const auto key = SigningKey::parse(
      "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg");
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->key().to_text(),
            "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
}

}  // namespace
}  // namespace rogatory::tlog
