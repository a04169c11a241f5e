# shellcheck shell=bash
# What suites are made of. A suite sources this file, makes sure with `needs` and `has_…` that what it needs is there, and reports
# with `check`, `cargo_tests`, `skip` and `skip_check`. A suite installs nothing: that is done by scripts/provision, from the recipe
# of the same name. scripts/test reads what it records.
set -euo pipefail

: "${SUITE_RECORD:?run a suite as scripts/test NAME}"

# record KIND COUNT: adds to the counts `passed`, `failed`, `skipped` and `unexpected` (skips that CI does not accept). Of what
# failed, `failure NAME` says which test it was, and the lines `because TEXT` after it why, so that scripts/test can say it again
# at its end: of a long log not always more is kept.
record() {
  echo "$1 $2" >>"$SUITE_RECORD"
}

# record_failure NAME [COMMAND]: one test that failed. What was said just before is why: scripts/test finds this line in the log.
record_failure() {
  record failed 1
  record failure "$1"
  echo "FAILED: $1${2:+ ($2)}" >&2
}

# record_unnamed FAILED STATUS RUNNER: for a test runner that did not succeed. One that reported no failed test either, because its
# tests do not build, died half-way or are none, is a failure itself.
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

# skip_check NAME REASON: one check of the suite cannot run here; CI does not accept that.
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

# cargo_tests ARGUMENT…: runs cargo test and counts what its test programs report. Only their output goes through the
# pipe, so that cargo's own keeps its colours and progress on a terminal.
cargo_tests() {
  local output status=0 passed failed ignored
  output=$(mktemp)
  cargo test --locked --no-fail-fast "$@" | tee "$output" || status=$?
  cargo_failures <"$output" >>"$SUITE_RECORD"
  # "test result: ok. 3 passed; 0 failed; 1 ignored; …"
  read -r passed failed ignored < <(
    sed -nE 's/^test result: [A-Za-z]+\. ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored.*/\1 \2 \3/p' "$output" |
      awk '{ passed += $1; failed += $2; ignored += $3 } END { print passed + 0, failed + 0, ignored + 0 }'
  )
  rm "$output"
  # What does not build, or dies half-way, reports no failed test.
  if ((status != 0)); then record_unnamed "$failed" "$status" "cargo test $*"; fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$ignored"
}

# cargo_failures: which tests failed, as records, of what cargo's test programs said. Each lists what its failed tests printed
# ("---- NAME stdout ----"), and then their names.
cargo_failures() {
  awk '
    /^---- .* stdout ----$/ { said = substr($0, 6, length($0) - 17); list = 0; next }
    /^failures:$/ { said = ""; list = 1; next }
    /^test result:/ { said = ""; list = 0; split("", why); next }
    said != "" && (/^stack backtrace:/ || /^note: run with/) { said = said " " } # what follows is only where
    said != "" && NF { why[said] = why[said] "because " $0 "\n" }
    list && /^    [^ ]/ { print "failure " substr($0, 5); printf "%s", why[substr($0, 5)] }'
}

# What cargo builds and tests: the whole workspace. The library counts its allocations, by which the tests of Swift, Kotlin and
# Dart find leaks.
everything=(--workspace --features aipass-ffi/allocation-counts)

# build_everything: every program, library and test of the workspace. At once, so that cargo unifies the features of what
# they depend on: built one by one, much would be compiled again and again.
build_everything() {
  cargo build --locked --all-targets "${everything[@]}"
}
