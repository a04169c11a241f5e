# shellcheck shell=bash
# A copy of scripts/test, with suites that a test gives it. Source this file, write suites and recipes, `run`, and say how it `ends`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/scripts"
cp -R "$root/scripts/test" "$root/scripts/provision" "$root/scripts/lib" "$scratch/scripts/"

# suite NAME: a suite whose body is the standard input.
suite() {
  mkdir -p "$scratch/scripts/suites"
  {
    echo '#!/usr/bin/env bash'
    echo "# $1: a stand-in"
    # shellcheck disable=SC2016 # for the suite to expand
    echo 'source "$(dirname "$0")/../lib/suite.sh"'
    cat
  } >"$scratch/scripts/suites/$1"
  chmod +x "$scratch/scripts/suites/$1"
}

# recipe NAME: what that suite needs, from the standard input.
recipe() {
  mkdir -p "$scratch/scripts/recipes"
  {
    echo '#!/usr/bin/env bash'
    echo "# $1: a stand-in"
    # shellcheck disable=SC2016 # for the recipe to expand
    echo 'source "$(dirname "$0")/../lib/provision.sh"'
    cat
  } >"$scratch/scripts/recipes/$1"
  chmod +x "$scratch/scripts/recipes/$1"
}

# run [NAME=VALUE…]: runs all suites into $said, and how it ended into $status. Then there are none, and no recipes.
run() {
  status=0
  # shellcheck disable=SC2034 # the status is for the test to read
  said=$(env -u CI "$@" CARGO_TARGET_DIR="$scratch/target" "$scratch/scripts/test" 2>&1) || status=$?
  rm -rf "$scratch/scripts/suites" "$scratch/scripts/recipes"
}

# ends WITH: what was said ends with these lines, in which N s stands for any number of seconds.
ends() {
  local wanted=$1 actual
  actual=$(sed -E 's/, in [0-9]+ s/, in N s/' <<<"$said" | tail -n "$(wc -l <<<"$wanted")")
  if [[ $actual == "$wanted" ]]; then return; fi
  echo "this was said:"
  echo "$said"
  echo "and its end differs from what was expected:"
  diff <(echo "$wanted") <(echo "$actual") || exit 1
}
