// SPDX-License-Identifier: EUPL-1.2
#include "law/document.h"

#include <gtest/gtest.h>

namespace rogatory::law {
namespace {

TEST(Document, AWordWiderThanItsColumnDoesNotRunIntoTheNext) {
  const std::string wide(40, 'x');
  const std::string text =
      "one two three four five six seven eight nine ten eleven twelve thirteen";
  Document out;
  out.table({"id", "what", "more"}, {{wide, "short " + text, text}, {"a", text, text}});
  const std::string table = out.to_text();
  EXPECT_NE(table.find(wide + " short"), std::string::npos) << table;
  // Other rows keep their columns.
  EXPECT_NE(table.find("\na  "), std::string::npos) << table;
}

}  // namespace
}  // namespace rogatory::law
