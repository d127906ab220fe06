// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/classify_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "rogatory/law_names.h"
#include "rogatory/progress.h"

namespace rogatory::app {
namespace {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using conduct::Count;
using law::LawBook;
using law::Perspective;
using law::StateLaw;

std::string dates_text(const Count& count) {
  if (!count.dates.from) return "date not stated";
  std::string out = count.dates.from->to_string();
  if (count.dates.until && *count.dates.until != *count.dates.from)
    out += " to " + count.dates.until->to_string();
  return out;
}

/// What one `law classify` gathers while it goes over counts and bodies of law.
class Classifier {
 public:
  Classifier(const Loaded& loaded, const ClassifyOptions& options, std::optional<Date> on)
      : loaded_(loaded), book_(loaded.corpus->book), options_(options), on_(on) {}

  base::Result<void> run(bool is_shown) {
    std::vector<std::string> under = options_.under;
    if (under.empty()) {
      for (const law::Instrument& i : book_.instruments) under.push_back(i.id);
    }
    write_head(loaded_, found_.out);
    const auto counts = chosen_counts(loaded_.conduct, options_.conduct.count);
    Progress progress(is_shown, counts.size(), "counts");
    for (const Count* count : counts) {
      found_.out.heading(
          2, fmt::format("Count {}: {} ({})", count->id, count->title, dates_text(*count)));
      for (const std::string& owner : under) ROG_CHECKED(classify(*count, owner));
      progress.advance();
    }
    return {};
  }

  Classified take() { return std::move(found_); }

 private:
  base::Result<void> classify(const Count& count, const std::string& owner) {
    if (const law::Instrument* instrument = find_instrument(book_, owner)) {
      return under_instrument(count, *instrument);
    }
    ROG_TRY(const StateLaw* state, state_law_of(book_, owner));
    return under_state(count, *state);
  }

  base::Result<void> under_instrument(const Count& count, const law::Instrument& instrument) {
    ROG_TRY(const auto valuation, law::Valuation::make(book_, count.facts));
    auto answer = law::classify_under_instrument(valuation, instrument);
    std::erase_if(answer.assessments,
                  [&](const law::Assessment& a) { return !is_wanted(a.provision); });
    if (answer.assessments.empty()) return {};
    law::write_instrument_answer(valuation, answer, found_.out);
    for (const law::Assessment& a : answer.assessments) add(count, valuation, a, nullptr);
    return {};
  }

  base::Result<void> under_state(const Count& count, const StateLaw& state) {
    const std::vector<const StateLaw*> states_concerned{&state};
    std::vector<std::optional<Date>> days;
    if (on_) {
      days.emplace_back(on_);
    } else {
      for (const auto& range : law::slices(book_, states_concerned, count.dates))
        days.emplace_back(range.from);
      if (days.empty()) days.emplace_back(std::nullopt);
    }
    const Perspective perspective{.state = state.iso3, .transposed_from = {}};
    ROG_TRY(const auto valuation, law::Valuation::make(book_, count.facts, perspective));
    for (const std::optional<Date>& day : days) {
      ROG_TRY(auto answer, law::classify_under_state(book_, state, count.facts, day, perspective));
      if (options_.only.empty()) {
        law::write_state_answer(valuation, answer, found_.out);
      } else {
        write_not_applied(answer);
      }
      JsonObject json = law::state_answer_json(book_, valuation, answer).as_object();
      json["count"] = count.id;
      found_.states.push_back(std::move(json));
      for (const law::Assessment& a : answer.assessments) {
        if (is_wanted(a.provision)) add(count, valuation, a, &answer);
      }
    }
    return {};
  }

  /// Of the provisions asked for, those of this State that have no verdict, and why.
  void write_not_applied(const law::StateAnswer& answer) {
    if (!answer.on) {
      found_.out.item(
          fmt::format("Not applied: the law of {}, as the day of the conduct is not stated.",
                      answer.state->name));
    }
    for (const law::NotApplicable& absent : answer.not_applicable) {
      if (!is_wanted(absent.provision)) continue;
      found_.out.item(fmt::format(
          "Not applied: {}: {} on {}.",
          law::provision_name(book_, book_.provisions[absent.provision]),
          absent.period == nullptr ? "encoded for other days only," : to_text(absent.period->state),
          answer.on->to_string()));
    }
  }

