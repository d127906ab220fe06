// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "rogatory/pdf_maker.h"

namespace rogatory::app {
namespace {

constexpr const char* kProgram = "rogatory-pdf";

base::Error cannot_run(const std::filesystem::path& program, const std::error_code& why) {
  return {
      .code = base::ErrorCode::kIo,
      .message = fmt::format("cannot run `{}`, which makes PDF and stands beside this program: {}",
                             program.string(), why.message()),
      .context = {},
      .place = {}};
}

}  // namespace

base::Result<PdfMaker> pdf_maker(const Context& context) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return cannot_run(kProgram, error);
  const std::filesystem::path program = self.parent_path() / kProgram;
  std::fflush(stdout);
  ::execv(program.c_str(), context.arguments);
  return cannot_run(program, std::error_code(errno, std::generic_category()));
}

}  // namespace rogatory::app
