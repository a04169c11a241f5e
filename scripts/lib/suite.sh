# shellcheck shell=bash
# What suites are made of. A suite sources this file, provides what it needs, and reports with `check`, `cargo_tests`,
# `skip` and `skip_check`. What it records is read by scripts/test.
set -euo pipefail

: "${SUITE_RECORD:?run a suite as scripts/test NAME}"

# record KIND COUNT: adds to the counts `passed`, `failed`, `skipped` and `unexpected` (skips that CI does not accept).
record() {
  echo "$1 $2" >>"$SUITE_RECORD"
}

# skip [--optional] REASON: ends the suite, which cannot run here. CI accepts that only of an optional one.
skip() {
  if [[ $1 == --optional ]]; then shift; else record unexpected 1; fi
  echo "skipped: $1"
  record absent "$1"
  exit 0
}

# skip_check NAME REASON: one check of the suite cannot run here; CI does not accept that.
skip_check() {
  echo "-- $1: skipped ($2)"
  record skipped 1
  record unexpected 1
}

# check NAME COMMAND…: a command whose exit status is one test.
check() {
  local name=$1
  shift
  echo "-- $name"
  if "$@"; then
    record passed 1
  else
    record failed 1
    echo "FAILED: $name ($*)" >&2
  fi
}

# cargo_tests ARGUMENT…: runs cargo test and counts what its test programs report. Only their output goes through the
# pipe, so that cargo's own keeps its colours and progress on a terminal.
cargo_tests() {
  local output status=0 passed failed ignored
  output=$(mktemp)
  cargo test --locked --no-fail-fast "$@" | tee "$output" || status=$?
  # "test result: ok. 3 passed; 0 failed; 1 ignored; …"
  read -r passed failed ignored < <(
    sed -nE 's/^test result: [A-Za-z]+\. ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored.*/\1 \2 \3/p' "$output" |
      awk '{ passed += $1; failed += $2; ignored += $3 } END { print passed + 0, failed + 0, ignored + 0 }'
  )
  rm "$output"
  # What does not build, or dies half-way, reports no failed test.
  if ((status != 0 && failed == 0)); then failed=1; fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$ignored"
}

# build_everything: every program, library and test of the workspace. At once, so that cargo unifies the features of what
# they depend on: built one by one, much would be compiled again and again.
build_everything() {
  cargo build --locked --workspace --all-targets
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
