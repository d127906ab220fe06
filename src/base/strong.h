// SPDX-License-Identifier: EUPL-1.2
//
// Identifiers that cannot be mistaken for one another. Values: any thread.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace rogatory::base {

/// Text with a meaning, one type per meaning. Ordered by bytes, hashable. What is a valid text is
/// the business of the code that makes one.
///
///     struct StateCodeTag;
///     using StateCode = StrongString<StateCodeTag>;
///     const StateCode france("FRA");
template <typename Tag>
class StrongString final {
 public:
  StrongString() = default;
  explicit StrongString(std::string text) : text_(std::move(text)) {}
  explicit StrongString(std::string_view text) : text_(text) {}
  explicit StrongString(const char* text) : text_(text) {}

  const std::string& str() const noexcept { return text_; }
  std::string_view view() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }

  auto operator<=>(const StrongString&) const = default;

  /// Prints the text where a test fails.
  friend void PrintTo(const StrongString& value, std::ostream* out) { *out << value.text_; }

 private:
  std::string text_;
};

/// A place in a table, one type per table. Ordered, hashable.
///
///     struct AtomTag;
///     using AtomIndex = StrongIndex<AtomTag>;
template <typename Tag>
class StrongIndex final {
 public:
  constexpr StrongIndex() = default;
  constexpr explicit StrongIndex(std::uint32_t value) : value_(value) {}

  constexpr std::uint32_t value() const noexcept { return value_; }
  /// For subscripts: `atoms[index.position()]`.
  constexpr std::size_t position() const noexcept { return value_; }

  auto operator<=>(const StrongIndex&) const = default;

  friend void PrintTo(const StrongIndex& value, std::ostream* out) {
    *out << std::to_string(value.value_);
  }

 private:
  std::uint32_t value_ = 0;
};

}  // namespace rogatory::base

template <typename Tag>
struct std::hash<rogatory::base::StrongString<Tag>> {
  std::size_t operator()(const rogatory::base::StrongString<Tag>& value) const noexcept {
    return std::hash<std::string_view>{}(value.view());
  }
};

template <typename Tag>
struct std::hash<rogatory::base::StrongIndex<Tag>> {
  std::size_t operator()(const rogatory::base::StrongIndex<Tag>& value) const noexcept {
    return std::hash<std::uint32_t>{}(value.value());
  }
};
