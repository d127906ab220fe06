// SPDX-License-Identifier: EUPL-1.2

#include "request/kind.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/shape.h"

namespace rogatory::request {
namespace {

using base::Result;
using base::Shape;

const base::PlaceOf kNowhere;

Result<SixTexts::Text> read_text(const Shape& node) {
  if (node.json().is_string()) {
    ROG_TRY(std::string text, node.text());
    return SixTexts::Text{.text = std::move(text)};
  }
  SixTexts::Text out;
  ROG_TRY(out.text, node.get_text("text"));
  ROG_TRY(const std::string translation, node.find_text("translation"));
  out.is_official = translation == "official";
  return out;
}

Result<SixTexts> read_six(const Shape& node) {
  SixTexts out;
  for (std::size_t i = 0; i < kLanguageCodes.size(); ++i) {
    ROG_TRY(const Shape text, node.get(kLanguageCodes[i]));
    ROG_TRY(out.texts[i], read_text(text));
  }
  return out;
}

/// What a document gives its rules where they do not say it themselves.
struct Defaults {
  law::Confidence confidence = law::Confidence::kRecalled;
  std::string source;
};

Result<Defaults> read_defaults(const Shape& root) {
  Defaults out;
  const auto node = root.find("defaults");
  if (!node) return out;
  ROG_TRY(const std::string confidence, node->find_text("confidence"));
  out.confidence = law::from_text<law::Confidence>(confidence).value_or(out.confidence);
  ROG_TRY(out.source, node->find_text("source"));
  return out;
}

Result<Rule> read_rule(const Shape& node, const Defaults& defaults) {
  Rule out;
  ROG_TRY(out.instrument, node.find_text("instrument"));
  ROG_TRY(out.cite, node.find_text("cite"));
  ROG_TRY(out.says, node.find_text("says"));
  ROG_TRY(out.source, node.find_text("source"));
  ROG_TRY(out.pin, node.find_text("pin"));
  ROG_TRY(out.note, node.find_text("note"));
  ROG_TRY(const std::string confidence, node.find_text("confidence"));
  out.confidence = law::from_text<law::Confidence>(confidence).value_or(defaults.confidence);
  const bool is_own_memory = !confidence.empty() && out.confidence == law::Confidence::kRecalled;
  if (out.source.empty() && !is_own_memory) out.source = defaults.source;
  return out;
}

Result<std::vector<Rule>> read_rules(const Shape& node, std::string_view key,
                                     const Defaults& defaults) {
  std::vector<Rule> out;
  ROG_TRY(const std::vector<Shape> items, node.find_items(key));
  for (const Shape& item : items) {
    ROG_TRY(Rule rule, read_rule(item, defaults));
    out.push_back(std::move(rule));
  }
  return out;
}

Result<KnownCause> read_known(const Shape& node) {
  ROG_TRY(const std::string known, node.find_text("known"));
  if (known == "yes") return KnownCause::kYes;
  if (known == "no") return KnownCause::kNo;
  return KnownCause::kUnknown;
}

Result<Content> read_content(const Shape& node, const Defaults& defaults) {
  Content out;
  ROG_TRY(out.id, node.get_text("id"));
  ROG_TRY(const Shape label, node.get("label"));
  ROG_TRY(out.label, read_six(label));
  ROG_TRY(out.ask, node.get_text("ask"));
  ROG_TRY(out.fill, node.find_texts("fill"));
  ROG_TRY(out.values, node.find_texts("values"));
  ROG_TRY(out.why, node.find_text("why"));
  if (const auto refusal = node.find("refusal")) {
    ROG_TRY(out.refusal, read_known(*refusal));
    ROG_TRY(out.refusal_rule, read_rule(*refusal, defaults));
  }
  return out;
}

Level level_from(std::string_view text) {
  if (text == "essential") return Level::kEssential;
  return text == "basis" ? Level::kBasis : Level::kUseful;
}

using Contents = std::map<std::string, Content, std::less<>>;

Result<ContentUse> read_use(const Shape& node, const Contents& contents, const Defaults& defaults) {
  ROG_TRY(const std::string id, node.get_text("use"));
  const auto found = contents.find(id);
  if (found == contents.end()) return node.error("no content `" + id + "`");
  ContentUse out{.content = &found->second, .level = Level::kUseful, .required_by = {}};
  ROG_TRY(const std::string level, node.get_text("level"));
  out.level = level_from(level);
  ROG_TRY(out.required_by, read_rules(node, "required_by", defaults));
  ROG_TRY(out.fact, node.find_text("fact"));
  return out;
}

Result<Kind> read_kind(const Shape& root, const Contents& contents) {
  ROG_TRY(const Defaults defaults, read_defaults(root));
  Kind out;
  ROG_TRY(out.id, root.get_text("kind"));
  ROG_TRY(out.group, root.get_text("group"));
  ROG_TRY(const Shape title, root.get("title"));
  ROG_TRY(out.title, read_six(title));
  ROG_TRY(const Shape purpose, root.get("purpose"));
  ROG_TRY(out.purpose, read_six(purpose));
  ROG_TRY(const std::vector<Shape> uses, root.find_items("contents"));
  for (const Shape& item : uses) {
    ROG_TRY(ContentUse use, read_use(item, contents, defaults));
    out.contents.push_back(std::move(use));
  }
  ROG_TRY(out.validity, read_rules(root, "validity", defaults));
  ROG_TRY(out.safeguards, read_rules(root, "safeguards", defaults));
  ROG_TRY(const std::vector<Shape> answers, root.find_items("answers"));
  for (const Shape& item : answers) {
    Answer answer;
    ROG_TRY(answer.id, item.get_text("id"));
    ROG_TRY(const Shape label, item.get("label"));
    ROG_TRY(answer.label, read_six(label));
    out.answers.push_back(std::move(answer));
  }
  return out;
}

template <class Map>
auto* find_in(Map& map, std::string_view id) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

const SixTexts::Text& SixTexts::in(std::string_view language) const {
  const auto found = std::ranges::find(kLanguageCodes, language);
  const auto english = std::ranges::find(kLanguageCodes, std::string_view("en"));
  const auto position =
      std::distance(kLanguageCodes.begin(), found == kLanguageCodes.end() ? english : found);
  return texts[static_cast<std::size_t>(position)];
}

std::string_view to_text(Level level) {
  switch (level) {
    case Level::kUseful:
      return "useful";
    case Level::kBasis:
      return "basis";
    case Level::kEssential:
      return "essential";
  }
  return {};
}

base::Result<KindBook> KindBook::read(const base::JsonObject& kinds,
                                      const base::JsonObject& contents,
                                      const base::JsonObject& wording) {
  KindBook out;
  const base::Json contents_value(contents);
  const Shape contents_root(contents_value, kNowhere);
  ROG_TRY(const Defaults defaults, read_defaults(contents_root));
  ROG_TRY(const std::vector<Shape> items, contents_root.find_items("contents"));
  for (const Shape& item : items) {
    ROG_TRY(Content content, read_content(item, defaults));
    out.contents_.emplace(content.id, std::move(content));
  }
  const base::Json wording_value(wording);
  ROG_TRY(const std::vector<Shape> strings, Shape(wording_value, kNowhere).find_items("strings"));
  for (const Shape& item : strings) {
    ROG_TRY(std::string id, item.get_text("id"));
    ROG_TRY(SixTexts texts, read_six(item));
    out.wording_.emplace(std::move(id), std::move(texts));
  }
  for (const auto& member : kinds) {
    auto kind = read_kind(Shape(member.value(), kNowhere), out.contents_);
    if (!kind.ok())
      return kind.take_error().with_context("while reading kind of request " +
                                            std::string(member.key()));
    out.kinds_.emplace(std::string(member.key()), kind.take());
  }
  return out;
}

const Kind* KindBook::find(std::string_view id) const {
  return find_in(kinds_, id);
}

const Content* KindBook::find_content(std::string_view id) const {
  return find_in(contents_, id);
}

const SixTexts* KindBook::find_wording(std::string_view id) const {
  return find_in(wording_, id);
}

}  // namespace rogatory::request
