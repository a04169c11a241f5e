# shellcheck shell=bash
# What suites are made of. A suite sources this file, makes sure with `needs` and `has_…` that what it needs is there, and reports
# with `check`, `cargo_tests`, `skip` and `skip_check`. A suite installs nothing: that is done by scripts/provision, from the recipe
# of the same name. scripts/test reads what it records.
set -euo pipefail
# shellcheck source=junit.sh
source "$(dirname "${BASH_SOURCE[0]}")/junit.sh"

: "${SUITE_RECORD:?run a suite as scripts/test NAME}"

# record KIND COUNT: adds to the counts `passed`, `failed`, `skipped` and `unexpected` (skips that CI does not accept). For each failed
# test `record failure NAME` names it, and `record because TEXT` gives the lines of its reason: scripts/test repeats them at its end.
record() {
  echo "$1 $2" >>"$SUITE_RECORD"
}

# record_failure NAME [COMMAND]: one failed test. The reason is the output just before: scripts/test finds this line in the log.
record_failure() {
  record failed 1
  record failure "$1"
  echo "FAILED: $1${2:+ ($2)}" >&2
}

# record_unnamed FAILED STATUS RUNNER: for a test runner that did not succeed. If it reported no failed test, because its tests do not
# build, died half-way or do not exist, the runner itself is recorded as failed.
record_unnamed() {
  if (($1 > 0)); then return; fi
  if (($2 == 0)); then record_failure "$3: it ran no test"; else record_failure "$3: it ended with status $2"; fi
}

# skip [--optional] REASON: ends the suite, which cannot run here. CI accepts that only of an optional one.
skip() {
  if [[ $1 == --optional ]]; then
    shift
  else
    record unexpected 1
    record required "skipped ($1)"
  fi
  echo "skipped: $1"
  record absent "$1"
  exit 0
}

# skip_check NAME REASON: one check of the suite cannot run here. CI does not accept that.
skip_check() {
  echo "-- $1: skipped ($2)"
  record skipped 1
  record unexpected 1
  record required "$1: skipped ($2)"
}

# What is not there, and what to do about it.
missing=""

# lacks WHAT SUITE: fails, and leaves in $missing that this is not there, and the command that installs it. Where scripts/test has run
# that already, $PROVISION_FAILED says why it failed.
lacks() {
  # shellcheck disable=SC2034 # for the caller to read
  missing="$1: ${PROVISION_FAILED:-run scripts/provision $2}"
  return 1
}

# needs PROGRAM…: whether these programs are there. Where one is not, it fails and leaves the reason in $missing.
needs() {
  local program
  for program; do
    if ! command -v "$program" >/dev/null; then
      lacks "$program is not installed" "$(basename "$0")"
      return 1
    fi
  done
}

# check NAME COMMAND…: a command whose exit status is one test.
check() {
  local name=$1
  shift
  echo "-- $name"
  if "$@"; then
    record passed 1
  else
    record_failure "$name" "$*"
  fi
}

# cargo_tests ARGUMENT…: runs cargo nextest, and records what it reports. It runs no documentation tests.
cargo_tests() {
  local report=$CARGO_TARGET_DIR/nextest/suites/junit.xml status=0 passed failed skipped
  mkdir -p "${report%/*}"
  : >"$report" # not that of the run before
  cargo nextest run --locked --profile suites "$@" || status=$?
  junit_failures <"$report" >>"$SUITE_RECORD"
  read -r passed failed skipped < <(junit_counts <"$report")
  # Tests that do not build, or that do not exist, are not in the report.
  if ((status != 0)); then record_unnamed "$failed" "$status" "cargo nextest run $*"; fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$skipped"
}

# What cargo builds and tests: the whole workspace. The library counts its allocations, so that the tests of Swift, Kotlin and Dart find
# leaks.
everything=(--workspace --features aipass-ffi/allocation-counts)

# build_everything: every program, library and test of the workspace. In one run, so that cargo unifies the features of dependencies:
# built one by one, many would be compiled several times.
build_everything() {
  cargo build --locked --all-targets "${everything[@]}"
}
