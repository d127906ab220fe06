// SPDX-License-Identifier: EUPL-1.2
//
// A draft in YAML or JSON is accepted, or refused with a place in it. An accepted one, written as
// YAML, reads back to the same bytes of canonical form, and a draft made from its case reads back.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "corpus/yaml_reader.h"
#include "request/draft.h"

namespace {

using namespace rogatory;

request::KindBook make_kinds() {
  base::JsonObject label;
  for (const std::string_view code : request::kLanguageCodes) label[code] = "x";
  base::JsonArray contents;
  base::JsonArray uses;
  for (const char* id : {"authority", "facts", "necessity"}) {
    base::JsonObject content{{"id", id}, {"ask", "?"}};
    content["label"] = label;
    content["fill"] = base::JsonArray{"/requesting/authority/name", "/persons/*/role"};
    contents.push_back(std::move(content));
    uses.push_back(base::JsonObject{{"use", id}, {"level", "essential"}});
  }
  base::JsonObject kind{{"kind", "preservation"}, {"group", "g"}};
  kind["title"] = label;
  kind["purpose"] = label;
  kind["contents"] = std::move(uses);
  return request::KindBook::read({{"preservation", kind}}, {{"contents", contents}},
                                 {{"strings", base::JsonArray{}}})
      .take();
}

/// Without the limits of a file: what is written is longer than what was read.
constexpr corpus::YamlLimits kWide{.max_bytes = std::size_t{64} * 1024 * 1024,
                                   .max_scalar_bytes = std::size_t{16} * 1024 * 1024};

void check_round_trip(const request::Draft& draft, const request::KindBook& kinds) {
  const auto document = corpus::read_yaml_document(request::to_yaml(draft), "written", kWide);
  ROG_ASSERT(document.ok());
  const auto again = request::read_draft(document->value, kinds);
  ROG_ASSERT(again.ok());
  ROG_ASSERT(base::canonical_json(to_json(*again)) == base::canonical_json(to_json(draft)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const request::KindBook kKinds = make_kinds();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = corpus::read_yaml_document(text, "fuzz");
  if (!document.ok()) return 0;
  const auto draft = request::read_draft(
      document->value, kKinds, [&](std::string_view pointer) { return document->place(pointer); });
  if (!draft.ok()) {
    ROG_ASSERT(draft.error().place.line > 0);
    return 0;
  }
  check_round_trip(*draft, kKinds);
  check_round_trip(
      request::make_draft(*kKinds.find("preservation"), draft->case_file, std::nullopt, "d"),
      kKinds);
  return 0;
}
