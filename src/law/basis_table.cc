// SPDX-License-Identifier: EUPL-1.2
#include "law/basis_table.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "law/detail/basis_candidates.h"
#include "law/detail/report_words.h"
#include "law/request_kinds.h"

namespace rogatory::law {
namespace {

using detail::Candidate;

/// What the table needs of a TreatyStatus.
struct Status {
  Bound bound = Bound::kUnknown;
  Confidence confidence = Confidence::kRecalled;
};

/// A field of CSV, quoted where it has to be.
void add_field(std::string_view text, std::string& out) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

/// Fills a table, kind by kind.
class BasisTable::Maker {
 public:
  Maker(const LawBook& book, BasisTable& out)
      : book_(book), out_(out), nothing_(Valuation::make(book, {}).take()) {
    for (const WorldState& state : book.world.states) {
      out_.states_.push_back(find_side(book, state.iso3).take());
    }
  }

  void run() {
    const std::size_t n = out_.states_.size();
    out_.cells_.resize(n * n * kRequestKinds.size());
    out_.reciprocity_.resize(n * kRequestKinds.size());
    for (std::size_t kind = 0; kind < kRequestKinds.size(); ++kind) fill(kind);
  }

 private:
  /// The candidates of one kind, apart by whom they can concern; positions keep their order.
  struct Candidates {
    std::vector<Candidate> all;
    std::vector<std::size_t> general;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> bilateral;
    std::vector<std::vector<std::size_t>> own_law;  ///< by requested State
    std::vector<bool> is_encoded;  ///< by position: not a channel, and no condition fails
    std::vector<const std::vector<Status>*> statuses;
  };

  const std::vector<Status>& statuses_of(const Instrument& instrument) {
    auto& out = statuses_[&instrument];
    if (!out.empty()) return out;
    for (const Side& side : out_.states_) {
      const TreatyStatus status = treaty_status(instrument, side, out_.on_);
      out.push_back({.bound = status.bound, .confidence = status.confidence});
    }
    return out;
  }

  /// The States that a bilateral treaty names.
  [[nodiscard]] std::vector<std::size_t> named_by(const Instrument& instrument) const {
    std::vector<std::size_t> out;
    const auto is_named = [&](const std::string& iso3) {
      return std::ranges::find(instrument.parties, iso3, &Party::state) !=
                 instrument.parties.end() ||
             std::ranges::find(instrument.signatories, iso3, &Signatory::state) !=
                 instrument.signatories.end();
    };
    for (std::size_t s = 0; s < out_.states_.size(); ++s) {
      if (is_named(out_.states_[s].iso3)) out.push_back(s);
    }
    return out;
  }

  Candidates gather(std::string_view kind) {
    Candidates out;
    out.all = detail::find_candidates(book_, kind, out_.on_);
    out.own_law.resize(out_.states_.size());
    for (std::size_t i = 0; i < out.all.size(); ++i) {
      const Candidate& candidate = out.all[i];
      const Provision& provision = book_.provisions[candidate.provision];
      out.is_encoded.push_back(
          provision.basis->by != BasisBy::kDirectChannel &&
          !detail::has_failed(detail::judge_conditions(nothing_, candidate.provision)));
      out.statuses.push_back(candidate.instrument == nullptr ? nullptr
                                                             : &statuses_of(*candidate.instrument));
      place(i, candidate, provision, out);
    }
    return out;
  }

  void place(std::size_t i, const Candidate& candidate, const Provision& provision,
             Candidates& out) const {
    if (candidate.instrument == nullptr) {
      for (std::size_t s = 0; s < out_.states_.size(); ++s) {
        if (out_.states_[s].iso3 == provision.owner) out.own_law[s].push_back(i);
      }
      return;
    }
    if (candidate.rank_class != InstrumentClass::kBilateral) {
      out.general.push_back(i);
      return;
    }
    const auto named = named_by(*candidate.instrument);
    for (const std::size_t a : named) {
      for (const std::size_t b : named) {
        if (a != b) out.bilateral[{a, b}].push_back(i);
      }
    }
  }

  void fill(std::size_t kind) {
    const Candidates candidates = gather(kRequestKinds[kind].id);
    const std::size_t n = out_.states_.size();
    for (std::size_t q = 0; q < n; ++q) {
      out_.reciprocity_[q * kRequestKinds.size() + kind] =
          detail::own_law(book_, out_.states_[q].iso3, kRequestKinds[kind].id, out_.on_)
              .reciprocity;
    }
    for (std::size_t r = 0; r < n; ++r) {
      for (std::size_t q = 0; q < n; ++q) {
        if (r != q) out_.cells_[out_.index(r, q, kind)] = answer(candidates, r, q);
      }
    }
  }

  BasisCell answer(const Candidates& candidates, std::size_t r, std::size_t q) {
    serving_.clear();
    possible_.clear();
    const auto pair = candidates.bilateral.find({r, q});
    const bool has_pair = pair != candidates.bilateral.end();
    for (const std::size_t i : candidates.general) consider(candidates, i, r, q);
    if (has_pair) {
      for (const std::size_t i : pair->second) consider(candidates, i, r, q);
    }
    for (const std::size_t i : candidates.own_law[q]) {
      if (candidates.is_encoded[i]) serving_.push_back(&candidates.all[i]);
    }
    BasisCell cell{.bilateral = has_pair ? Bilateral::kEncoded : Bilateral::kNotEncoded};
    if (serving_.empty()) {
      cell.reason = reason();
      return cell;
    }
    // The candidates lie in one array in the order of rank.
    std::ranges::sort(serving_);
    const auto first = std::ranges::find_if(
        serving_, [&](const Candidate* c) { return !detail::yields(*c, serving_); });
    const Candidate& basis = first == serving_.end() ? *serving_.front() : **first;
    cell.provision = basis.provision;
    cell.confidence = book_.provisions[basis.provision].citation.confidence;
    if (basis.instrument != nullptr) {
      const auto& statuses = statuses_.at(basis.instrument);
      cell.confidence =
          weaker(cell.confidence, weaker(statuses[r].confidence, statuses[q].confidence));
    }
    cell.is_provisional = cell.confidence == Confidence::kRecalled ||
                          detail::is_rank_open(book_, basis.rank_class, cell.bilateral);
    return cell;
  }

