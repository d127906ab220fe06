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
