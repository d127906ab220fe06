// SPDX-License-Identifier: EUPL-1.2
#include "law/basis.h"

#include <algorithm>
#include <map>

#include "law/detail/basis_candidates.h"
#include "law/request_kinds.h"
#include "law/valuation.h"

namespace rogatory::law {
namespace {

using detail::Candidate;

/// The published effect of a statement by which dual criminality becomes a condition.
constexpr std::string_view kDualCriminalityRequired = "dual_criminality_required";

base::Error invalid(std::string message) {
  return {.code = base::ErrorCode::kInvalidArgument,
          .message = std::move(message),
          .context = {},
          .place = {}};
}

std::string title_of(const Instrument& instrument) {
  return instrument.short_title.empty() ? instrument.title : instrument.short_title;
}

/// Does the list of Parties name exactly these two as sides of a treaty of their own?
bool is_between(const Instrument& instrument, const Side& a, const Side& b) {
  const auto names = [&](const Side& side) {
    const auto is_side = [&](const std::string& code) {
      return code == side.iso3 || (side.territory != nullptr && code == side.territory->of);
    };
    return std::ranges::any_of(instrument.parties,
                               [&](const Party& party) { return is_side(party.state); }) ||
           std::ranges::any_of(instrument.signatories,
                               [&](const Signatory& s) { return is_side(s.state); });
  };
  return names(a) && names(b);
}

std::string_view local_id(std::string_view id) {
  const std::size_t colon = id.find(':');
  return colon == std::string_view::npos ? id : id.substr(colon + 1);
}

/// A statement touches a basis when it names its provision or article, or another provision for
/// the same kind; one on a provision that is not encoded is shown rather than dropped.
bool touches(const LawBook& book, const Instrument& instrument, const Statement& statement,
             const Provision& basis, std::string_view kind) {
  if (statement.provision.empty()) return true;
  const std::string_view wanted = local_id(statement.provision);
  for (const ProvisionIndex i : book.provisions_of(instrument.id)) {
    const Provision& provision = book.provisions[i];
    if (local_id(provision.id) != wanted) continue;
    return provision.article == basis.article || detail::is_for(provision, kind);
  }
  return true;
}

class Finder {
 public:
  Finder(const LawBook& book, const Valuation& valuation, const Valuation& own_law_valuation,
         BasisAnswer& out)
      : book_(book), valuation_(valuation), own_law_valuation_(own_law_valuation), out_(out) {}

  void run() {
    const std::vector<Candidate> candidates = detail::find_candidates(book_, out_.kind, out_.on);
    std::vector<const Candidate*> serving;
    for (const Candidate& candidate : candidates) consider(candidate, serving);
    read_own_law();
    out_.bilateral = has_bilateral(candidates) ? Bilateral::kEncoded : Bilateral::kNotEncoded;
    add_bases(serving);
    if (out_.bases.empty()) out_.none_known = why_none();
    warn();
  }

 private:
  struct Statuses {
    TreatyStatus requesting;
    TreatyStatus requested;
  };

  const Statuses& statuses_of(const Instrument& instrument) {
    const auto it = statuses_.find(&instrument);
    if (it != statuses_.end()) return it->second;
    return statuses_
        .emplace(&instrument, Statuses{treaty_status(instrument, out_.requesting, out_.on),
                                       treaty_status(instrument, out_.requested, out_.on)})
        .first->second;
  }

  void consider(const Candidate& candidate, std::vector<const Candidate*>& serving) {
    const Provision& provision = book_.provisions[candidate.provision];
    if (candidate.instrument == nullptr) {
      if (provision.owner != out_.requested.iso3) return;
    } else if (!binds_both(candidate)) {
      return;
    }
    const bool is_own_law = candidate.instrument == nullptr;
    const auto conditions =
        detail::judge_conditions(is_own_law ? own_law_valuation_ : valuation_, candidate.provision);
    if (detail::has_failed(conditions)) {
      add_failed(candidate, conditions);
      return;
    }
    if (provision.basis->by == BasisBy::kDirectChannel) {
      out_.channels.push_back(make(candidate, conditions));
      return;
    }
    serving.push_back(&candidate);
    conditions_[candidate.provision] = conditions;
  }

