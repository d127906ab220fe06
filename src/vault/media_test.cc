// SPDX-License-Identifier: EUPL-1.2
#include "vault/media.h"

#include <gtest/gtest.h>

#include <string>

namespace rogatory::vault {
namespace {

using namespace std::string_literals;

std::string_view media_of(const std::string& bytes) {
  return recognise_media(std::as_bytes(std::span(bytes)));
}

TEST(Media, IsRecognisedByTheFirstBytes) {
  EXPECT_EQ(media_of("EVF\x09\x0d\x0a\xff\x00\x01"s), "ewf");
  EXPECT_EQ(media_of("EVF2\x0d\x0a\x81\x00"s), "ewf2");
  EXPECT_EQ(media_of("PK\x03\x04 something"s), "zip");
  EXPECT_EQ(media_of("PK\x03\x04.....container.description"s), "aff4");
  EXPECT_EQ(media_of("%PDF-1.7"), "pdf");
  EXPECT_EQ(media_of("\x7f"
                     "ELF\x02"),
            "elf");
  EXPECT_EQ(media_of(""), "empty");
  EXPECT_EQ(media_of("2026-11-24 login root\n"), "text");
  EXPECT_EQ(media_of("gr\xc3\xbc\xc3"), "text") << "a character cut in two at the end";
  EXPECT_EQ(media_of("\x01\x02\x03"), "unknown");
}

TEST(Media, ABootSectorIsARawDisk) {
  std::string sector(512, '\0');
  sector[510] = '\x55';
  EXPECT_EQ(media_of(sector), "unknown");
  sector[511] = '\xaa';
  EXPECT_EQ(media_of(sector), "mbr");
}

TEST(Media, PartOfAMagicIsNone) {
  EXPECT_EQ(media_of("EVF"), "text");
  EXPECT_EQ(media_of("EVF\x09\x0d\x0a\xff"s), "unknown");
}

}  // namespace
}  // namespace rogatory::vault
