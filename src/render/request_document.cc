// SPDX-License-Identifier: EUPL-1.2

#include "render/request_document.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "base/instant.h"
#include "base/text.h"
#include "law/answer.h"
#include "law/assess.h"
#include "law/entail.h"
#include "law/valuation.h"
#include "render/wording.h"

namespace rogatory::render {
namespace {

using base::Result;
using law::LawBook;
using law::Provision;
using request::CaseFile;
using request::ContentCheck;
using request::Draft;

/// English is the language in which the corpus paraphrases law.
constexpr char kCorpusLanguage[] = "en";
/// The content that names the basis; the document has a section of its own for it.
constexpr std::string_view kBasisContent = "basis";

/// Two empty lines: what is written by hand needs them.
constexpr char kRoomToSign[] = " \n ";

const law::WorldState* find_world_state(const LawBook& book, std::string_view iso3) {
  const auto found = std::ranges::find(book.world.states, iso3, &law::WorldState::iso3);
  return found == book.world.states.end() ? nullptr : &*found;
}

const std::string& name_in(const law::SixNames& names, Language language) {
  switch (language) {
    case Language::kAr:
      return names.ar;
    case Language::kZh:
      return names.zh;
    case Language::kEn:
      return names.en;
    case Language::kFr:
      return names.fr;
    case Language::kRu:
      return names.ru;
    case Language::kEs:
      return names.es;
  }
  return names.en;
}

class Builder {
 public:
  Builder(const LawBook& book, const request::KindBook& kinds, const Draft& draft,
          const request::CheckResult& check, const RequestDocumentOptions& options)
      : book_(book),
        kind_(*kinds.find(draft.kind)),
        draft_(draft),
        check_(check),
        options_(options),
        words_(kinds, options.language) {
    out_.language = options.language;
    out_.created = options.created;
  }

