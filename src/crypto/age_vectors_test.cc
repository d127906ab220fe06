// SPDX-License-Identifier: EUPL-1.2
//
// The test kit of age (C2SP CCTV, read from vectors/age.tar.gz): whether a file opens, where it
// fails, and the digest of what came out. The vectors of the hybrid recipient need ML-KEM-768.

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/age_armor.h"
#include "crypto/digest.h"
#include "support/unpacked.h"

namespace rogatory::crypto {
namespace {

constexpr std::size_t kMemory = std::size_t{1} << 25U;

struct Vector {
  std::string name;
  std::string expect;
  std::string payload;
  bool is_armored = false;
  bool is_hybrid = false;
  std::vector<AgeIdentity> identities;
  Bytes file;
};

Bytes inflate(std::string_view packed) {
  Bytes bytes(kMemory);
  auto size = static_cast<uLongf>(bytes.size());
  const int done =
      uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                 reinterpret_cast<const Bytef*>(packed.data()), static_cast<uLong>(packed.size()));
  EXPECT_EQ(done, Z_OK);
  bytes.resize(size);
  return bytes;
}

/// Lines `key: value`, an empty line, the file.
Vector read_vector(const std::filesystem::path& path) {
  const std::string text = test::read_test_file(path);
  Vector vector{.name = path.filename().string()};
  bool is_compressed = false;
  std::size_t at = 0;
  for (;;) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    if (line.empty()) break;
    const std::string key = line.substr(0, line.find(": "));
    const std::string value = line.substr(line.find(": ") + 2);
    if (key == "expect") vector.expect = value;
    if (key == "payload") vector.payload = value;
    if (key == "armored") vector.is_armored = value == "yes";
    if (key == "compressed") is_compressed = value == "zlib";
    if (key == "passphrase") {
      vector.identities.emplace_back(ScryptIdentity{.passphrase = SecretBytes(as_bytes(value))});
    }
    if (key == "identity") {
      auto identity = parse_age_identity(value);
      EXPECT_TRUE(identity.ok()) << vector.name;
      vector.is_hybrid |= std::holds_alternative<HybridIdentity>(*identity);
      vector.identities.push_back(identity.take());
    }
  }
  vector.file = is_compressed ? inflate(text.substr(at)) : to_bytes(text.substr(at));
  return vector;
}

struct Outcome {
  std::string verdict;
  Bytes content;
};

/// The word of the test kit for an error before the payload.
std::string verdict_of(const base::Error& error) {
  if (error.message.find("armor") != std::string::npos) return "armor failure";
  if (error.message.find("authentication code is wrong") != std::string::npos)
    return "HMAC failure";
  if (error.code == base::ErrorCode::kNotFound) return "no match";
  return "header failure";
}

Outcome open(const Vector& vector, std::size_t buffer_bytes) {
  MemorySource file(vector.file);
  ArmorReader armor(file);
  ByteSource& source = vector.is_armored ? static_cast<ByteSource&>(armor) : file;
  auto reader = AgeReader::open(source, vector.identities);
  if (!reader.ok()) return {.verdict = verdict_of(reader.error()), .content = {}};
  Outcome outcome;
  Bytes buffer(buffer_bytes);
  for (;;) {
    const auto size = reader->read(buffer);
    if (!size.ok()) {
      const bool is_armor = size.error().message.find("armor") != std::string::npos;
      outcome.verdict = is_armor ? "armor failure" : "payload failure";
      return outcome;
    }
    if (*size == 0) break;
    outcome.content.insert(outcome.content.end(), buffer.begin(),
                           buffer.begin() + static_cast<std::ptrdiff_t>(*size));
  }
  outcome.verdict = "success";
  return outcome;
}

void check(const Vector& vector) {
  for (const std::size_t buffer_bytes : {std::size_t{1000}, std::size_t{1} << 20U}) {
    const Outcome outcome = open(vector, buffer_bytes);
    EXPECT_EQ(outcome.verdict, vector.expect) << vector.name;
    if (vector.payload.empty()) continue;
    EXPECT_EQ(sha256(outcome.content).hex(), vector.payload) << vector.name;
  }
}

std::vector<Vector> read_vectors(const std::filesystem::path& folder) {
  std::vector<Vector> vectors;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) vectors.push_back(read_vector(entry.path()));
  }
  return vectors;
}

TEST(AgeVectors, AllButTheHybridOnes) {
  const auto folder = test::unpack_shared("vectors/age.tar.gz");
  if (!folder) GTEST_SKIP() << "no shared data";
  int checked = 0;
  for (const Vector& vector : read_vectors(folder->path())) {
    if (vector.is_hybrid) continue;
    check(vector);
    ++checked;
  }
  RecordProperty("checked", checked);
  EXPECT_EQ(checked, 124);
}

TEST(AgeVectors, TheHybridOnes) {
  const auto folder = test::unpack_shared("vectors/age.tar.gz");
  if (!folder) GTEST_SKIP() << "no shared data";
  std::set<std::string> names;
  for (const Vector& vector : read_vectors(folder->path())) {
    if (!vector.is_hybrid) continue;
    names.insert(vector.name);
    if (is_hybrid_available()) check(vector);
  }
  EXPECT_EQ(names.size(), 19U);
  if (is_hybrid_available()) return;
  std::string all;
  for (const std::string& name : names) all += ' ' + name;
  GTEST_SKIP() << "this OpenSSL has no ML-KEM-768:" << all;
}

TEST(AgeVectors, TheFileKeyIsTheOneOfTheKit) {
  const auto folder = test::unpack_shared("vectors/age.tar.gz");
  if (!folder) GTEST_SKIP() << "no shared data";
  int checked = 0;
  for (const Vector& vector : read_vectors(folder->path())) {
    if (vector.expect != "success" || vector.is_armored || vector.is_hybrid) continue;
    const auto header = parse_age_header(vector.file);
    ASSERT_TRUE(header.ok()) << vector.name;
    const auto file_key = unwrap_age_header(*header, vector.identities);
    ASSERT_TRUE(file_key.ok()) << vector.name;
    EXPECT_EQ(hex(file_key->view()), hex(as_bytes("YELLOW SUBMARINE"))) << vector.name;
    ++checked;
  }
  EXPECT_GE(checked, 15);
}

}  // namespace
}  // namespace rogatory::crypto
