// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/context.h"

#include <fmt/format.h>

#include <cstdio>

#include "corpus/embedded_blob.h"
#include "crypto/digest.h"

namespace rogatory::app {
namespace {

std::string sha256_hex(std::string_view bytes) {
  return crypto::sha256(bytes).hex();
}

void write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

base::Result<const corpus::Corpus*> Context::corpus(corpus::Readiness readiness) {
  return corpus_for({.is_all = true}, readiness);
}

base::Result<const corpus::Corpus*> Context::corpus_for(const corpus::Wanted& wanted,
                                                        corpus::Readiness readiness) {
  auto loaded = corpus_folder.empty() ? corpus::load_part(corpus::embedded(), wanted, readiness)
                                      : corpus::load_folder(corpus_folder, sha256_hex, readiness);
  if (!loaded.ok()) return loaded.take_error().with_context("while loading " + corpus_name());
  return &loaded_.emplace_back(loaded.take());
}

std::string Context::corpus_name() const {
  return corpus_folder.empty() ? "the corpus inside the program" : "the corpus " + corpus_folder;
}

void Context::print_json(const base::Json& json) const {
  write(base::pretty_json(json) + "\n");
}

void Context::print_text(const std::string& text) const {
  write(text);
}

void Context::print(const base::Json& json, const law::Document& document) const {
  if (output.is_json) {
    print_json(json);
  } else {
    write(output.is_markdown ? document.to_markdown() : document.to_text());
  }
}

void bind(CLI::App& command, Context& context, std::function<base::Result<void>(Context&)> body) {
  command.add_flag("--json", context.output.is_json, "print the answer as JSON");
  command.add_flag("--markdown", context.output.is_markdown, "print the answer as Markdown");
  command
      .add_option("--corpus", context.corpus_folder,
                  "folder of law to use instead of the corpus inside the program")
      ->type_name("DIR");
  command.callback([&context, body = std::move(body)] {
    const auto result = body(context);
    if (result.ok()) return;
    const base::Error& error = result.error();
    if (context.output.is_json) {
      const base::Json json = base::JsonObject{{"error", error.to_json()}};
      fmt::print(stderr, "{}\n", base::pretty_json(json));
    } else {
      fmt::print(stderr, "rogatory: {}\n", error.to_string());
    }
    context.exit_code = base::exit_code(error.code);
  });
}

base::Result<std::optional<base::Date>> parse_date_option(const std::string& text,
                                                          const char* option) {
  if (text.empty()) return std::optional<base::Date>();
  auto date = base::Date::parse(text);
  if (!date.ok()) {
    return usage_error(
        fmt::format("`{}` of {} is not a date; write it as 2026-11-24", text, option));
  }
  return std::optional(date.take());
}

base::Error usage_error(std::string message) {
  return {.code = base::ErrorCode::kInvalidArgument,
          .message = std::move(message),
          .context = {},
          .place = {}};
}

base::Error not_found(std::string message) {
  return {.code = base::ErrorCode::kNotFound,
          .message = std::move(message),
          .context = {},
          .place = {}};
}

}  // namespace rogatory::app
