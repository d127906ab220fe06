// SPDX-License-Identifier: EUPL-1.2
//
// Incident records of other systems, and conduct files, into conduct. Bytes or JSON in, values
// out: no file is read here. All facts of an import are alleged; each names the field it came
// from. What a code states is in the mappings (docs/formats/mapping.md), not in this code. Pure;
// any thread.
//
//     ROG_TRY(const Mappings mappings, parse_mappings(corpus.mappings));
//     ROG_TRY(const std::vector<Imported> records, import_text(bytes, "case.json", mappings));
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/shape.h"
#include "conduct/conduct.h"
#include "conduct/mapping.h"

namespace rogatory::conduct {

/// The most records in one input: the largest public collections hold some ten thousand.
inline constexpr std::size_t kMaxRecords = 200'000;
/// The most codes of one record; real ones have under two hundred.
inline constexpr std::size_t kMaxCodes = 20'000;

using base::PlaceOf;

/// A code that no rule of the mapping speaks of.
struct UnmappedCode {
  std::string code;
  std::string field;

  bool operator==(const UnmappedCode&) const = default;
};

/// One record as conduct, with what was left aside.
struct Imported {
  Conduct conduct;
  std::vector<UnmappedCode> unmapped;
  std::vector<std::string> remarks;  ///< for the officer: names not understood, amounts not taken
};

/// A conduct file in JSON, or in YAML read into JSON by the caller. kSchema with the place from
/// `place_of` where the shape is not that of docs/formats/conduct.md. Terms are not looked up.
base::Result<Conduct> read_conduct_json(const base::Json& document, const PlaceOf& place_of = {});

/// A VERIS 1.3 or 1.4 incident. kSchema, with JSON pointer: no object, no `action`, or a member of
/// another type; kLimit: more than kMaxCodes codes.
base::Result<Imported> import_veris(const base::Json& record, const Mappings& mappings);

/// A VERIS incident as a list `true` of the codes that hold, with other members by dotted name.
/// Errors as import_veris.
base::Result<Imported> import_veris_flat(const base::Json& record, const Mappings& mappings);

/// A STIX 2.1 bundle: techniques of ATT&CK, malware, places and dates of campaigns. What only a
/// program is said to do becomes what it is made for. Errors as import_veris.
base::Result<Imported> import_stix(const base::Json& document, const Mappings& mappings);

/// A MISP event, bare or under `Event`: tags of taxonomies and galaxies, object templates. Errors
/// as import_veris.
base::Result<Imported> import_misp(const base::Json& document, const Mappings& mappings);

/// The rows of a EuRepoC CSV file. kParse, with line and column, where it is not RFC 4180; kSchema
/// where a needed column is missing or a date is none; kLimit beyond kMaxRecords.
base::Result<std::vector<Imported>> import_eurepoc_csv(std::string_view text, std::string_view file,
                                                       const Mappings& mappings);

/// The formats that can be told apart.
enum class Format : std::uint8_t {
  kUnknown,
  kConductYaml,  ///< read the YAML first (src/corpus), then read_conduct_json
  kConductJson,
  kVeris,
  kVerisFlat,
  kStix,
  kMisp,
  kEurepocCsv,
};

/// The published name: conduct-yaml, conduct-json, veris, veris-list, stix, misp, eurepoc-csv.
[[nodiscard]] std::string_view to_text(Format format);

/// By what the input looks like. A list is what its first record is.
[[nodiscard]] Format detect_json_format(const base::Json& document);
[[nodiscard]] Format detect_format(std::string_view text);

/// Detects and reads any of these but conduct in YAML; lists of records give one conduct each.
/// kUnsupported when the format is not known; other errors as the importer's, with `file`.
base::Result<std::vector<Imported>> import_text(std::string_view text, std::string_view file,
                                                const Mappings& mappings);

}  // namespace rogatory::conduct