  /// Records why not, once for each instrument.
  bool binds_both(const Candidate& candidate) {
    const Instrument& instrument = *candidate.instrument;
    const Statuses& statuses = statuses_of(instrument);
    const Bound weaker_one = std::min(statuses.requesting.bound, statuses.requested.bound);
    if (weaker_one == Bound::kBound) return true;
    const bool is_of_others = instrument.instrument_class == InstrumentClass::kBilateral &&
                              !is_between(instrument, out_.requesting, out_.requested);
    if (is_of_others) return false;
    const auto same = std::ranges::find_if(out_.not_available, [&](const NotAvailable& n) {
      return n.instrument == &instrument && n.code != NotAvailableCode::kConditionFailed;
    });
    if (same != out_.not_available.end()) {
      same->provisions.push_back(candidate.provision);
      return false;
    }
    out_.not_available.push_back({.code = weaker_one == Bound::kUnknown
                                              ? NotAvailableCode::kStatusUnknown
                                              : NotAvailableCode::kNotBound,
                                  .instrument = &instrument,
                                  .provisions = {candidate.provision},
                                  .requesting = statuses.requesting,
                                  .requested = statuses.requested,
                                  .reason = why_not(instrument, statuses, weaker_one),
                                  .confidence = confidence_of(statuses, weaker_one)});
    return false;
  }

  /// The sides that are bound no better than the weaker one, in words.
  [[nodiscard]] std::string why_not(const Instrument& instrument, const Statuses& statuses,
                                    Bound weaker_one) const {
    std::string out;
    if (statuses.requesting.bound == weaker_one) {
      out = status_words(instrument, out_.requesting, statuses.requesting);
    }
    if (statuses.requested.bound == weaker_one) {
      const std::string words = status_words(instrument, out_.requested, statuses.requested);
      if (words != out) out += (out.empty() ? "" : "; ") + words;
    }
    return out;
  }

  /// One side that is not bound is enough: the surest.
  static Confidence confidence_of(const Statuses& statuses, Bound weaker_one) {
    Confidence out = Confidence::kRecalled;
    for (const TreatyStatus* status : {&statuses.requesting, &statuses.requested}) {
      if (status->bound == weaker_one) out = std::max(out, status->confidence);
    }
    return out;
  }

  void add_failed(const Candidate& candidate, const std::vector<ConditionAnswer>& conditions) {
    NotAvailable out{.code = NotAvailableCode::kConditionFailed,
                     .instrument = candidate.instrument,
                     .provisions = {candidate.provision},
                     .requesting = {},
                     .requested = {},
                     .reason = {},
                     .confidence = book_.provisions[candidate.provision].citation.confidence};
    if (candidate.instrument != nullptr) {
      const Statuses& statuses = statuses_of(*candidate.instrument);
      out.requesting = statuses.requesting;
      out.requested = statuses.requested;
    }
    for (const ConditionAnswer& condition : conditions) {
      if (condition.value != Truth::kFalse) continue;
      out.reason += (out.reason.empty() ? "condition not met: " : "; condition not met: ") +
                    condition.says + (condition.cite.empty() ? "" : " (" + condition.cite + ")");
    }
    out_.not_available.push_back(std::move(out));
  }

  Basis make(const Candidate& candidate, std::vector<ConditionAnswer> conditions) {
    const Provision& provision = book_.provisions[candidate.provision];
    Basis out{.provision = candidate.provision,
              .instrument = candidate.instrument,
              .rank_class = candidate.rank_class,
              .conditions = std::move(conditions),
              .dual_criminality = provision.basis->dual_criminality,
              .confidence = provision.citation.confidence};
    if (candidate.instrument == nullptr) return out;
    const Statuses& statuses = statuses_of(*candidate.instrument);
    out.requesting = statuses.requesting;
    out.requested = statuses.requested;
    out.confidence = weaker(out.confidence,
                            weaker(statuses.requesting.confidence, statuses.requested.confidence));
    add_statements(provision, out);
    return out;
  }

  void add_statements(const Provision& provision, Basis& out) const {
    for (const Statement& statement : out.instrument->statements) {
      const bool is_of_requested = statement.state == out_.requested.iso3;
      if (!is_of_requested && statement.state != out_.requesting.iso3) continue;
      if (!statement.range.contains(out_.on)) continue;
      if (!touches(book_, *out.instrument, statement, provision, out_.kind)) continue;
      out.statements.push_back(&statement);
      if (is_of_requested && statement.effect == kDualCriminalityRequired) {
        out.dual_criminality = DualCriminalityRule::kRequired;
      }
    }
  }

  void read_own_law() {
    const detail::OwnLaw own = detail::own_law(book_, out_.requested.iso3, out_.kind, out_.on);
    out_.reciprocity = own.reciprocity;
    out_.reciprocity_provisions = own.provisions;
  }

  [[nodiscard]] bool has_bilateral(const std::vector<Candidate>& candidates) const {
    return std::ranges::any_of(candidates, [&](const Candidate& c) {
      return c.rank_class == InstrumentClass::kBilateral &&
             is_between(*c.instrument, out_.requesting, out_.requested);
    });
  }

