// SPDX-License-Identifier: EUPL-1.2

#include "corpus/coverage.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include "corpus/detail/request_document.h"
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

template <class F>
void for_each_request_citation(const base::JsonObject& request_kinds, const F& visit) {
  for (const auto& [kind, document] : request_kinds) {
    const CorpusFile file{
        .path = "requests/" + std::string(kind) + ".yaml", .doc = document, .lines = {}};
    std::vector<base::Error> faults;  // the shape was checked when the file was read
    for (const auto& citation : detail::request_citations(detail::Cursor(file, faults))) {
      visit(citation);
    }
  }
}

std::string_view subject_of(const law::Provision& provision) {
  switch (provision.kind) {
    case law::ProvisionKind::kSubstantive:
    case law::ProvisionKind::kInchoate:
      return "offences";
    case law::ProvisionKind::kBasis:
      return "bases";
    case law::ProvisionKind::kGround:
      return "grounds";
    case law::ProvisionKind::kClock:
      return "clocks";
    case law::ProvisionKind::kLiability:
    case law::ProvisionKind::kGeneral:
    case law::ProvisionKind::kProcedural:
    case law::ProvisionKind::kCooperation:
      return "other provisions";
  }
  return "";
}

constexpr std::array<std::string_view, 12> kSubjects = {
    "offences",         "bases",       "grounds", "clocks",
    "other provisions", "instruments", "Parties", "statements of Parties",
    "States",           "world",       "ranking", "kinds of request"};

// Counts by subject; one that states nothing has no entry.
class SubjectCount final {
 public:
  void add(std::string_view subject, const law::Citation& citation) {
    count(citation.confidence, counts_[subject]);
  }

  void add(const law::LawBook& book) {
    for (const auto& provision : book.provisions) {
      detail::for_each_citation(provision, adder(subject_of(provision)));
    }
    for (const auto& instrument : book.instruments) add(instrument);
    for (const auto& state : book.states) detail::for_each_citation(state, adder("States"));
    detail::for_each_world_citation(book.world, adder("world"));
    detail::for_each_ranking_citation(book.world, adder("ranking"));
  }

  std::vector<Coverage> take() {
    std::vector<Coverage> out;
    for (const std::string_view subject : kSubjects) {
      const auto it = counts_.find(subject);
      if (it == counts_.end()) continue;
      it->second.file = subject;
      out.push_back(std::move(it->second));
    }
    return out;
  }

  std::function<void(const law::Citation&)> adder(std::string_view subject) {
    return [this, subject](const law::Citation& citation) { add(subject, citation); };
  }

 private:
  void add(const law::Instrument& instrument) {
    detail::for_each_own_citation(instrument, adder("instruments"));
    detail::for_each_bound_citation(instrument, adder("Parties"));
    for (const auto& statement : instrument.statements) {
      add("statements of Parties", statement.citation);
    }
  }

  std::map<std::string_view, Coverage> counts_;
};

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

base::JsonArray list_json(std::span<const Coverage> list, std::string_view key) {
  base::JsonArray out;
  for (const Coverage& entry : list) {
    base::JsonObject object = counts(entry);
    object[key] = entry.file;
    out.push_back(std::move(object));
  }
  return out;
}

}  // namespace

std::vector<Coverage> count_coverage(const law::LawBook& book,
                                     const base::JsonObject& request_kinds) {
  std::map<std::string, Coverage> by_file;
  const auto add = [&](const law::Citation& citation) {
    count(citation.confidence, by_file[citation.place.file]);
  };
  detail::for_each_citation(book, add);
  for_each_request_citation(request_kinds, add);
  std::vector<Coverage> out;
  for (auto& [file, coverage] : by_file) {
    coverage.file = file;
    out.push_back(coverage);
  }
  return out;
}

std::vector<Coverage> count_by_subject(const law::LawBook& book,
                                       const base::JsonObject& request_kinds) {
  SubjectCount subjects;
  subjects.add(book);
  for_each_request_citation(request_kinds, subjects.adder("kinds of request"));
  return subjects.take();
}

std::vector<Coverage> count_foundations(const law::LawBook& book,
                                        const base::JsonObject& mappings) {
  std::vector<Coverage> out;
  std::map<std::string, Coverage> vocabulary;
  for (const law::Entailment& entailment : book.vocabulary.entailments) {
    Coverage& coverage = vocabulary[entailment.place.file];
    coverage.file = entailment.place.file;
    count(entailment.confidence, coverage);
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

base::Json coverage_json(std::span<const Coverage> files, std::span<const Coverage> subjects) {
  base::JsonObject out = counts(sum(files));
  out["files"] = list_json(files, "file");
  out["subjects"] = list_json(subjects, "subject");
  return out;
}

}  // namespace rogatory::corpus
