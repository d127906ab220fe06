// SPDX-License-Identifier: EUPL-1.2

#include "corpus/coverage.h"

#include <algorithm>
#include <map>

#include "corpus/detail/walk.h"

namespace rogatory::corpus {
namespace {

constexpr std::size_t kNumberWidth = 10;

void count(law::Confidence confidence, Coverage& coverage) {
  switch (confidence) {
    case law::Confidence::kFound:
      ++coverage.found;
      return;
    case law::Confidence::kDerived:
      ++coverage.derived;
      return;
    case law::Confidence::kRecalled:
      ++coverage.recalled;
      return;
  }
}

Coverage sum(std::span<const Coverage> list) {
  Coverage out{.file = "total"};
  for (const Coverage& entry : list) {
    out.found += entry.found;
    out.derived += entry.derived;
    out.recalled += entry.recalled;
  }
  return out;
}

std::string right(const std::string& text) {
  return std::string(kNumberWidth - std::min(kNumberWidth, text.size()), ' ') + text;
}

std::string line(const std::string& file, std::size_t width, const std::string& found,
                 const std::string& derived, const std::string& recalled) {
  return file + std::string(width - std::min(width, file.size()), ' ') + right(found) +
         right(derived) + right(recalled) + '\n';
}

std::string line(const Coverage& entry, std::size_t width) {
  return line(entry.file, width, std::to_string(entry.found), std::to_string(entry.derived),
              std::to_string(entry.recalled));
}

std::string text_of(const base::JsonObject& object, std::string_view key) {
  const base::Json* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The confidence of an object of a mapping, or else that of what it stands in.
law::Confidence confidence_of(const base::JsonObject& object, law::Confidence inherited) {
  return law::from_text<law::Confidence>(text_of(object, "confidence")).value_or(inherited);
}

/// The objects of a list of objects under `key`.
std::vector<const base::JsonObject*> objects_of(const base::JsonObject& object,
                                                std::string_view key) {
  std::vector<const base::JsonObject*> out;
  const base::Json* list = object.if_contains(key);
  if (list == nullptr || !list->is_array()) return out;
  for (const base::Json& item : list->get_array()) {
    if (const auto* one = item.if_object()) out.push_back(one);
  }
  return out;
}

Coverage count_mapping(std::string_view name, const base::JsonObject& root) {
  Coverage out{.file = "mappings/" + std::string(name) + ".yaml"};
  const base::Json* defaults = root.if_contains("defaults");
  const auto* of_file = defaults == nullptr ? nullptr : defaults->if_object();
  const law::Confidence inherited = of_file == nullptr
                                        ? law::Confidence::kRecalled
                                        : confidence_of(*of_file, law::Confidence::kRecalled);
  for (const std::string_view key : {"places", "amounts"}) {
    for (const auto* item : objects_of(root, key)) count(confidence_of(*item, inherited), out);
  }
  for (const auto* rule : objects_of(root, "rules")) {
    const law::Confidence of_rule = confidence_of(*rule, inherited);
    for (const auto* fact : objects_of(*rule, "facts")) count(confidence_of(*fact, of_rule), out);
  }
  return out;
}

base::JsonObject counts(const Coverage& entry) {
  return {{"found", entry.found}, {"derived", entry.derived}, {"recalled", entry.recalled}};
}

}  // namespace

std::vector<Coverage> count_coverage(const law::LawBook& book) {
  std::map<std::string, Coverage> by_file;
  detail::for_each_citation(book, [&](const law::Citation& citation) {
    count(citation.confidence, by_file[citation.place.file]);
  });
  std::vector<Coverage> out;
  for (auto& [file, coverage] : by_file) {
    coverage.file = file;
    out.push_back(coverage);
  }
  return out;
}

std::vector<Coverage> count_coverage(const law::LawBook& book, const base::JsonObject& mappings) {
  std::vector<Coverage> out = count_coverage(book);
  std::map<std::string, Coverage> vocabulary;
  for (const law::Entailment& entailment : book.vocabulary.entailments) {
    Coverage& coverage = vocabulary[entailment.place.file];
    coverage.file = entailment.place.file;
    ++coverage.derived;
  }
  for (const auto& [file, coverage] : vocabulary) out.push_back(coverage);
  for (const auto& [name, document] : mappings) {
    const auto* root = document.if_object();
    if (root == nullptr) continue;
    Coverage coverage = count_mapping(name, *root);
    if (coverage.total() > 0) out.push_back(std::move(coverage));
  }
  std::ranges::sort(out, {}, &Coverage::file);
  return out;
}

std::string coverage_text(std::span<const Coverage> coverage) {
  std::size_t width = sum(coverage).file.size();
  for (const Coverage& entry : coverage) width = std::max(width, entry.file.size());
  std::string out = line("file", width, "found", "derived", "recalled");
  for (const Coverage& entry : coverage) out += line(entry, width);
  return out + line(sum(coverage), width);
}

base::Json coverage_json(std::span<const Coverage> coverage) {
  base::JsonArray files;
  for (const Coverage& entry : coverage) {
    base::JsonObject object = counts(entry);
    object["file"] = entry.file;
    files.push_back(std::move(object));
  }
  base::JsonObject out = counts(sum(coverage));
  out["files"] = std::move(files);
  return out;
}

}  // namespace rogatory::corpus