  void add_bases(const std::vector<const Candidate*>& serving) {
    int rank = 0;
    for (const Candidate* candidate : detail::order(serving)) {
      Basis basis = make(*candidate, std::move(conditions_[candidate->provision]));
      basis.rank = ++rank;
      basis.is_rank_open = detail::is_rank_open(book_, candidate->rank_class, out_.bilateral);
      for (const Candidate* other : serving) {
        const Candidate* const one[] = {other};
        if (!detail::yields(*candidate, one)) continue;
        const std::string& id = book_.provisions[other->provision].owner;
        if (std::ranges::find(basis.yields_to, id) == basis.yields_to.end()) {
          basis.yields_to.push_back(id);
        }
      }
      out_.bases.push_back(std::move(basis));
    }
  }

  [[nodiscard]] std::string why_none() const {
    std::vector<const Instrument*> possible;
    for (const NotAvailable& n : out_.not_available) {
      if (n.is_possible()) possible.push_back(n.instrument);
    }
    return detail::why_no_instrument(possible) +
           detail::why_not_own_law(out_.reciprocity, out_.requested);
  }

  void warn() {
    for (const auto& [instrument, statuses] : statuses_) {
      if (!statuses.requesting.is_after_list && !statuses.requested.is_after_list) continue;
      if (!concerns(*instrument)) continue;
      const std::string day = instrument->parties_as_of ? instrument->parties_as_of->to_string()
                                                        : instrument->status_as_of;
      out_.warnings.push_back("the status of " + title_of(*instrument) + " was read for " + day +
                              ", the question is for " + out_.on.to_string());
    }
    std::ranges::sort(out_.warnings);
  }

  /// Is it shown in this answer at all?
  [[nodiscard]] bool concerns(const Instrument& instrument) const {
    const auto is_it = [&](const auto& one) { return one.instrument == &instrument; };
    return std::ranges::any_of(out_.bases, is_it) || std::ranges::any_of(out_.channels, is_it) ||
           std::ranges::any_of(out_.not_available, is_it);
  }

  const LawBook& book_;
  const Valuation& valuation_;
  const Valuation& own_law_valuation_;
  BasisAnswer& out_;
  std::map<const Instrument*, Statuses> statuses_;
  std::map<ProvisionIndex, std::vector<ConditionAnswer>> conditions_;
};

}  // namespace

std::string_view condition_word(Truth value) {
  switch (value) {
    case Truth::kTrue:
      return "met";
    case Truth::kFalse:
      return "failed";
    case Truth::kUnknown:
      return "open";
  }
  return "open";
}

std::string_view to_text(NotAvailableCode v) {
  switch (v) {
    case NotAvailableCode::kNotBound:
      return "not_bound";
    case NotAvailableCode::kStatusUnknown:
      return "status_unknown";
    case NotAvailableCode::kConditionFailed:
      return "condition_failed";
  }
  return "not_bound";
}

std::string_view to_text(Bilateral v) {
  switch (v) {
    case Bilateral::kEncoded:
      return "encoded";
    case Bilateral::kNotEncoded:
      return "not_encoded";
  }
  return "not_encoded";
}

std::string_view to_text(Reciprocity v) {
  switch (v) {
    case Reciprocity::kAllowed:
      return "allowed";
    case Reciprocity::kTreatyOnly:
      return "treaty_only";
    case Reciprocity::kNotEncoded:
      return "not_encoded";
  }
  return "not_encoded";
}

base::Result<BasisAnswer> find_bases(const LawBook& book, const BasisQuestion& question) {
  if (find_request_kind(question.kind) == nullptr) {
    std::string kinds;
    for (const RequestKind& kind : kRequestKinds) {
      kinds += (kinds.empty() ? "" : ", ") + std::string(kind.id);
    }
    return invalid("`" + question.kind + "` is no kind of request; the kinds are " + kinds);
  }
  BasisAnswer out;
  ROG_TRY(out.requesting, find_side(book, question.requesting));
  ROG_TRY(out.requested, find_side(book, question.requested));
  if (out.requesting.iso3 == out.requested.iso3) {
    return invalid("`" + out.requesting.iso3 + "` cannot ask itself");
  }
  out.kind = question.kind;
  out.on = question.on;
  ROG_TRY(const Valuation valuation, Valuation::make(book, question.facts));
  const Perspective own_law{.state = out.requested.iso3, .transposed_from = out.requesting.iso3};
  ROG_TRY(const Valuation own_law_valuation, Valuation::make(book, question.facts, own_law));
  Finder(book, valuation, own_law_valuation, out).run();
  return out;
}

}  // namespace rogatory::law
