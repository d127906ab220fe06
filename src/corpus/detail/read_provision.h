// SPDX-License-Identifier: EUPL-1.2
//
// One provision of an instrument or State, with its options, readings, periods and penalties. Pure.
#pragma once

#include <string>

#include "corpus/detail/cursor.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// Whose provisions a file holds.
struct Owner {
  std::string id;  ///< instrument id or ISO 3166-1 alpha-3
  bool is_state = false;
  std::string act_id;
  std::string act_title;
};

law::Provision read_provision(const Cursor& at, const law::Citation& defaults, const Owner& owner);

}  // namespace rogatory::corpus::detail
