// SPDX-License-Identifier: EUPL-1.2
//
// Both ways with the `age` program, where it is installed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/age_armor.h"
#include "crypto/digest.h"
#include "support/unpacked.h"

namespace rogatory::crypto {
namespace {

constexpr std::size_t kMemory = std::size_t{1} << 24U;

class AgeProgram : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v age >/dev/null && command -v age-keygen >/dev/null") != 0) {
      GTEST_SKIP() << "the programs age and age-keygen are not installed";
    }
    ASSERT_EQ(run("age-keygen -o key.txt 2>/dev/null"), 0);
    const std::string text = read("key.txt");
    const std::size_t at = text.find("AGE-SECRET-KEY-1");
    identities_.push_back(parse_age_identity(text.substr(at, text.find('\n', at) - at)).take());
    recipient_ = std::get<X25519Identity>(identities_[0]).recipient().to_text();
  }

  int run(const std::string& command) const {
    return std::system(("cd '" + folder_.path().string() + "' && " + command).c_str());
  }
  std::string read(const char* name) const { return test::read_test_file(folder_.path() / name); }
  void write(const char* name, std::string_view bytes) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << bytes;
  }

  static std::string content_of(std::size_t size) {
    std::string content(size, 'x');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * i >> 3U);
    return content;
  }

  std::vector<AgeRecipient> recipients() const {
    std::vector<AgeRecipient> recipients;
    recipients.push_back(parse_age_recipient(recipient_).take());
    return recipients;
  }

  std::string open(std::string_view sealed, bool is_armored) const {
    MemorySource file(as_bytes(sealed));
    ArmorReader armor(file);
    ByteSource& source = is_armored ? static_cast<ByteSource&>(armor) : file;
    auto reader = AgeReader::open(source, identities_);
    EXPECT_TRUE(reader.ok()) << reader.error().to_string();
    Bytes out(kMemory);
    const std::size_t size = read_fully(*reader, out).value();
    return std::string(as_text(ByteView(out).first(size)));
  }

  test::TempFolder folder_;
  std::vector<AgeIdentity> identities_;
  std::string recipient_;
};

const std::vector<std::size_t> kSizes = {0, 1, 65535, 65536, 65537, 131072, 1'500'000};

TEST_F(AgeProgram, ItsKeysReadAsOurs) {
  EXPECT_NE(read("key.txt").find("# public key: " + recipient_), std::string::npos);
}

TEST_F(AgeProgram, OpensWhatIsSealedHere) {
  for (const std::size_t size : kSizes) {
    for (const bool is_armored : {false, true}) {
      MemorySink sink(kMemory);
      ArmorWriter armor(sink);
      ByteSink& out = is_armored ? static_cast<ByteSink&>(armor) : sink;
      auto writer = AgeWriter::start(recipients(), out);
      ASSERT_TRUE(writer->write(as_bytes(content_of(size))).ok());
      ASSERT_TRUE(writer->finish().ok());
      if (is_armored) {
        ASSERT_TRUE(armor.finish().ok());
      }
      write("sealed.age", as_text(sink.bytes()));
      ASSERT_EQ(run("age -d -i key.txt sealed.age >opened"), 0) << size;
      EXPECT_EQ(read("opened"), content_of(size)) << size;
    }
  }
}

TEST_F(AgeProgram, SealsWhatOpensHere) {
  for (const std::size_t size : kSizes) {
    write("plain", content_of(size));
    ASSERT_EQ(run("age -r " + recipient_ + " -o sealed.age plain"), 0);
    EXPECT_EQ(open(read("sealed.age"), /*is_armored=*/false), content_of(size)) << size;
    ASSERT_EQ(run("age -a -r " + recipient_ + " -o sealed.txt plain"), 0);
    EXPECT_EQ(open(read("sealed.txt"), /*is_armored=*/true), content_of(size)) << size;
  }
}

TEST_F(AgeProgram, OpensWhatIsRewrappedHere) {
  const X25519Identity other = X25519Identity::generate();
  write("plain", content_of(200'000));
  write("other.txt", other.to_secret_text() + "\n");
  ASSERT_EQ(run("age -r " + recipient_ + " -o sealed.age plain"), 0);
  const std::string sealed = read("sealed.age");
  MemorySource source(as_bytes(sealed));
  MemorySink sink(kMemory);
  std::vector<AgeRecipient> others;
  others.emplace_back(other.recipient());
  ASSERT_TRUE(rewrap_file(source, identities_, others, sink).ok());
  write("rewrapped.age", as_text(sink.bytes()));
  ASSERT_EQ(run("age -d -i other.txt -o opened rewrapped.age"), 0);
  EXPECT_EQ(read("opened"), content_of(200'000));
  EXPECT_NE(run("age -d -i key.txt -o refused rewrapped.age 2>/dev/null"), 0);
}

}  // namespace
}  // namespace rogatory::crypto
