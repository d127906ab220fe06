// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/case_terms.h"

#include <algorithm>

#include "crypto/bytes.h"
#include "crypto/digest.h"

namespace rogatory::package {

base::JsonObject case_context() {
  return {{"kb", "https://rogatory.example/kb/"},
          {"case-investigation", "https://ontology.caseontology.org/case/investigation/"},
          {"uco-action", "https://ontology.unifiedcyberontology.org/uco/action/"},
          {"uco-core", "https://ontology.unifiedcyberontology.org/uco/core/"},
          {"uco-observable", "https://ontology.unifiedcyberontology.org/uco/observable/"},
          {"uco-role", "https://ontology.unifiedcyberontology.org/uco/role/"},
          {"uco-types", "https://ontology.unifiedcyberontology.org/uco/types/"},
          {"xsd", "http://www.w3.org/2001/XMLSchema#"}};
}

std::string case_id(std::string_view what, std::string_view key) {
  auto bytes = crypto::sha256(key).bytes;
  // RFC 4122 4.1.1 and 4.1.3.
  bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x50};
  bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
  const std::string hex = crypto::hex(std::span(bytes).first(16));
  return "kb:" + std::string(what) + '-' + hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' +
         hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' + hex.substr(20);
}

bool is_case_id(std::string_view text) {
  constexpr std::size_t kUuid = 36;
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return text.starts_with("kb:") && text.size() > 3 + kUuid && text.size() < 100 &&
         std::all_of(text.begin() + 3, text.end(), is_good) && text[text.size() - kUuid - 1] == '-';
}

}  // namespace rogatory::package