  void consider(const Candidates& candidates, std::size_t i, std::size_t r, std::size_t q) {
    const auto& statuses = *candidates.statuses[i];
    const Bound bound = std::min(statuses[r].bound, statuses[q].bound);
    if (bound == Bound::kNotBound) return;
    const Candidate& candidate = candidates.all[i];
    if (bound == Bound::kUnknown) {
      possible_.push_back(&candidate);
    } else if (candidates.is_encoded[i]) {
      serving_.push_back(&candidate);
    }
  }

  /// The part of none_known that names treaties which may serve after all.
  std::uint32_t reason() {
    std::ranges::sort(possible_);
    std::vector<const Instrument*> instruments;
    for (const Candidate* candidate : possible_) {
      if (std::ranges::find(instruments, candidate->instrument) == instruments.end()) {
        instruments.push_back(candidate->instrument);
      }
    }
    const auto [it, is_new] =
        reasons_.emplace(std::move(instruments), static_cast<std::uint32_t>(out_.reasons_.size()));
    if (is_new) out_.reasons_.push_back(detail::why_no_instrument(it->first));
    return it->second;
  }

  const LawBook& book_;
  BasisTable& out_;
  Valuation nothing_;
  std::unordered_map<const Instrument*, std::vector<Status>> statuses_;
  std::map<std::vector<const Instrument*>, std::uint32_t> reasons_;
  std::vector<const Candidate*> serving_;
  std::vector<const Candidate*> possible_;
};

BasisTable BasisTable::make(const LawBook& book, base::Date on) {
  BasisTable out(on);
  Maker(book, out).run();
  return out;
}

std::size_t BasisTable::index(std::size_t requesting, std::size_t requested,
                              std::size_t kind) const {
  return (requesting * states_.size() + requested) * kRequestKinds.size() + kind;
}

const BasisCell& BasisTable::at(std::size_t requesting, std::size_t requested,
                                std::size_t kind) const {
  return cells_[index(requesting, requested, kind)];
}

std::string BasisTable::none_known(const BasisCell& cell, std::size_t requested,
                                   std::size_t kind) const {
  return reasons_[cell.reason] +
         detail::why_not_own_law(reciprocity_[requested * kRequestKinds.size() + kind],
                                 states_[requested]);
}

std::size_t BasisTable::count_known(std::size_t kind) const {
  std::size_t out = 0;
  for (std::size_t i = kind; i < cells_.size(); i += kRequestKinds.size()) {
    if (cells_[i].provision && cells_[i].confidence != Confidence::kRecalled) ++out;
  }
  return out;
}

std::size_t BasisTable::count_none(std::size_t kind) const {
  std::size_t out = 0;
  for (std::size_t i = kind; i < cells_.size(); i += kRequestKinds.size()) {
    if (!cells_[i].provision) ++out;
  }
  // The diagonal has no answer.
  return out - states_.size();
}

std::size_t BasisTable::count_known_pairs() const {
  std::size_t out = 0;
  for (std::size_t at = 0; at < cells_.size(); at += kRequestKinds.size()) {
    const auto first = cells_.begin() + static_cast<std::ptrdiff_t>(at);
    out += std::any_of(first, first + kRequestKinds.size(), [](const BasisCell& cell) {
      return cell.provision && cell.confidence != Confidence::kRecalled;
    });
  }
  return out;
}

std::string BasisTable::to_csv(const LawBook& book) const {
  std::unordered_map<ProvisionIndex, std::string> answers;
  const auto answer_of = [&](ProvisionIndex i) -> const std::string& {
    std::string& out = answers[i];
    if (out.empty()) {
      add_field(book.provisions[i].id, out);
      out += ',';
      add_field(detail::cite_words(book, book.provisions[i]), out);
    }
    return out;
  };
  constexpr std::size_t kBytesOfRow = 96;
  std::string out =
      "requesting,requested,kind,answer,citation,confidence,provisional,bilateral,reason\r\n";
  out.reserve(cells_.size() * kBytesOfRow);
  for (std::size_t r = 0; r < states_.size(); ++r) {
    for (std::size_t q = 0; q < states_.size(); ++q) {
      for (std::size_t kind = 0; r != q && kind < kRequestKinds.size(); ++kind) {
        const BasisCell& cell = at(r, q, kind);
        out += states_[r].iso3;
        out += ',';
        out += states_[q].iso3;
        out += ',';
        out += kRequestKinds[kind].id;
        out += ',';
        out += cell.provision ? answer_of(*cell.provision) : "none_known,";
        out += ',';
        if (cell.provision) out += to_text(cell.confidence);
        out += cell.is_provisional ? ",yes," : ",no,";
        out += to_text(cell.bilateral);
        out += ',';
        if (!cell.provision) add_field(none_known(cell, q, kind), out);
        out += "\r\n";
      }
    }
  }
  return out;
}

}  // namespace rogatory::law
