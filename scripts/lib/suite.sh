# shellcheck shell=bash
# What suites are made of. A suite sources this file, provides what it needs, and reports with `check`, `cargo_tests`,
# `skip` and `skip_check`. What it records is read by scripts/test.
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

# debian_mirror: where this machine's apt takes Debian's packages from, so that other releases come from there too. Fails
# where apt does not say.
debian_mirror() {
  local uri
  apt-get -q update >&2 || true
  uri=$(apt-get download --print-uris base-files | sed -n "s|^'\(.*\)/pool/.*|\1|p")
  [[ -n $uri ]] && echo "$uri"
}

# debian PROGRAM PACKAGE: makes sure that PROGRAM is there, with Debian's PACKAGE if need be. Where it cannot, it fails
# and leaves the reason in $missing.
debian() {
  local program=$1 package=$2
  if command -v "$program" >/dev/null; then return; fi
  missing="$program is not installed"
  install_debian "$package"
}

# install_debian PACKAGE: installs it. Where it cannot, it fails and adds the reason to $missing.
install_debian() {
  local package=$1
  if ! command -v apt-get >/dev/null; then
    missing+=", and there is no apt-get to install it with"
    return 1
  fi
  if ((EUID != 0)); then
    missing+=", and to install Debian's $package takes root"
    return 1
  fi
  echo "installing Debian's $package"
  local apt=(apt-get -q -y -o DPkg::Lock::Timeout=120)
  if ! { "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install "$package"; } >&2; then
    missing+=", and apt-get cannot install $package"
    return 1
  fi
}
