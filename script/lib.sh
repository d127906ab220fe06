# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# What the scripts share. Source it first; it moves to the top of the tree.

set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

# Objects of one checkout serve another: paths below the tree count as relative.
export CCACHE_BASEDIR="$top"
export CCACHE_NOHASHDIR=1

say() { printf '== %s\n' "$*"; }
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Configures a preset and builds the named targets (all without a name).
# The log is shown only when something fails.
build_preset() {
  local preset=$1
  shift
  local log="build/log/build-$preset.log"
  mkdir -p build/log
  if ! { cmake --preset "$preset" &&
    cmake --build --preset "$preset" --parallel "$(nproc)" ${1:+--target "$@"}; } >"$log" 2>&1; then
    grep -E -A12 'error:|CMake Error|FAILED:' "$log" >&2 || tail -n 40 "$log" >&2
    printf 'the build of preset %s failed; the whole log is in %s\n' "$preset" "$log" >&2
    return 1
  fi
}

# Has Maven fetch EU DSS into <folder>/lib. Ends the script with status 77, skipped, without Java or Maven.
fetch_dss() {
  local work=$1 tool log
  log=build/log/$(basename "$work").log
  for tool in java mvn; do
    command -v "$tool" >/dev/null || {
      echo "skipped: $tool is not installed"
      exit 77
    }
  done
  mkdir -p "$work" build/log
  if ! mvn -q -B -f tests/dss/pom.xml dependency:copy-dependencies -DoutputDirectory="$top/$work/lib" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "Maven could not fetch DSS"
  fi
}
