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

# run_maven DIRECTORY ARGUMENT…: runs Maven there, without its progress lines, and without the daemon of Kotlin's compiler, which
# would stay for hours.
run_maven() {
  local directory=$1
  shift
  (cd "$directory" && mvn --batch-mode --no-transfer-progress -Dkotlin.compiler.daemon=false "$@")
}

# maven_tests DIRECTORY ARGUMENT…: runs Maven there and records what its test runner, surefire, reports, for a suite.
maven_tests() {
  local directory=$1 status=0 passed failed skipped reports
  rm -rf "$directory/target/surefire-reports"
  # Without the traces of panics, which these tests cause on purpose.
  RUST_BACKTRACE=0 run_maven "$@" || status=$?
  reports=$(find "$directory/target/surefire-reports" -name 'TEST-*.xml' -exec cat {} + 2>/dev/null) || true
  junit_failures <<<"$reports" >>"$SUITE_RECORD"
  read -r passed failed skipped < <(junit_counts <<<"$reports")
  # Tests that do not build, or die half-way, report no failed test. That there is no test is a failure too.
  if ((status != 0 || passed + failed + skipped == 0)); then
    record_unnamed "$failed" "$status" "mvn $*"
  fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$skipped"
}

# kotlin_documentation DIRECTORY: everything that users of that package see has words. Dokka asks for some even for what the compiler adds
# to an enum.
kotlin_documentation() {
  local log=$CARGO_TARGET_DIR/dokka.log
  rm -rf "$1/target/dokka" # scripts/api reads it, and Dokka leaves the pages of what is gone
  run_maven "$1" dokka:dokka &>"$log" || {
    tail "$log" >&2
    return 1
  }
  ! grep WARN "$log" | grep -vE '/(values|valueOf|entries)/#'
}