  Result<PrintDocument> run() {
    write_head();
    write_basis();
    write_contents();
    ROG_CHECKED(write_elements());
    write_conditions();
    write_missing();
    write_signature();
    write_annex();
    write_notices();
    attach();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const CaseFile& file() const { return draft_.case_file; }

  /// Free text, in the language of the case; marked where that is another than the document's.
  [[nodiscard]] Passage free(std::string text) const {
    const bool is_own = file().language.empty() || file().language == to_text(options_.language);
    return {.text = std::move(text), .language = is_own ? "" : file().language};
  }

  [[nodiscard]] Passage law_text(std::string text) const {
    return {.text = std::move(text),
            .language = options_.language == Language::kEn ? "" : kCorpusLanguage};
  }

  [[nodiscard]] std::string state_name(const std::string& iso3) const {
    if (const auto* state = find_world_state(book_, iso3))
      return name_in(state->names, options_.language);
    const auto territory = std::ranges::find(book_.world.territories, iso3, &law::Territory::iso3);
    return territory == book_.world.territories.end()
               ? iso3
               : name_in(territory->names, options_.language);
  }

  [[nodiscard]] std::string authority_of(const request::Office& office) {
    if (!office.name.empty()) return office.name;
    for (const law::Authority& authority : book_.world.authorities) {
      const bool concerns =
          authority.state == office.state &&
          std::ranges::find(authority.for_kinds, draft_.kind) != authority.for_kinds.end();
      if (concerns) return authority.name;
    }
    return words_("doc.authority_unknown");
  }

  void write_head() {
    const std::string title = words_.of(kind_.title);
    out_.title = title + " (" + draft_.id + ")";
    out_.subject = words_("doc.request");
    out_.author = authority_of(file().requesting) + ", " + state_name(file().requesting.state);
    out_.header = draft_.id + (file().is_exercise ? "  |  " + words_("doc.exercise") : "") +
                  "  |  " + words_("doc.draft");
    out_.footer = words_("doc.page", {{"page", "{page}"}, {"pages", "{pages}"}});
    if (file().is_exercise) out_.add_paragraph({.text = words_("doc.exercise"), .is_strong = true});
    out_.add_title(title);
    out_.add_paragraph({.text = words_.of(kind_.purpose)});
    out_.add_paragraph(
        {.text = words_("doc.from", {{"authority", authority_of(file().requesting)},
                                     {"state", state_name(file().requesting.state)}})});
    out_.add_paragraph({.text = words_("doc.to", {{"authority", authority_of(file().requested)},
                                                  {"state", state_name(file().requested.state)}})});
    Table table{.widths = {1, 3}, .header = {}, .rows = {}};
    table.rows.push_back(
        {{.text = words_("doc.reference"), .is_strong = true}, {.text = draft_.id}});
    if (!file().requesting.reference.empty())
      table.rows.back()[1].text += "; " + file().requesting.reference;
    table.rows.push_back(
        {{.text = words_("doc.date"), .is_strong = true}, {.text = options_.on.to_string()}});
    out_.add_table(std::move(table));
    for (const request::Earlier& earlier : draft_.history) {
      out_.add_paragraph(
          {.text = words_("doc.previous_" + earlier.relation, {{"id", earlier.of}})});
    }
  }

  [[nodiscard]] std::string owner_title(const Provision& provision) const {
    const law::Instrument* instrument = book_.find_instrument(provision.owner);
    if (instrument != nullptr) return instrument->title;
    return provision.act_title.empty() ? provision.owner : provision.act_title;
  }

  void write_basis() {
    out_.add_heading(words_("heading.legal_basis"));
    if (!draft_.basis) {
      out_.add_paragraph({.text = words_("notice.none_known"), .is_strong = true});
      return;
    }
    const Provision* provision = book_.find_provision(draft_.basis->provision);
    if (provision == nullptr) {
      out_.add_paragraph({.text = draft_.basis->provision});
      return;
    }
    cite(*provision);
    out_.add_paragraph(law_text(owner_title(*provision) + ", " + provision->citation.cite));
    if (provision->citation.confidence == law::Confidence::kRecalled)
      out_.add_note(words_("notice.recalled"));
  }

  /// Each content that has a text, under its label.
  void write_contents() {
    for (const ContentCheck& check : check_.contents) {
      const request::ContentText* content = draft_.find_content(check.use->content->id);
      const bool has_own_section = check.use->content->id == kBasisContent;
      if (content == nullptr || content->text.empty() || has_own_section) continue;
      out_.add_heading(words_.of(check.use->content->label));
      write_lines(*content, *check.use->content);
      if (check.use->content->id == "offences") write_offences();
    }
  }

  /// `PHL, DEU` as names of States; empty where the text is anything else.
  [[nodiscard]] std::string states_of(std::string_view text) const {
    std::string out;
    for (const std::string_view part : base::split(text, ',')) {
      const std::string code(base::trim(part));
      const std::string name = state_name(code);
      if (name == code) return {};
      out += (out.empty() ? "" : std::string(item_separator(options_.language))) + name;
    }
    return out;
  }

  /// One line of a content: a fixed value, a State or a provision that the corpus has in the words
  /// of the document, other text as written.
  Passage line_of(std::string text, const request::ContentText& content,
                  const request::Content& described) {
    if (content.is_from_case) {
      for (const std::string& prefix : described.values) {
        const std::string word = words_.value_of(prefix, text);
        if (word != text) return {.text = word};
      }
      if (std::string states = states_of(text); !states.empty()) return {.text = std::move(states)};
      if (const Provision* provision = book_.find_provision(text)) {
        return law_text(owner_title(*provision) + ", " + provision->citation.cite);
      }
    }
    return free(std::move(text));
  }

  void write_lines(const request::ContentText& content, const request::Content& described) {
    const bool is_list = content.text.find('\n') != std::string::npos;
    for (const std::string_view line : base::split(content.text, '\n')) {
      Passage passage = line_of(std::string(line), content, described);
      if (is_list) {
        out_.add_item(std::move(passage));
      } else {
        out_.add_paragraph(std::move(passage));
      }
    }
  }

  /// The offences alleged, in the words of the corpus where it has them, with the maximum penalty.
  void write_offences() {
    Table table{.widths = {3, 4, 2},
                .header = {{.text = words_("column.provision")},
                           {.text = words_("column.content")},
                           {.text = words_("column.maximum_penalty")}},
                .rows = {}};
    for (const request::AllegedOffence& offence : file().offences) {
      const std::string penalty =
          offence.max_months
              ? words_("field.months", {{"count", std::to_string(*offence.max_months)}})
              : words_("field.not_stated");
      if (const Provision* provision = book_.find_provision(offence.provision)) {
        cite(*provision);
        table.rows.push_back(
            {law_text(provision->citation.cite), law_text(provision->title), {.text = penalty}});
      } else {
        table.rows.push_back({free(offence.provision), free(offence.text), {.text = penalty}});
      }
    }
    if (!table.rows.empty()) out_.add_table(std::move(table));
  }

  Result<void> write_elements() {
    for (const conduct::Count& count : file().conduct.counts) {
      for (const request::AllegedOffence& offence : file().offences) {
        const auto index = book_.find_provision_index(offence.provision);
        if (index) ROG_CHECKED(write_elements_of(count, *index));
      }
    }
    write_dual();
    return {};
  }

  Result<void> write_elements_of(const conduct::Count& count, law::ProvisionIndex index) {
    const Provision& provision = book_.provisions[index];
    ROG_TRY(const law::Valuation valuation,
            law::Valuation::make(book_, count.facts,
                                 {.state = file().requesting.state, .transposed_from = {}}));
    const law::Assessment assessment = law::assess(valuation, index);
    out_.add_heading(words_("heading.elements"));
    out_.add_paragraph(law_text(provision.citation.cite + ": " + provision.title));
    if (!count.title.empty()) out_.add_paragraph(free(count.title));
    Table table{.widths = {4, 3, 4, 2},
                .header = {{.text = words_("column.element")},
                           {.text = words_("column.citation")},
                           {.text = words_("column.source")},
                           {.text = words_("column.status")}},
                .rows = {}};
    add_rows(assessment.proof, /*is_decided=*/assessment.verdict != law::Verdict::kUndetermined,
             table);
    out_.add_table(std::move(table));
    out_.add_paragraph(
        {.text = words_("column.verdict") + std::string(label_separator(options_.language)) +
                 words_.value_of("verdict", law::to_text(assessment.verdict)) + " (" +
                 words_.value_of("confidence", law::to_text(assessment.confidence)) + "). " +
                 words_("notice.assessment")});
    return {};
  }

  /// Once the verdict stands, only what it rests on is shown.
  void add_rows(const law::ProofNode& node, bool is_decided, Table& table) {
    const bool is_element =
        node.children.empty() && node.citation != nullptr && node.atom != law::kNoAtom;
    if (is_element && (node.is_decisive || !is_decided)) {
      table.rows.push_back({law_text(node.citation->says.empty() ? node.id : node.citation->says),
                            law_text(node.citation->cite),
                            free(sources_of(node)),
                            {.text = status_of(node)}});
    }
    for (const law::ProofNode& child : node.children) add_rows(child, is_decided, table);
  }

  static std::string sources_of(const law::ProofNode& node) {
    std::set<std::string> said;
    std::string out;
    for (const law::Fact* fact : node.facts) {
      if (fact->asserted_by.empty() || !said.insert(fact->asserted_by).second) continue;
      out += (out.empty() ? "" : "; ") + fact->asserted_by;
    }
    return out;
  }

  std::string status_of(const law::ProofNode& node) {
    if (node.value == law::Truth::kUnknown) return words_("status.unknown");
    const bool is_established =
        !node.facts.empty() && std::ranges::all_of(node.facts, [](const law::Fact* fact) {
          return fact->status == law::FactStatus::kEstablished;
        });
    const std::string how = words_(is_established ? "status.established" : "status.alleged");
    return node.value == law::Truth::kTrue
               ? how
               : how + std::string(label_separator(options_.language)) + words_("verdict.not_met");
  }

  void write_dual() {
    if (check_.dual.empty()) return;
    out_.add_heading(words_("heading.dual_criminality"));
    for (const request::DualCheck& dual : check_.dual) {
      std::string line = words_.value_of("verdict", law::to_text(dual.answer.verdict));
      if (dual.answer.is_provisional()) {
        line += std::string(item_separator(options_.language)) + words_("confidence.provisional");
      }
      out_.add_paragraph({.text = std::move(line)});
      for (const law::DualSlice& slice : dual.answer.slices) {
        for (const law::ProvisionIndex index : slice.requested.relied_on) {
          const Provision& provision = book_.provisions[index];
          if (cite(provision))
            out_.add_item(law_text(provision.citation.cite + ": " + provision.title));
        }
      }
    }
    for (const std::string& state : {file().requesting.state, file().requested.state}) {
      out_.add_note(words_("notice.not_reviewed", {{"state", state_name(state)}}));
    }
  }

  void write_conditions() {
    if (draft_.conditions.empty()) return;
    out_.add_heading(words_("heading.conditions"));
    for (const request::Condition& condition : draft_.conditions)
      out_.add_item(free(condition.text));
  }

  void write_missing() {
    if (check_.missing() == 0) return;
    out_.add_heading(words_("heading.missing"));
    Table table{.widths = {3, 3, 4},
                .header = {{.text = words_("column.content")},
                           {.text = words_("column.required_by")},
                           {.text = words_("column.why")}},
                .rows = {}};
    for (const ContentCheck& check : check_.contents) {
      if (!check.is_missing()) continue;
      std::string asked;
      for (const request::Rule* rule : check.asked_by)
        asked += (asked.empty() ? "" : "; ") + rule->cite;
      if (asked.empty()) asked = words_.value_of("level", to_text(check.use->level));
      table.rows.push_back({{.text = words_.of(check.use->content->label)},
                            {.text = asked},
                            law_text(check.use->content->why)});
    }
    out_.add_table(std::move(table));
  }

  void write_signature() {
    out_.add_heading(words_("heading.signature"));
    Table table{.widths = {1, 2}, .header = {}, .rows = {}};
    table.rows.push_back(
        {{.text = words_("field.signed_by", {{"authority", authority_of(file().requesting)}})},
         {.text = kRoomToSign}});
    for (const char* field : {"field.office_held", "field.place_date", "field.seal"}) {
      table.rows.push_back({{.text = words_(field)}, {.text = kRoomToSign}});
    }
    out_.add_table(std::move(table));
  }

  /// Notes a provision for the annex; true the first time.
  bool cite(const Provision& provision) {
    if (!cited_ids_.insert(provision.id).second) return false;
    cited_.push_back(&provision);
    return true;
  }

  void write_annex() {
    if (cited_.empty()) return;
    out_.add_heading(words_("heading.annex_provisions"));
    Table table{.widths = {3, 5, 2},
                .header = {{.text = words_("column.citation")},
                           {.text = words_("column.content")},
                           {.text = words_("column.confidence")}},
                .rows = {}};
    for (const Provision* provision : cited_) {
      const std::string says = provision->citation.says.empty()
                                   ? provision->title
                                   : provision->title + ": " + provision->citation.says;
      table.rows.push_back(
          {law_text(owner_title(*provision) + ", " + provision->citation.cite),
           law_text(says),
           {.text = words_.value_of("confidence", law::to_text(provision->citation.confidence))}});
    }
    out_.add_table(std::move(table));
  }

  void write_notices() {
    if (!file().language.empty() && file().language != to_text(options_.language)) {
      out_.add_note(
          words_("notice.free_text", {{"language", words_.value_of("language", file().language)}}));
    }
    out_.add_note(words_("notice.embedded", {{"file", kEmbeddedRequest}}));
    out_.add_note(words_("notice.digest", {{"digest", book_.digest}}));
    if (options_.language != Language::kEn) {
      out_.add_note(words_("notice.law_language", {{"language", words_("language.en")}}));
    }
    if (options_.language != Language::kEn && words_.has_unreviewed()) {
      out_.add_note(words_("notice.unreviewed", {{"language", words_("language.en")}}));
    }
  }

  void attach() {
    out_.attachments.push_back({.name = kEmbeddedRequest,
                                .mime = "application/json",
                                .description = words_("doc.request"),
                                .bytes = base::canonical_json(request::to_json(draft_))});
  }

  const LawBook& book_;
  const request::Kind& kind_;
  const Draft& draft_;
  const request::CheckResult& check_;
  const RequestDocumentOptions& options_;
  Wording words_;
  PrintDocument out_;
  std::vector<const Provision*> cited_;
  std::set<std::string> cited_ids_;
};

}  // namespace

base::Result<PrintDocument> make_request_document(const LawBook& book,
                                                  const request::KindBook& kinds,
                                                  const Draft& draft,
                                                  const request::CheckResult& check,
                                                  const RequestDocumentOptions& options) {
  if (!options.created.ends_with('Z') || !base::Instant::parse(options.created).ok()) {
    return base::Error{
        .code = base::ErrorCode::kInvalidArgument,
        .message = "`" + options.created + "` is no time in UTC, such as 2026-11-24T10:00:00Z",
        .context = {},
        .place = {}};
  }
  return Builder(book, kinds, draft, check, options).run();
}

}  // namespace rogatory::render
