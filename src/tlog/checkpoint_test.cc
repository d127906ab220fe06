// SPDX-License-Identifier: EUPL-1.2

#include "tlog/checkpoint.h"

#include <gtest/gtest.h>

#include "crypto/hash_tree.h"
#include "tlog/cosignature.h"
#include "tlog/signing_key.h"

namespace rogatory::tlog {
namespace {

using base::ErrorCode;

const std::string kRoot = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

TEST(Checkpoint, ReadsAndWritesItsThreeLines) {
  const std::string text = "example.com/behind-the-sofa\n20852163\n" + kRoot + "\n";
  const auto checkpoint = Checkpoint::parse(text);
  ASSERT_TRUE(checkpoint.ok());
  EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint->head.size, 20852163U);
  EXPECT_EQ(hash_text(checkpoint->head.root), kRoot);
  EXPECT_EQ(checkpoint->to_text(), text);
}

TEST(Checkpoint, ExtensionLinesAreKept) {
  const std::string text = "o\n1\n" + kRoot + "\nmore\nand more\n";
  const auto checkpoint = Checkpoint::parse(text);
  ASSERT_TRUE(checkpoint.ok());
  EXPECT_EQ(checkpoint->extensions.size(), 2U);
  EXPECT_EQ(checkpoint->to_text(), text);
}

TEST(Checkpoint, SizesGoToTwoToThe63MinusOne) {
  const auto with_size = [](const std::string& size) {
    return Checkpoint::parse("o\n" + size + "\n" + kRoot + "\n");
  };
  ASSERT_TRUE(with_size("9223372036854775807").ok());
  EXPECT_EQ(with_size("9223372036854775807")->head.size, kMaxTreeSize);
  for (const char* size : {"9223372036854775808", "18446744073709551616", "01", "00", "+1", "-1",
                           " 1", "1 ", "0x1", "1e3", "1.0"}) {
    EXPECT_FALSE(with_size(size).ok()) << size;
  }
}

TEST(Checkpoint, AnEmptyTreeHasTheEmptyRoot) {
  const auto wrong = Checkpoint::parse("o\n0\n" + kRoot + "\n");
  ASSERT_TRUE(wrong.ok());
  EXPECT_EQ(wrong->check_root().error().code, ErrorCode::kLint);
  const auto right = Checkpoint::parse("o\n0\n" + hash_text(crypto::empty_root()) + "\n");
  ASSERT_TRUE(right.ok());
  EXPECT_TRUE(right->check_root().ok());
}

TEST(Checkpoint, WhatIsNoCheckpointIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("o\n"), std::string("o\n1\n"), "o\n1\n" + kRoot,
        "\n1\n" + kRoot + "\n", "o\n\n" + kRoot + "\n", "o\n1\n" + kRoot + "\n\n",
        "o\n1\n" + kRoot + "\n\nmore\n", std::string("o\n1\nCsUY\n"), "o\n1\n" + kRoot + "=\n",
        "o\r\n1\r\n" + kRoot + "\r\n"}) {
    const auto checkpoint = Checkpoint::parse(text);
    ASSERT_FALSE(checkpoint.ok()) << text;
    EXPECT_EQ(checkpoint.error().code, ErrorCode::kParse) << text;
  }
}

class Cosignature : public testing::Test {
 protected:
  SigningKey witness_ = SigningKey::make("w.example", SignatureType::kEd25519Cosignature,
                                         std::vector<std::byte>(32, std::byte{7}))
                            .take();
  std::string text_ = "o.example\n1\n" + kRoot + "\n";
};

TEST_F(Cosignature, MessageIsTheTimeAndTheWholeText) {
  EXPECT_EQ(ed25519_cosigned_message(1679315147, "o\n1\nr\n"),
            "cosignature/v1\ntime 1679315147\no\n1\nr\n");
}

TEST_F(Cosignature, TellsItsTime) {
  const Note note{.text = text_, .signatures = {witness_.signer().sign(text_, 1764036000).take()}};
  const auto verified = verify_note(note, std::vector{witness_.key()});
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->signatures[0].timestamp, 1764036000U);
}

TEST_F(Cosignature, AnotherTimeIsAWrongSignature) {
  Note note{.text = text_, .signatures = {witness_.signer().sign(text_, 1764036000).take()}};
  note.signatures[0].bytes[7] ^= std::byte{1};
  EXPECT_FALSE(verify_note(note, std::vector{witness_.key()}).ok());
}

TEST_F(Cosignature, OnlyCheckpointsAreCosigned) {
  EXPECT_FALSE(witness_.signer().sign("hello\n", 1764036000).ok());
  EXPECT_FALSE(witness_.signer().sign(text_, 0).ok());
  EXPECT_FALSE(witness_.signer().sign(text_, kMaxTreeSize + 1).ok());
}

TEST_F(Cosignature, MlDsaMessageIsTheStructureOfTheSpecification) {
  const auto checkpoint = Checkpoint::parse(text_);
  const auto message = ml_dsa44_cosigned_message("w", 2, *checkpoint);
  ASSERT_TRUE(message.ok());
  std::string expected("subtree/v1\n\0", 12);
  expected += std::string("\1w", 2) + std::string("\0\0\0\0\0\0\0\2", 8);
  expected += std::string("\x09o.example", 10) + std::string(8, '\0');
  expected += std::string("\0\0\0\0\0\0\0\1", 8);
  const auto& root = checkpoint->head.root.bytes;
  expected.append(reinterpret_cast<const char*>(root.data()), root.size());
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(message->data()), message->size()), expected);
  EXPECT_FALSE(ml_dsa44_cosigned_message("", 2, *checkpoint).ok());
  EXPECT_FALSE(ml_dsa44_cosigned_message(std::string(256, 'w'), 2, *checkpoint).ok());
}

TEST_F(Cosignature, MlDsaIsVerifiedWhereOffered) {
  const auto key = SigningKey::make("w.example", SignatureType::kMlDsa44Cosignature,
                                    std::vector<std::byte>(32, std::byte{7}));
  if (!key.ok()) {
    EXPECT_EQ(key.error().code, ErrorCode::kUnsupported);
    // A signature that cannot be checked counts for nothing, and is told apart from unknown ones.
    const auto public_key = VerifierKey::make("w.example", SignatureType::kMlDsa44Cosignature,
                                              std::vector<std::byte>(1312, std::byte{1}));
    const SigningKey log = SigningKey::make("o.example", SignatureType::kEd25519,
                                            std::vector<std::byte>(32, std::byte{1}))
                               .take();
    Note note{.text = text_, .signatures = {log.signer().sign(text_).take()}};
    note.signatures.push_back({.name = "w.example",
                               .key_id = public_key->id(),
                               .bytes = std::vector<std::byte>(2428, std::byte{1})});
    const auto verified = verify_note(note, std::vector{log.key(), *public_key});
    ASSERT_TRUE(verified.ok());
    EXPECT_EQ(verified->unavailable_keys, std::vector<std::size_t>{1});
    EXPECT_FALSE(verified->is_signed_by(1));
    GTEST_SKIP() << "this OpenSSL has no ML-DSA-44: " << key.error().message;
  }
  Note note{.text = text_, .signatures = {key->signer().sign(text_, 1764036000).take()}};
  const auto verified = verify_note(note, std::vector{key->key()});
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->signatures[0].timestamp, 1764036000U);
  note.signatures[0].bytes.back() ^= std::byte{1};
  EXPECT_FALSE(verify_note(note, std::vector{key->key()}).ok());
}

}  // namespace
}  // namespace rogatory::tlog
