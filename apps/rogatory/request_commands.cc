// SPDX-License-Identifier: EUPL-1.2
// `rogatory request kinds | new | check | ask | render | json`: from a case to a finished request.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/file.h"
#include "law/basis.h"
#include "law/report.h"
#include "render/plain_text.h"
#include "render/request_document.h"
#include "request/check.h"
#include "rogatory/case_input.h"
#include "rogatory/context.h"
#include "rogatory/pdf_maker.h"

namespace rogatory::app {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using request::Draft;
using request::KindBook;

struct RequestOptions {
  std::string kind;
  std::string input;
  std::string on;
  std::string basis;
  std::string language = "en";
  std::string created;
  std::string out;
  bool is_text = false;
  bool is_pdf = false;
  bool may_overwrite = false;
};

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The day given, or today in UTC.
base::Result<base::Date> day_of(const std::string& text) {
  ROG_TRY(const auto given, parse_date_option(text, "--on"));
  if (given) return *given;
  return base::Date::from_days(std::chrono::floor<std::chrono::days>(now()));
}

base::Result<KindBook> kinds_of(const corpus::Corpus& corpus) {
  return KindBook::read(corpus.request_kinds, corpus.request_contents, corpus.wording);
}

struct Loaded {
  const corpus::Corpus* corpus = nullptr;
  KindBook kinds;
  Draft draft;
  base::Date on;
};

base::Result<Loaded> load_draft(Context& context, const RequestOptions& options) {
  ROG_TRY(const InputDocument input, read_input_document(options.input));
  corpus::Wanted wanted = wanted_by(input);
  wanted.has_mappings = false;  // A draft has its conduct inside.
  ROG_TRY(const corpus::Corpus* corpus, context.corpus_for(wanted));
  ROG_TRY(KindBook kinds, kinds_of(*corpus));
  ROG_TRY(Draft draft, read_draft_file(input, kinds));
  ROG_TRY(const base::Date on, day_of(options.on));
  return Loaded{.corpus = corpus, .kinds = std::move(kinds), .draft = std::move(draft), .on = on};
}

/// Writes where `--out` says, or to standard output; a file that is there is kept unless told.
base::Result<void> deliver(const RequestOptions& options, const std::string& bytes) {
  if (options.out.empty() || options.out == "-") {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    return {};
  }
  if (!options.may_overwrite && std::filesystem::exists(options.out)) {
    return base::Error{
        .code = base::ErrorCode::kConflict,
        .message = fmt::format("`{}` is there already; use --force to replace it", options.out),
        .context = {},
        .place = {.file = options.out}};
  }
  return base::write_file_atomic(options.out, bytes);
}

// kinds ------------------------------------------------------------------------------------------

base::Result<void> list_kinds(Context& context) {
  ROG_TRY(const corpus::Corpus* corpus,
          context.corpus_for({.has_mappings = false}, corpus::Readiness::kToShow));
  ROG_TRY(const KindBook kinds, kinds_of(*corpus));
  JsonArray list;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [id, kind] : kinds.kinds()) {
    JsonArray contents;
    for (const request::ContentUse& use : kind.contents) {
      contents.push_back(
          JsonObject{{"id", use.content->id}, {"level", request::to_text(use.level)}});
    }
    list.push_back(JsonObject{{"kind", id},
                              {"group", kind.group},
                              {"title", kind.title.in("en").text},
                              {"contents", std::move(contents)}});
    rows.push_back({id, kind.group, kind.title.in("en").text});
  }
  law::Document out;
  out.heading(1, "Kinds of request");
  out.table({"Kind", "Group", "Title"}, std::move(rows));
  context.print(JsonObject{{"kinds", std::move(list)}}, out);
  return {};
}

// new --------------------------------------------------------------------------------------------

std::optional<request::BasisChosen> choose(const law::LawBook& book, const law::BasisAnswer& answer,
                                           const std::string& wanted) {
  const auto chosen_of = [&](const law::Basis& basis) {
    const law::Provision& provision = book.provisions[basis.provision];
    const bool is_treaty = basis.instrument != nullptr;
    return request::BasisChosen{
        .instrument = is_treaty ? basis.instrument->id : std::string(),
        .provision = provision.id,
        .on = answer.on,
        .words = (is_treaty ? basis.instrument->title : provision.act_title) + ", " +
                 provision.citation.cite};
  };
  if (wanted.empty()) {
    if (answer.governing() == nullptr) return std::nullopt;
    return chosen_of(*answer.governing());
  }
  for (const auto* list : {&answer.bases, &answer.channels}) {
    for (const law::Basis& basis : *list) {
      if (book.provisions[basis.provision].id == wanted) return chosen_of(basis);
    }
  }
  return std::nullopt;
}

