// SPDX-License-Identifier: EUPL-1.2

#include "crypto/age.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

namespace rogatory::crypto {
namespace {

constexpr std::size_t kMemory = std::size_t{1} << 24U;
/// Fast enough for a test.
constexpr int kLightWork = 4;

Bytes content_of(std::size_t size) {
  Bytes bytes(size);
  std::uint32_t state = 7;
  for (std::byte& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::byte>(state >> 24U);
  }
  return bytes;
}

SecretBytes secret(std::string_view text) {
  return SecretBytes(as_bytes(text));
}

std::vector<AgeRecipient> only(const X25519Recipient& recipient) {
  std::vector<AgeRecipient> recipients;
  recipients.emplace_back(recipient);
  return recipients;
}

std::vector<AgeIdentity> only(X25519Identity identity) {
  std::vector<AgeIdentity> identities;
  identities.emplace_back(std::move(identity));
  return identities;
}

std::vector<AgeIdentity> passphrase_identity(std::string_view text, int max_work_factor = 20) {
  std::vector<AgeIdentity> identities;
  identities.emplace_back(
      ScryptIdentity{.passphrase = secret(text), .max_work_factor = max_work_factor});
  return identities;
}

Bytes seal(ByteView content, std::span<const AgeRecipient> recipients) {
  MemorySink sink(kMemory);
  auto writer = AgeWriter::start(recipients, sink);
  EXPECT_TRUE(writer.ok());
  EXPECT_TRUE(writer->write(content).ok());
  EXPECT_TRUE(writer->finish().ok());
  return sink.take();
}

base::Result<Bytes> read_all(ByteSource& source) {
  Bytes out(kMemory);
  ROG_TRY(const std::size_t size, read_fully(source, out));
  out.resize(size);
  return out;
}

base::Result<Bytes> open(ByteView sealed, std::span<const AgeIdentity> identities) {
  MemorySource source(sealed);
  ROG_TRY(AgeReader reader, AgeReader::open(source, identities));
  return read_all(reader);
}

const std::vector<std::size_t> kSizes = {0,
                                         1,
                                         kAgeChunkBytes - 1,
                                         kAgeChunkBytes,
                                         kAgeChunkBytes + 1,
                                         2 * kAgeChunkBytes,
                                         16 * kAgeChunkBytes,
                                         33 * kAgeChunkBytes + 5};

TEST(Age, OpensWhatItSealed) {
  const X25519Identity identity = X25519Identity::generate();
  const auto recipients = only(identity.recipient());
  const auto identities = only(X25519Identity::parse(identity.to_secret_text()).take());
  for (const std::size_t size : kSizes) {
    const Bytes content = content_of(size);
    const Bytes sealed = seal(content, recipients);
    EXPECT_EQ(open(sealed, identities).value(), content) << size;
    const std::size_t header = parse_age_header(sealed)->size_bytes;
    EXPECT_EQ(age_sealed_bytes(header, size), sealed.size()) << size;
  }
}

TEST(Age, PartsOfAnySizeGiveTheSameContent) {
  const auto file_key = make_age_file_key();
  const X25519Identity identity = X25519Identity::generate();
  const auto recipients = only(identity.recipient());
  const Bytes content = content_of(5 * kAgeChunkBytes + 99);
  EXPECT_TRUE(rc::check("cut anywhere", [&](const std::vector<std::uint32_t>& cuts) {
    MemorySink sink(kMemory);
    auto writer = AgeWriter::start_with_key(file_key, recipients, sink);
    ByteView rest(content);
    for (const std::uint32_t cut : cuts) {
      const ByteView part = rest.first(std::min<std::size_t>(rest.size(), cut % 150'000));
      RC_ASSERT(writer->write(part).ok());
      rest = rest.subspan(part.size());
    }
    RC_ASSERT(writer->write(rest).ok());
    RC_ASSERT(writer->finish().ok());
    MemorySource source(sink.bytes());
    auto reader = AgeReader::open_with_key(source, file_key);
    Bytes opened;
    Bytes buffer(cuts.empty() ? 1000 : cuts[0] % 200'000 + 1);
    for (;;) {
      const auto size = reader->read(buffer).value();
      if (size == 0) break;
      opened.insert(opened.end(), buffer.begin(),
                    buffer.begin() + static_cast<std::ptrdiff_t>(size));
    }
    RC_ASSERT(opened == content);
  }));
}

TEST(Age, EveryRecipientOpensAndNobodyElse) {
  std::vector<AgeRecipient> recipients;
  std::vector<std::string> texts;
  for (int i = 0; i < 5; ++i) {
    const X25519Identity identity = X25519Identity::generate();
    recipients.emplace_back(identity.recipient());
    texts.push_back(identity.to_secret_text());
  }
  const Bytes content = content_of(1000);
  const Bytes sealed = seal(content, recipients);
  for (const std::string& text : texts) {
    EXPECT_EQ(open(sealed, only(X25519Identity::parse(text).take())).value(), content);
  }
  const auto refused = open(sealed, only(X25519Identity::generate()));
  EXPECT_EQ(refused.error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(open(sealed, {}).error().code, base::ErrorCode::kNotFound);
}

TEST(Age, APassphraseOpens) {
  std::vector<AgeRecipient> recipients;
  recipients.emplace_back(
      ScryptRecipient{.passphrase = secret("correct horse"), .work_factor = kLightWork});
  const Bytes sealed = seal(content_of(10), recipients);
  EXPECT_EQ(open(sealed, passphrase_identity("correct horse")).value(), content_of(10));
  EXPECT_EQ(open(sealed, passphrase_identity("wrong")).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(open(sealed, passphrase_identity("correct horse", kLightWork - 1)).error().code,
            base::ErrorCode::kLimit);
}

TEST(Age, RefusesRecipientsThatDoNotGoTogether) {
  const auto header = [](const std::vector<AgeRecipient>& recipients) {
    return make_age_header(make_age_file_key(), recipients);
  };
  const auto other = X25519Identity::generate().recipient();
  EXPECT_EQ(header({}).error().message, "a seal needs a recipient");
  std::vector<AgeRecipient> with_passphrase = only(other);
  with_passphrase.emplace_back(
      ScryptRecipient{.passphrase = secret("x"), .work_factor = kLightWork});
  EXPECT_EQ(header(with_passphrase).error().code, base::ErrorCode::kInvalidArgument);
  std::vector<AgeRecipient> mixed = only(other);
  mixed.emplace_back(HybridRecipient::from_bytes(Bytes(HybridRecipient::kBytes)).take());
  EXPECT_NE(header(mixed).error().message.find("as weak as"), std::string::npos);
  std::vector<AgeRecipient> heavy;
  heavy.emplace_back(ScryptRecipient{.passphrase = secret("x"), .work_factor = 64});
  EXPECT_EQ(header(heavy).error().code, base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(make_age_header(SecretBytes(17), only(other)).error().code,
            base::ErrorCode::kInvalidArgument);
}

TEST(Age, RefusesARecipientOfLowOrder) {
  const auto refused =
      make_age_header(make_age_file_key(), only(X25519Recipient(std::array<std::byte, 32>{})));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kParse);
}

TEST(Age, EveryFlippedBitOfHeaderAndBordersIsFound) {
  const X25519Identity identity = X25519Identity::generate();
  const auto identities = only(X25519Identity::parse(identity.to_secret_text()).take());
  Bytes sealed = seal(content_of(40), only(identity.recipient()));
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    const std::byte flip = std::byte{1} << (bit % 8);
    sealed[bit / 8] ^= flip;
    EXPECT_FALSE(open(sealed, identities).ok()) << bit;
    sealed[bit / 8] ^= flip;
  }
  EXPECT_TRUE(open(sealed, identities).ok());
}

TEST(Age, EveryCutIsFoundAndOnlyVerifiedBytesComeOut) {
  const X25519Identity identity = X25519Identity::generate();
  const auto identities = only(X25519Identity::parse(identity.to_secret_text()).take());
  const Bytes content = content_of(2 * kAgeChunkBytes + 10);
  const Bytes sealed = seal(content, only(identity.recipient()));
  const std::vector<std::size_t> cuts = {1,
                                         16,
                                         26,
                                         27,
                                         kAgeChunkBytes,
                                         kAgeChunkBytes + 42,
                                         kAgeChunkBytes + 43,
                                         2 * kAgeChunkBytes + 58,
                                         sealed.size() - 1};
  for (const std::size_t cut : cuts) {
    MemorySource source(ByteView(sealed).first(sealed.size() - cut));
    auto reader = AgeReader::open(source, identities);
    if (!reader.ok()) continue;
    Bytes out(content.size());
    std::size_t given = 0;
    for (;;) {
      const auto size = reader->read(std::span(out).subspan(given));
      if (!size.ok()) break;
      ASSERT_NE(*size, 0U) << "the cut of " << cut << " was not found";
      given += *size;
    }
    EXPECT_TRUE(
        std::equal(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(given), content.begin()));
    EXPECT_EQ(given % kAgeChunkBytes, 0U);
    EXPECT_FALSE(reader->read(out).ok()) << "an error stays";
  }
}

TEST(Age, ANewHeaderServesTheSamePayload) {
  const X25519Identity first = X25519Identity::generate();
  const X25519Identity second = X25519Identity::generate();
  const auto first_keys = only(X25519Identity::parse(first.to_secret_text()).take());
  const auto second_keys = only(X25519Identity::parse(second.to_secret_text()).take());
  const Bytes content = content_of(3 * kAgeChunkBytes);
  const Bytes sealed = seal(content, only(first.recipient()));
  MemorySource source(sealed);
  MemorySink sink(kMemory);
  ASSERT_TRUE(rewrap_file(source, first_keys, only(second.recipient()), sink).ok());
  const Bytes& rewrapped = sink.bytes();
  EXPECT_EQ(open(rewrapped, second_keys).value(), content);
  EXPECT_EQ(open(rewrapped, first_keys).error().code, base::ErrorCode::kNotFound);
  const auto payload = [](ByteView file) {
    return Bytes(file.begin() + static_cast<std::ptrdiff_t>(parse_age_header(file)->size_bytes),
                 file.end());
  };
  EXPECT_EQ(payload(rewrapped), payload(sealed));
  MemorySource again(sealed);
  EXPECT_EQ(rewrap_file(again, second_keys, only(second.recipient()), sink).error().code,
            base::ErrorCode::kNotFound);
}

TEST(Age, AHeaderIsNotRewrappedUnderAnotherFilesKey) {
  const X25519Identity identity = X25519Identity::generate();
  const Bytes sealed = seal(content_of(1), only(identity.recipient()));
  const auto header = parse_age_header(sealed).take();
  EXPECT_EQ(rewrap_header(header, make_age_file_key(), only(identity.recipient())).error().code,
            base::ErrorCode::kConflict);
  MemorySource source(sealed);
  EXPECT_EQ(AgeReader::open_with_key(source, make_age_file_key()).error().code,
            base::ErrorCode::kConflict);
}

TEST(Age, AHeaderHasALimit) {
  std::string text = "age-encryption.org/v1\n";
  while (text.size() <= kMaxAgeHeaderBytes) text += "-> x " + std::string(1000, 'y') + "\n\n";
  EXPECT_EQ(parse_age_header(as_bytes(text)).error().code, base::ErrorCode::kLimit);
  text = "age-encryption.org/v1\n";
  for (std::size_t i = 0; i <= kMaxAgeStanzas; ++i) text += "-> x\n\n";
  text += "--- " + std::string(43, 'A') + "\n";
  EXPECT_EQ(parse_age_header(as_bytes(text)).error().code, base::ErrorCode::kLimit);
}

TEST(Age, ErrorsOfAHeaderNameTheLine) {
  const auto refused = parse_age_header(as_bytes("age-encryption.org/v1\n-> a\n\n-> \n"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.line, 4);
  EXPECT_EQ(parse_age_header(as_bytes("age-encryption.org/v2\n")).error().code,
            base::ErrorCode::kUnsupported);
}

TEST(Age, TheHybridRecipientWorksWhereItCan) {
  if (!is_hybrid_available()) {
    std::vector<AgeRecipient> recipients;
    recipients.emplace_back(HybridRecipient::from_bytes(Bytes(HybridRecipient::kBytes)).take());
    EXPECT_EQ(make_age_header(make_age_file_key(), recipients).error().code,
              base::ErrorCode::kUnsupported);
    GTEST_SKIP() << "this OpenSSL has no ML-KEM-768";
  }
  const HybridIdentity identity = HybridIdentity::generate();
  std::vector<AgeRecipient> recipients;
  recipients.emplace_back(identity.recipient().take());
  std::vector<AgeIdentity> identities;
  identities.emplace_back(HybridIdentity::parse(identity.to_secret_text()).take());
  const Bytes sealed = seal(content_of(100), recipients);
  EXPECT_EQ(open(sealed, identities).value(), content_of(100));
  std::vector<AgeIdentity> others;
  others.emplace_back(HybridIdentity::generate());
  EXPECT_EQ(open(sealed, others).error().code, base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace rogatory::crypto
