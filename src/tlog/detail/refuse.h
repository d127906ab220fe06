// SPDX-License-Identifier: EUPL-1.2
//
// Errors of this room in one line.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace rogatory::tlog::detail {

inline base::Error fail(base::ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message), .context = {}, .place = {}};
}

/// What was read does not hold.
inline base::Error refuse(std::string message) {
  return fail(base::ErrorCode::kLint, std::move(message));
}

/// What was read has not the form it must have.
inline base::Error malformed(std::string message) {
  return fail(base::ErrorCode::kParse, std::move(message));
}

/// The caller asked for what makes no sense.
inline base::Error misuse(std::string message) {
  return fail(base::ErrorCode::kInvalidArgument, std::move(message));
}

inline base::Error too_much(std::string message) {
  return fail(base::ErrorCode::kLimit, std::move(message));
}

}  // namespace rogatory::tlog::detail
