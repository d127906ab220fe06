// SPDX-License-Identifier: EUPL-1.2
//
// What went wrong, for an operator and for a program. Values without shared state: any thread.
#pragma once

#include <array>
#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace rogatory::base {

/// The closed set of failures. Names and exit codes are published and stay.
enum class ErrorCode {
  /// The caller asked for something that makes no sense; correct the call.
  kInvalidArgument,
  /// The input is not well-formed (JSON, YAML, dates); correct the input at the place named.
  kParse,
  /// The input is well-formed but not of the expected shape; correct the input at the place named.
  kSchema,
  /// The input has the right shape but contradicts a rule of the corpus; correct the data.
  kLint,
  /// What was asked for does not exist.
  kNotFound,
  /// The operating system refused to read or write; look at permissions and space.
  kIo,
  /// A limit of base/limits.h or of the caller was reached; send less.
  kLimit,
  /// Understood, and not supported by this version.
  kUnsupported,
  /// The thing is there already or has changed meanwhile; read again and repeat.
  kConflict,
  /// A rule forbids it: a hold, a condition of use, a missing approval. The message says which.
  kRefused,
  /// A mistake of this program; report it.
  kInternal,
};

/// Every code once, in order of declaration.
inline constexpr std::array kErrorCodes = {
    ErrorCode::kInvalidArgument, ErrorCode::kParse,   ErrorCode::kSchema,   ErrorCode::kLint,
    ErrorCode::kNotFound,        ErrorCode::kIo,      ErrorCode::kLimit,    ErrorCode::kUnsupported,
    ErrorCode::kConflict,        ErrorCode::kRefused, ErrorCode::kInternal,
};

/// The published name, such as `invalid_argument`.
std::string_view error_code_name(ErrorCode code);

/// The exit code of a program that ends with `code`: 2 invalid_argument (also wrong usage),
/// 3 parse and schema, 4 lint, 5 not_found, 6 io, 7 limit, 8 unsupported, 9 conflict, 10 refused,
/// 70 internal. 0 is success.
int exit_code(ErrorCode code);

/// A position in an input. Absent parts are empty or 0.
struct Place {
  std::string file;
  /// Counted from 1.
  int line = 0;
  /// Counted from 1, in characters (code points).
  int column = 0;
  /// A JSON pointer (RFC 6901), such as `/offences/3/article`.
  std::string pointer;

  bool operator==(const Place&) const = default;

  /// `file:line:column`, without the absent parts; the pointer, when there is one, as ` at
  /// /offences/3`.
  std::string to_string() const;
};

/// A failure, with what was being done when it happened.
///
///     return Error{.code = ErrorCode::kNotFound, .message = "no State `XYZ` in the corpus"};
///
/// Messages are lower case, one sentence, no final stop, input in backticks, never secrets or
/// personal data.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  /// What was being done, innermost first: `while reading corpus/states/FRA`.
  std::vector<std::string> context;
  Place place;

  bool operator==(const Error&) const = default;

  /// The same error with one more line of context, to be written `while ...`.
  Error with_context(std::string line) const&;
  Error with_context(std::string line) &&;

  /// `file:line:column: message (code)`, followed by `; context` for each line of context.
  std::string to_string() const;

  /// `{"code", "message", "context": [...], "place": {"file", "line", "column", "pointer"}}`;
  /// absent parts of the place, an empty place and an empty context are left out.
  boost::json::value to_json() const;
};

}  // namespace rogatory::base