base::Result<void> make_new(Context& context, const RequestOptions& options) {
  ROG_TRY(const InputDocument input, read_input_document(options.input));
  corpus::Wanted wanted = wanted_by(input);
  wanted.request_kind = options.kind;
  ROG_TRY(const corpus::Corpus* corpus, context.corpus_for(wanted));
  ROG_TRY(const KindBook kinds, kinds_of(*corpus));
  const request::Kind* kind = kinds.find(options.kind);
  if (kind == nullptr) {
    return not_found(
        fmt::format("no kind of request `{}`; `rogatory request kinds` lists them", options.kind));
  }
  ROG_TRY(request::CaseFile file, read_case_file(input, *corpus));
  ROG_CHECKED(request::check_content_texts(file, kinds));
  ROG_TRY(const base::Date on, day_of(options.on));
  const std::vector<law::Fact> facts = request::facts_of_request(file);
  ROG_TRY(const law::BasisAnswer answer,
          law::find_bases(corpus->book, {.requesting = file.requesting.state,
                                         .requested = file.requested.state,
                                         .kind = options.kind,
                                         .on = on,
                                         .facts = facts}));
  auto chosen = choose(corpus->book, answer, options.basis);
  if (!options.basis.empty() && !chosen) {
    return not_found(fmt::format("`{}` is no basis that serves here; `rogatory law basis` says why",
                                 options.basis));
  }
  const Draft draft =
      request::make_draft(*kind, std::move(file), std::move(chosen), corpus->book.digest);
  return deliver(options, context.output.is_json ? base::pretty_json(request::to_json(draft)) + '\n'
                                                 : request::to_yaml(draft));
}

// check, ask, json -------------------------------------------------------------------------------

base::Result<void> check(Context& context, const RequestOptions& options) {
  ROG_TRY(const Loaded loaded, load_draft(context, options));
  const law::LawBook& book = loaded.corpus->book;
  ROG_TRY(const request::CheckResult result,
          request::check_request(book, loaded.kinds, loaded.draft, loaded.on));
  law::Document out;
  request::write(book, loaded.draft, result, out);
  context.print(request::to_json(book, loaded.draft, result), out);
  if (!result.is_complete()) context.exit_code = kIncomplete;
  return {};
}

base::Result<void> ask(Context& context, const RequestOptions& options) {
  ROG_TRY(const Loaded loaded, load_draft(context, options));
  ROG_TRY(const request::AskResult result,
          request::ask_back(loaded.corpus->book, loaded.kinds, loaded.draft, loaded.on));
  law::Document out;
  request::write(result, out);
  context.print(request::to_json(result), out);
  return {};
}

base::Result<void> print_json(Context& context, const RequestOptions& options) {
  ROG_TRY(const Loaded loaded, load_draft(context, options));
  // Just these bytes: with a newline it would not be the form that is signed.
  return deliver(options, base::canonical_json(request::to_json(loaded.draft)));
}

// render -----------------------------------------------------------------------------------------

base::Result<render::PrintDocument> document_of(const Loaded& loaded,
                                                const RequestOptions& options) {
  const auto language = render::language_from_text(options.language);
  if (!language) {
    return usage_error(
        fmt::format("`{}` is none of the six languages ar, zh, en, fr, ru, es", options.language));
  }
  ROG_TRY(const request::CheckResult result,
          request::check_request(loaded.corpus->book, loaded.kinds, loaded.draft, loaded.on));
  const std::string created =
      options.created.empty() ? fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", now()) : options.created;
  return render::make_request_document(
      loaded.corpus->book, loaded.kinds, loaded.draft, result,
      {.language = *language, .on = loaded.on, .created = created});
}

base::Result<void> render_request(Context& context, RequestOptions options) {
  if (options.is_pdf == options.is_text) return usage_error("give either --pdf or --text");
  PdfMaker make_pdf = nullptr;
  if (options.is_pdf) {
    ROG_TRY(make_pdf, pdf_maker(context));
  }
  ROG_TRY(const Loaded loaded, load_draft(context, options));
  ROG_TRY(const render::PrintDocument document, document_of(loaded, options));
  if (options.is_text) {
    const std::string text = render::to_plain_text(document);
    const bool is_answer = context.output.is_json && options.out.empty();
    if (!is_answer) return deliver(options, text);
    context.print_json(JsonObject{{"language", options.language}, {"text", text}});
    return {};
  }
  if (options.out.empty()) options.out = loaded.draft.id + "-" + options.language + ".pdf";
  ROG_TRY(const std::string pdf, make_pdf(document));
  ROG_CHECKED(deliver(options, pdf));
  if (options.out == "-") return {};
  law::Document said;
  said.paragraph(fmt::format("{}: {} bytes, PDF/A-3, with the request inside as {}.", options.out,
                             pdf.size(), render::kEmbeddedRequest));
  context.print(
      JsonObject{{"file", options.out}, {"bytes", pdf.size()}, {"language", options.language}},
      said);
  return {};
}

