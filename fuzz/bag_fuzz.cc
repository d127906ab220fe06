// SPDX-License-Identifier: EUPL-1.2
//
// The text files of a bag: the first byte says which.

#include <cstdint>
#include <string_view>

#include "package/bag_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.empty()) return 0;
  const char which = text.front();
  text.remove_prefix(1);
  const package::BagDeclaration declaration{.major = which & 1, .minor = 97, .encoding = "UTF-8"};
  if (package::decode_tag_file(text, which & 2 ? "UTF-16" : "UTF-8").ok()) {
    (void)package::parse_bag_declaration(text);
    (void)package::parse_manifest(text, crypto::DigestName::kMd5, declaration);
    (void)package::parse_bag_info(text);
    (void)package::parse_fetch(text);
  }
  return 0;
}
