// SPDX-License-Identifier: EUPL-1.2
//
// What is refused is read from the shared vectors by age_vectors_test.cc; here is what they leave
// open.

#include "crypto/age_armor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace rogatory::crypto {
namespace {

constexpr std::size_t kMemory = std::size_t{1} << 24U;

std::string armored(ByteView bytes) {
  MemorySink sink(kMemory);
  ArmorWriter writer(sink);
  EXPECT_TRUE(writer.write(bytes.first(bytes.size() / 3)).ok());
  EXPECT_TRUE(writer.write(bytes.subspan(bytes.size() / 3)).ok());
  EXPECT_TRUE(writer.finish().ok());
  return std::string(as_text(sink.bytes()));
}

base::Result<Bytes> read_armor(std::string_view text) {
  MemorySource source(as_bytes(text));
  ArmorReader reader(source);
  Bytes out(kMemory);
  ROG_TRY(const std::size_t size, read_fully(reader, out));
  out.resize(size);
  return out;
}

TEST(Armor, LinesHave64Characters) {
  EXPECT_EQ(armored(Bytes(49, std::byte{0})), "-----BEGIN AGE ENCRYPTED FILE-----\n" +
                                                  std::string(64, 'A') +
                                                  "\nAA==\n-----END AGE ENCRYPTED FILE-----\n");
  EXPECT_EQ(armored({}), "-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----\n");
}

TEST(Armor, IsReadBack) {
  EXPECT_TRUE(rc::check("any bytes", [](const std::string& text) {
    RC_ASSERT(as_text(read_armor(armored(as_bytes(text))).value()) == text);
  }));
  for (const std::size_t size : {0U, 47U, 48U, 49U, 95U, 96U, 49152U, 49153U, 1000000U}) {
    const Bytes bytes(size, std::byte{0x5A});
    EXPECT_EQ(read_armor(armored(bytes)).value(), bytes) << size;
  }
}

TEST(Armor, ErrorsNameTheLine) {
  std::string text = armored(Bytes(200, std::byte{7}));
  text[35 + 65 + 3] = '*';
  const auto refused = read_armor(text);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kParse);
  EXPECT_EQ(refused.error().place.line, 3);
}

TEST(Armor, BlankSpaceHasALimit) {
  const std::string text = armored(Bytes(10));
  EXPECT_TRUE(read_armor(std::string(kMaxArmorBlankBytes, '\n') + text).ok());
  EXPECT_FALSE(read_armor(std::string(kMaxArmorBlankBytes + 1, '\n') + text).ok());
  EXPECT_TRUE(read_armor(text + std::string(kMaxArmorBlankBytes, ' ')).ok());
  EXPECT_FALSE(read_armor(text + std::string(kMaxArmorBlankBytes + 1, ' ')).ok());
}

TEST(Armor, AnErrorStays) {
  const std::string text = armored(Bytes(10)) + "x";
  MemorySource source(as_bytes(text));
  ArmorReader reader(source);
  Bytes out(100);
  EXPECT_FALSE(reader.read(out).ok());
  EXPECT_FALSE(reader.read(out).ok());
}

}  // namespace
}  // namespace rogatory::crypto
