# shellcheck shell=bash
# Runs Maven with a JDK of 17 or newer, for Kotlin and Android's classes.

# Maven takes the JDK in JAVA_HOME before that on PATH, and fails if there is none in it.
if [[ -n ${JAVA_HOME:-} ]]; then PATH=$JAVA_HOME/bin:$PATH; fi

# has_maven: whether there is a Maven for run_maven. Where there is none, it fails and leaves the reason in $missing.
has_maven() {
  local version
  # The compiler, as a bare Java runtime has none.
  command -v javac >/dev/null || lacks "there is no JDK" kotlin || return 1
  command -v mvn >/dev/null || lacks "mvn is not installed" kotlin || return 1
  version=$(javac -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p')
  if ((${version:-0} < 17)); then
    # shellcheck disable=SC2034 # for the caller to read
    missing="the JDK on PATH is Java ${version:-of an unknown version}, and 17 or newer is needed"
    return 1
  fi
}

# run_maven DIRECTORY ARGUMENT…: runs Maven there, without its progress lines. Left to itself, Kotlin's compiler
# would leave a daemon behind for hours.
run_maven() {
  local directory=$1
  shift
  (cd "$directory" && mvn --batch-mode --no-transfer-progress -Dkotlin.compiler.daemon=false "$@")
}

# maven_tests DIRECTORY ARGUMENT…: runs Maven there and counts what its test runner, surefire, reports.
maven_tests() {
  local directory=$1 status=0 passed failed skipped
  rm -rf "$directory/target/surefire-reports"
  # Without the traces of panics, which these tests cause on purpose.
  RUST_BACKTRACE=0 run_maven "$@" || status=$?
  find "$directory/target/surefire-reports" -name 'TEST-*.xml' -exec cat {} + 2>/dev/null | surefire_failures >>"$SUITE_RECORD" || true
  # <testsuite … tests="9" errors="0" skipped="0" failures="1" …>, one a class
  read -r passed failed skipped < <(
    find "$directory/target/surefire-reports" -name 'TEST-*.xml' -exec grep -hm1 '<testsuite ' {} + 2>/dev/null |
      sed -nE 's/.* tests="([0-9]+)" errors="([0-9]+)" skipped="([0-9]+)" failures="([0-9]+)".*/\1 \2 \3 \4/p' |
      awk '{ tests += $1; failed += $2 + $4; skipped += $3 } END { print tests - failed - skipped, failed + 0, skipped + 0 }'
  )
  # What does not build, or dies half-way, reports no failed test; and no test at all is a failure too.
  if ((status != 0 || passed + failed + skipped == 0)); then
    record_unnamed "$failed" "$status" "mvn $*"
  fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$skipped"
}

# surefire_failures: which tests failed, as records, of surefire's reports: a testcase element with a failure or an error in it,
# whose text begins with what was thrown and goes on with where.
surefire_failures() {
  awk '
    function attribute(name) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      return plain(substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4))
    }
    function plain(text) {
      gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
      gsub(/&#10;/, " ", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    /<testcase / { test = attribute("classname") " " attribute("name") }
    /^ *<(failure|error)[ >]/ {
      print "failure " test
      sub(/^ *<(failure|error)[^>]*>(<!\[CDATA\[)?/, "")
      saying = 1
    }
    saying && (/^\tat / || /\]\]>/ || /<\/(failure|error)>/) { saying = 0 }
    saying && NF { print "because " $0 }'
}
