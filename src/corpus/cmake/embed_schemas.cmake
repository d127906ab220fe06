# SPDX-License-Identifier: EUPL-1.2
#
# cmake -DSCHEMAS=<folder> -DOUTPUT=<file.cc> -P embed_schemas.cmake
#
# Writes a source file that holds every *.schema.json of the folder, sorted by name.
file(GLOB schemas "${SCHEMAS}/*.schema.json")
list(SORT schemas)
list(LENGTH schemas count)

set(entries "")
foreach(schema IN LISTS schemas)
  file(READ "${schema}" text)
  # Blanks at the beginning of lines are left out: a literal has at most 65,536 characters.
  string(REGEX REPLACE "\n +" "\n" text "${text}")
  get_filename_component(name "${schema}" NAME)
  string(APPEND entries "    {\"${name}\", R\"rogatory(${text})rogatory\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "// SPDX-License-Identifier: EUPL-1.2
// Generated from schemas/ by src/corpus/cmake/embed_schemas.cmake. Do not edit.
#include <array>

#include \"corpus/schema_check.h\"

namespace rogatory::corpus {
namespace {

constexpr std::array<NamedSchema, ${count}> kSchemas{{
${entries}}};

}  // namespace

std::span<const NamedSchema> embedded_schemas() {
  return kSchemas;
}

}  // namespace rogatory::corpus
")
