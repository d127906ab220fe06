// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/bdd.h"

#include <algorithm>
#include <limits>

namespace rogatory::law::detail {

std::size_t Bdd::KeyHash::operator()(const Key& k) const noexcept {
  std::uint64_t h = k.a * 0x9e3779b97f4a7c15ULL;
  h = (h ^ (h >> 29) ^ k.b) * 0xbf58476d1ce4e5b9ULL;
  h = (h ^ (h >> 32) ^ k.c) * 0x94d049bb133111ebULL;
  return static_cast<std::size_t>(h ^ (h >> 31));
}

Bdd::Bdd(std::size_t max_nodes) : max_nodes_(max_nodes) {
  constexpr auto kTerminal = std::numeric_limits<std::uint32_t>::max();
  nodes_.push_back({kTerminal, kFalse, kFalse});
  nodes_.push_back({kTerminal, kTrue, kTrue});
}

Bdd::Ref Bdd::variable(std::uint32_t level) {
  return make(level, kFalse, kTrue);
}

Bdd::Ref Bdd::make(std::uint32_t level, Ref low, Ref high) {
  if (low == high) return low;
  const auto [it, is_new] = unique_.emplace(Key{level, low, high}, static_cast<Ref>(nodes_.size()));
  if (!is_new) return it->second;
  if (nodes_.size() >= max_nodes_) {
    overflowed_ = true;
    unique_.erase(it);
    return kFalse;
  }
  nodes_.push_back({level, low, high});
  return it->second;
}

Bdd::Ref Bdd::ite(Ref f, Ref g, Ref h) {
  if (overflowed_) return kFalse;
  if (f == kTrue) return g;
  if (f == kFalse) return h;
  if (g == h) return g;
  if (g == kTrue && h == kFalse) return f;
  const Key key{f, g, h};
  if (const auto it = cache_.find(key); it != cache_.end()) return it->second;
  const std::uint32_t top = std::min({level(f), level(g), level(h)});
  const auto low = [&](Ref r) { return level(r) == top ? nodes_[r].low : r; };
  const auto high = [&](Ref r) { return level(r) == top ? nodes_[r].high : r; };
  const Ref r0 = ite(low(f), low(g), low(h));
  const Ref r1 = ite(high(f), high(g), high(h));
  const Ref result = make(top, r0, r1);
  cache_.emplace(key, result);
  return result;
}

}  // namespace rogatory::law::detail
