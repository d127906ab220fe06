// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/der.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <initializer_list>

#include "crypto/bytes.h"

namespace rogatory::crypto::detail {
namespace {

Bytes octets(std::initializer_list<int> values) {
  Bytes out;
  for (const int value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

bool is_read(const Bytes& bytes, std::uint8_t tag = kDerOctetString) {
  DerReader reader(bytes, "test");
  return reader.next(tag).ok() && reader.at_end();
}

bool is_passed_over(const Bytes& bytes) {
  DerReader reader(bytes, "test");
  return reader.next_any().ok() && reader.at_end();
}

RC_GTEST_PROP(Der, WhatIsWrittenIsRead, ()) {
  // Around the lengths at which the form of the length changes.
  const std::size_t size = *rc::gen::element<std::size_t>(0, 1, 127, 128, 255, 256, 65535, 65536);
  const Bytes content(size, std::byte{7});
  const Bytes element = der_element(kDerOctetString, content);
  DerReader reader(element, "test");
  const auto read = reader.next(kDerOctetString);
  RC_ASSERT(read.ok());
  RC_ASSERT(std::ranges::equal(read->content, content));
  RC_ASSERT(std::ranges::equal(read->whole, element));
  RC_ASSERT(reader.finish().ok());
  const std::size_t cut = *rc::gen::inRange<std::size_t>(0, element.size());
  RC_ASSERT(!is_read(Bytes(element.begin(), element.begin() + static_cast<std::ptrdiff_t>(cut))));
}

TEST(Der, LengthsAreTheShortest) {
  EXPECT_TRUE(is_read(octets({0x04, 0x01, 0x00})));
  EXPECT_FALSE(is_read(octets({0x04, 0x81, 0x01, 0x00})));
  EXPECT_FALSE(is_read(octets({0x04, 0x82, 0x00, 0x80})));
  EXPECT_FALSE(is_read(octets({0x04, 0x85, 0x01, 0x00, 0x00, 0x00, 0x00})));
  EXPECT_FALSE(is_read(octets({0x04, 0xFF})));
  EXPECT_FALSE(is_read(octets({0x1F, 0x81, 0x00}), 0x1F)) << "a tag of more than one octet";
  EXPECT_FALSE(is_read(octets({0x30, 0x00}))) << "another tag";
}

TEST(Der, IndefiniteLengthsArePassedOverOnly) {
  const Bytes nested = octets({0x30, 0x80, 0x30, 0x80, 0x04, 0x01, 0x07, 0x00, 0x00, 0x00, 0x00});
  EXPECT_TRUE(is_passed_over(nested));
  EXPECT_FALSE(is_read(nested, kDerSequence));
  EXPECT_FALSE(is_passed_over(octets({0x30, 0x80, 0x04, 0x01, 0x07, 0x00}))) << "no end";
  EXPECT_FALSE(is_passed_over(octets({0x04, 0x80, 0x00, 0x00}))) << "not constructed";
  Bytes deep;
  for (int i = 0; i < 100'000; ++i) append(deep, octets({0x30, 0x80}));
  EXPECT_FALSE(is_passed_over(deep));
}

TEST(Der, AlgorithmsHaveNoParameters) {
  const auto parsed = [](const Bytes& bytes) {
    DerReader reader(bytes, "test");
    return parse_algorithm(reader.next(kDerSequence).value());
  };
  const Bytes oid = der_oid("2.16.840.1.101.3.4.2.1");
  Bytes with_null = oid;
  append(with_null, octets({0x05, 0x00}));
  Bytes with_other = oid;
  append(with_other, octets({0x04, 0x00}));
  EXPECT_EQ(parsed(der_element(kDerSequence, oid)).value(), "2.16.840.1.101.3.4.2.1");
  EXPECT_EQ(parsed(der_element(kDerSequence, with_null)).value(), "2.16.840.1.101.3.4.2.1");
  EXPECT_FALSE(parsed(der_element(kDerSequence, with_other)).ok());
  EXPECT_FALSE(parsed(der_element(kDerSequence, octets({0x06, 0x00}))).ok());
}

}  // namespace
}  // namespace rogatory::crypto::detail
