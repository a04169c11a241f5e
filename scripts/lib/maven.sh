# shellcheck shell=bash
# Provides Maven with a JDK of 17 or newer, for Kotlin and Android's classes: the user's own, or Debian's.

# provide_maven: makes sure of a Maven for run_maven. Where it cannot, it fails and leaves the reason in $missing.
provide_maven() {
  local version
  # Maven takes the JDK in JAVA_HOME before that on PATH, and fails if there is none in it.
  if [[ -n ${JAVA_HOME:-} ]]; then PATH=$JAVA_HOME/bin:$PATH; fi
  # The compiler, as a bare Java runtime has none. Before maven, which would bring the desktop's half of Java too.
  debian javac default-jdk-headless && debian mvn maven || return 1
  version=$(javac -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p')
  if ((${version:-0} < 17)); then
    # shellcheck disable=SC2034 # for the suite to read
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