  [[nodiscard]] bool is_wanted(law::ProvisionIndex provision) const {
    return options_.only.empty() ||
           std::ranges::find(options_.only, book_.provisions[provision].id) != options_.only.end();
  }

  void add(const Count& count, const law::Valuation& valuation, const law::Assessment& a,
           const law::StateAnswer* state) {
    JsonObject json = law::assessment_json(valuation, a).as_object();
    json["count"] = count.id;
    if (state != nullptr) json["on"] = state->on ? Json(state->on->to_string()) : Json(nullptr);
    if (options_.is_brief) json.erase("explanation");
    found_.assessments.push_back(std::move(json));
    const bool is_close = a.verdict == law::Verdict::kMet || !options_.only.empty();
    if (!options_.is_brief && is_close) law::write_assessment(valuation, a, found_.out);
    if (options_.with_proof && is_close) law::write_proof(valuation, a.proof, found_.out);
  }

  const Loaded& loaded_;
  const LawBook& book_;
  const ClassifyOptions& options_;
  std::optional<Date> on_;
  Classified found_;
};

/// The id of an instrument or of a State whose law is encoded.
base::Result<std::string> owner_of(const LawBook& book, const std::string& name) {
  if (const law::Instrument* instrument = find_instrument(book, name)) return instrument->id;
  ROG_TRY(const StateLaw* state, state_law_of(book, name));
  return state->iso3;
}

/// The ids of the offences of `--only`. Without `--under` they say under what they are asked about;
/// beside it each has to be one of a body of law that is named there.
base::Result<void> resolve_only(const LawBook& book, ClassifyOptions& options) {
  std::vector<std::string> under;
  for (const std::string& name : options.under) {
    ROG_TRY(std::string id, owner_of(book, name));
    under.push_back(std::move(id));
  }
  for (std::string& id : options.only) {
    const law::Provision* provision = find_provision(book, id);
    if (provision == nullptr) return not_found(fmt::format("no provision `{}`", id));
    id = provision->id;
    if (!provision->is_offence()) {
      return usage_error(fmt::format("`{}` is no offence: no conduct falls under it", id));
    }
    if (std::ranges::find(under, provision->owner) != under.end()) continue;
    if (!options.under.empty()) {
      return usage_error(
          fmt::format("`{}` is one of {}, which no --under names", id, provision->owner));
    }
    under.push_back(provision->owner);
  }
  options.under = std::move(under);
  return {};
}

}  // namespace

base::Result<Classified> classify(const Loaded& loaded, const ClassifyOptions& options,
                                  std::optional<Date> on, bool is_shown) {
  Classifier classifier(loaded, options, on);
  ROG_CHECKED(classifier.run(is_shown));
  return classifier.take();
}

namespace {

base::Result<void> run_classify(Context& context, ClassifyOptions options) {
  ROG_TRY(const auto on, parse_date_option(options.on, "--on"));
  std::vector<std::string> owners = options.under;
  for (const std::string& id : options.only) owners.push_back(id.substr(0, id.find(':')));
  ROG_TRY(const Loaded loaded, load(context, options.conduct, owners));
  ROG_CHECKED(resolve_only(loaded.corpus->book, options));
  const bool is_shown = !context.output.is_json && is_watched();
  ROG_TRY(Classified classified, classify(loaded, options, on, is_shown));
  JsonObject json = head_json(loaded);
  json["assessments"] = std::move(classified.assessments);
  json["states"] = std::move(classified.states);
  context.print(std::move(json), classified.out);
  return {};
}

}  // namespace

void add_classify(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "classify",
      "a conduct under instruments and States' laws, with the proof for yes and for no");
  auto options = std::make_shared<ClassifyOptions>();
  add_conduct_options(*command, options->conduct);
  command
      ->add_option("--under", options->under,
                   "instrument id or State; may be repeated; all instruments when left out")
      ->type_name("ID");
  command
      ->add_option("--only", options->only,
                   "these offences only, each in full whatever the verdict; under the instruments "
                   "and States that have them when --under is left out")
      ->type_name("PROVISION");
  command
      ->add_option("--on", options->on,
                   "apply a State's law of this day instead of the day of the conduct")
      ->type_name("DATE");
  command->add_flag("--proof", options->with_proof, "print the proof trees");
  command->add_flag("--brief", options->is_brief, "tables of verdicts only");
  bind(*command, context, [options](Context& c) { return run_classify(c, *options); });
}

}  // namespace rogatory::app
