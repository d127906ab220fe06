// SPDX-License-Identifier: EUPL-1.2
//
// A value or the reason why there is none. Dropping a Result is a compiler warning, hence an error.
// Values without shared state: any thread.
#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/assert.h"
#include "base/error.h"

namespace rogatory::base {

/// Holds a T or an Error.
///
///     Result<Date> deadline(std::string_view text) {
///       ROG_TRY(const Date received, Date::parse(text));   // returns the error, if any
///       return received.plus(std::chrono::days(10));
///     }
template <typename T = void>
class [[nodiscard]] Result final {
  static_assert(!std::is_reference_v<T> && !std::is_same_v<std::remove_cv_t<T>, Error>);

 public:
  using value_type = T;

  /// A success: from a T or anything that converts to it.
  template <typename U = T>
    requires(!std::same_as<std::remove_cvref_t<U>, Result> &&
             !std::same_as<std::remove_cvref_t<U>, Error> && std::convertible_to<U &&, T>)
  Result(U&& value) : held_(std::in_place_index<0>, std::forward<U>(value)) {}

  /// A failure.
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return held_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  /// The value, borrowed. Aborts when there is none: ask ok() first.
  const T& value() const& {
    ROG_ASSERT(ok());
    return *std::get_if<0>(&held_);
  }
  T& value() & {
    ROG_ASSERT(ok());
    return *std::get_if<0>(&held_);
  }
  T value() && { return take(); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T operator*() && { return take(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  /// Moves the value out. Aborts when there is none. The Result is spent afterwards.
  T take() {
    ROG_ASSERT(ok());
    return std::move(*std::get_if<0>(&held_));
  }

  /// The error, borrowed. Aborts when there is none.
  const Error& error() const& {
    ROG_ASSERT(!ok());
    return *std::get_if<1>(&held_);
  }
  Error error() && { return take_error(); }

  /// Moves the error out. Aborts when there is none.
  Error take_error() {
    ROG_ASSERT(!ok());
    return std::move(*std::get_if<1>(&held_));
  }

  /// The same Result; a failure gets one more line of context, to be written `while ...`.
  Result with_context(std::string line) && {
    if (ok()) return std::move(*this);
    return take_error().with_context(std::move(line));
  }

 private:
  std::variant<T, Error> held_;
};

/// Success without a value, or an Error. `return {};` is success.
template <>
class [[nodiscard]] Result<void> final {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }

  /// Aborts when this is a failure.
  void value() const { ROG_ASSERT(ok()); }
  void take() const { value(); }

  const Error& error() const& {
    ROG_ASSERT(!ok());
    return *error_;
  }
  Error error() && { return take_error(); }

  Error take_error() {
    ROG_ASSERT(!ok());
    return std::move(*error_);
  }

  Result with_context(std::string line) && {
    if (ok()) return {};
    return take_error().with_context(std::move(line));
  }

 private:
  std::optional<Error> error_;
};

}  // namespace rogatory::base

#define ROG_CONCAT_INNER(a, b) a##b
#define ROG_CONCAT(a, b) ROG_CONCAT_INNER(a, b)
#define ROG_TRY_INNER(result, lhs, ...)             \
  auto result = (__VA_ARGS__);                      \
  if (!(result).ok()) return (result).take_error(); \
  lhs = (result).take()

/// `ROG_TRY(lhs, expr)`: evaluates the Result `expr`; returns its error from the calling function,
/// or assigns its value to `lhs`, which may be a declaration. Two statements: use it inside braces.
#define ROG_TRY(lhs, ...) ROG_TRY_INNER(ROG_CONCAT(rog_result_, __LINE__), lhs, __VA_ARGS__)

/// `ROG_CHECKED(expr)`: evaluates the Result `expr` and returns its error, if any; drops its value.
#define ROG_CHECKED(...)                                    \
  do {                                                      \
    auto rog_checked = (__VA_ARGS__);                       \
    if (!rog_checked.ok()) return rog_checked.take_error(); \
  } while (false)