// wiring -----------------------------------------------------------------------------------------

void add_on(CLI::App& command, RequestOptions& options) {
  command
      .add_option("--on", options.on,
                  "the day for which treaties and law are examined; today in UTC without it")
      ->type_name("DATE");
}

void add_out(CLI::App& command, RequestOptions& options, const char* what) {
  command.add_option("-o,--out", options.out, what)->type_name("FILE");
  command.add_flag("--force", options.may_overwrite, "replace a file that is there");
}

void add_draft(CLI::App& command, RequestOptions& options) {
  command
      .add_option("DRAFT", options.input, "a request as `request new` writes it, in YAML or JSON")
      ->required();
}

}  // namespace

void add_request_commands(CLI::App& app, Context& context) {
  CLI::App* group =
      app.add_subcommand("request", "Write requests for cooperation that are right first time.");
  group->require_subcommand(1);
  group->footer(
      "A case is described once (docs/formats/requests.md); then\n"
      "  rogatory request new preservation --case case.yaml -o request.yaml\n"
      "  rogatory request check request.yaml        # what is missing, with article and reason\n"
      "  rogatory request ask request.yaml          # what the requested State would ask back\n"
      "  rogatory request render request.yaml --lang fr --pdf\n"
      "Exit status of `check`: 0 complete, 1 something is missing or blocks, else as --help of the "
      "program says.");
  auto options = std::make_shared<RequestOptions>();

  CLI::App* kinds =
      group->add_subcommand("kinds", "List the kinds of request and what each contains.");
  bind(*kinds, context, [](Context& c) { return list_kinds(c); });

  CLI::App* made = group->add_subcommand(
      "new", "Make a draft from a case: contents filled, the legal basis that goes first chosen.");
  made->add_option("KIND", options->kind,
                   "such as preservation, stored_content, extradition; see `request kinds`")
      ->required();
  made->add_option("--case", options->input, "the case, in YAML or JSON")
      ->required()
      ->type_name("FILE");
  made->add_option("--basis", options->basis, "another basis than the first, by its id")
      ->type_name("ID");
  add_on(*made, *options);
  add_out(*made, *options, "where to write the draft; standard output without it");
  bind(*made, context, [options](Context& c) { return make_new(c, *options); });

  CLI::App* checked = group->add_subcommand(
      "check", "What is missing, under which article, why it matters; whether the basis stands.");
  add_draft(*checked, *options);
  add_on(*checked, *options);
  bind(*checked, context, [options](Context& c) { return check(c, *options); });

  CLI::App* asked = group->add_subcommand(
      "ask", "The least that the requested State would ask back, from its own law.");
  add_draft(*asked, *options);
  add_on(*asked, *options);
  bind(*asked, context, [options](Context& c) { return ask(c, *options); });

  CLI::App* rendered = group->add_subcommand(
      "render", "The request as PDF/A-3 or plain text in one of six languages.");
  add_draft(*rendered, *options);
  rendered->add_option("--lang", options->language, "ar, zh, en, fr, ru or es")->type_name("CODE");
  rendered->add_flag("--pdf", options->is_pdf, "PDF/A-3 with the request's JSON inside");
  rendered->add_flag("--text", options->is_text, "plain text, UTF-8");
  rendered
      ->add_option("--created", options->created,
                   "time of making, RFC 3339 UTC; equal times give equal bytes")
      ->type_name("TIME");
  add_on(*rendered, *options);
  add_out(*rendered, *options,
          "where to write; for --pdf <id>-<language>.pdf without it, for --text standard output");
  bind(*rendered, context, [options](Context& c) { return render_request(c, *options); });

  CLI::App* as_json =
      group->add_subcommand("json", "The request in canonical form (RFC 8785), as it is signed.");
  add_draft(*as_json, *options);
  add_out(*as_json, *options, "where to write; standard output without it");
  bind(*as_json, context, [options](Context& c) { return print_json(c, *options); });
}

}  // namespace rogatory::app
