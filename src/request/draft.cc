// SPDX-License-Identifier: EUPL-1.2

#include "request/draft.h"

#include <algorithm>
#include <set>
#include <utility>

#include "request/detail/clean_text.h"
#include "request/detail/yaml_writer.h"
#include "request/fill.h"

namespace rogatory::request {
namespace {

using base::Result;
using base::Shape;

constexpr std::string_view kFormat = "rogatory.request/1";

Result<BasisChosen> read_basis(const Shape& node) {
  ROG_CHECKED(node.allow_only({"instrument", "provision", "on"}));
  ROG_TRY(const Shape on, node.get("on"));
  ROG_TRY(const base::Date day, on.date());
  BasisChosen basis{.instrument = {}, .provision = {}, .on = day};
  ROG_TRY(basis.instrument, node.find_text("instrument"));
  ROG_TRY(basis.provision, node.get_text("provision"));
  return basis;
}

Result<ContentText> read_content(const Shape& node, const Kind& kind) {
  ROG_CHECKED(node.allow_only({"id", "text", "from_case"}));
  ContentText content;
  ROG_TRY(content.id, node.get_text("id"));
  const bool is_known = std::ranges::any_of(
      kind.contents, [&](const ContentUse& use) { return use.content->id == content.id; });
  if (!is_known)
    return node.error("a request of the kind `" + kind.id + "` has no content `" + content.id +
                      "`");
  ROG_TRY(content.text, node.find_text("text"));
  if (const auto from_case = node.find("from_case")) {
    ROG_TRY(content.is_from_case, from_case->boolean());
  }
  return content;
}

Result<std::vector<ContentText>> read_contents(const Shape& root, const Kind& kind) {
  std::vector<ContentText> out;
  std::set<std::string> seen;
  ROG_TRY(const std::vector<Shape> items, root.find_items("contents"));
  for (const Shape& item : items) {
    ROG_TRY(ContentText content, read_content(item, kind));
    if (!seen.insert(content.id).second)
      return item.error("the content `" + content.id + "` is there twice");
    out.push_back(std::move(content));
  }
  return out;
}

Result<void> read_lists(const Shape& root, Draft& draft) {
  ROG_TRY(const std::vector<Shape> conditions, root.find_items("conditions"));
  for (const Shape& item : conditions) {
    ROG_CHECKED(item.allow_only({"id", "text"}));
    Condition condition;
    ROG_TRY(condition.id, item.get_text("id"));
    ROG_TRY(condition.text, item.get_text("text"));
    draft.conditions.push_back(std::move(condition));
  }
  ROG_TRY(const std::vector<Shape> history, root.find_items("history"));
  for (const Shape& item : history) {
    ROG_CHECKED(item.allow_only({"of", "relation"}));
    Earlier earlier;
    ROG_TRY(earlier.of, item.get_text("of"));
    ROG_TRY(earlier.relation, item.get_text("relation"));
    const bool is_known = earlier.relation == "extends" || earlier.relation == "lapses" ||
                          earlier.relation == "follows";
    if (!is_known) return item.error("`relation` is extends, lapses or follows");
    draft.history.push_back(std::move(earlier));
  }
  return {};
}

// The place of a value of the case within the draft.
base::PlaceOf below_case(const base::PlaceOf& place_of) {
  return [&place_of](std::string_view pointer) {
    const std::string moved = "/case" + std::string(pointer);
    return place_of ? place_of(moved) : base::Place{.pointer = moved};
  };
}

std::string text_from_case(const CaseFile& file, const base::JsonObject& known,
                           const Content& content) {
  const auto own = std::ranges::find(file.texts, content.id, &TextOfCase::content);
  return own == file.texts.end() ? filled(known, content.fill) : own->text;
}

base::JsonArray contents_json(const Draft& draft) {
  base::JsonArray out;
  for (const ContentText& content : draft.contents) {
    base::JsonObject item{{"id", content.id}, {"text", content.text}};
    if (content.is_from_case) item["from_case"] = true;
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace

const ContentText* Draft::find_content(std::string_view content) const {
  const auto found = std::ranges::find(contents, content, &ContentText::id);
  return found == contents.end() ? nullptr : &*found;
}

Draft make_draft(const Kind& kind, CaseFile case_file, std::optional<BasisChosen> basis,
                 std::string corpus_digest) {
  Draft draft{.kind = kind.id,
              .id = case_file.id + '-' + kind.id,
              .case_file = std::move(case_file),
              .basis = std::move(basis),
              .corpus_digest = std::move(corpus_digest)};
  std::ranges::replace(draft.id, '_', '-');
  base::JsonObject known = draft.case_file.document;
  if (draft.basis) known["basis"] = draft.basis->words;
  for (const ContentUse& use : kind.contents) {
    std::string text = text_from_case(draft.case_file, known, *use.content);
    const bool is_from_case = !text.empty();
    draft.contents.push_back(
        {.id = use.content->id, .text = std::move(text), .is_from_case = is_from_case});
  }
  return draft;
}

base::Result<void> check_content_texts(const CaseFile& file, const KindBook& kinds) {
  for (const TextOfCase& text : file.texts) {
    if (kinds.find_content(text.content) != nullptr) continue;
    return base::Error{.code = base::ErrorCode::kSchema,
                       .message = "no request has a content `" + text.content + "`",
                       .context = {},
                       .place = text.place};
  }
  return {};
}

base::Result<Draft> read_draft(const base::Json& document, const KindBook& kinds,
                               const base::PlaceOf& place_of) {
  const Shape root(document, place_of);
  ROG_CHECKED(root.object());
  ROG_CHECKED(root.allow_only({"format", "kind", "id", "case", "basis", "contents", "conditions",
                               "history", "corpus_digest", "note"}));
  ROG_TRY(const std::string format, root.get_text("format"));
  if (format != kFormat) return root.error("unknown format `" + format + "`");
  ROG_CHECKED(detail::check_texts(root));
  Draft draft;
  ROG_TRY(draft.kind, root.get_text("kind"));
  const Kind* kind = kinds.find(draft.kind);
  if (kind == nullptr)
    return root.error("no kind of request `" + draft.kind + "`; `request kinds` lists them");
  ROG_TRY(draft.id, detail::read_id(root, detail::kMaxRequestId));
  ROG_TRY(const Shape case_node, root.get("case"));
  ROG_TRY(draft.case_file, read_case(case_node.json(), below_case(place_of)));
  ROG_CHECKED(check_content_texts(draft.case_file, kinds));
  if (const auto basis = root.find("basis")) {
    ROG_TRY(draft.basis, read_basis(*basis));
  }
  ROG_TRY(draft.contents, read_contents(root, *kind));
  ROG_CHECKED(read_lists(root, draft));
  ROG_TRY(draft.corpus_digest, root.find_text("corpus_digest"));
  return draft;
}

base::JsonObject to_json(const Draft& draft) {
  base::JsonObject out{{"format", kFormat}, {"kind", draft.kind}, {"id", draft.id}};
  if (draft.basis) {
    base::JsonObject basis{{"provision", draft.basis->provision},
                           {"on", draft.basis->on.to_string()}};
    if (!draft.basis->instrument.empty()) basis["instrument"] = draft.basis->instrument;
    out["basis"] = std::move(basis);
  }
  out["contents"] = contents_json(draft);
  if (!draft.conditions.empty()) {
    base::JsonArray conditions;
    for (const Condition& condition : draft.conditions) {
      conditions.push_back(base::JsonObject{{"id", condition.id}, {"text", condition.text}});
    }
    out["conditions"] = std::move(conditions);
  }
  if (!draft.history.empty()) {
    base::JsonArray history;
    for (const Earlier& earlier : draft.history) {
      history.push_back(base::JsonObject{{"of", earlier.of}, {"relation", earlier.relation}});
    }
    out["history"] = std::move(history);
  }
  out["case"] = draft.case_file.document;
  if (!draft.corpus_digest.empty()) out["corpus_digest"] = draft.corpus_digest;
  return out;
}

std::string to_yaml(const Draft& draft) {
  return detail::write_yaml(to_json(draft));
}

}  // namespace rogatory::request
