# shellcheck shell=bash
# Runs swift: the user's own, or that of scripts/provision, which is Debian 13's in a chroot.
# shellcheck source=chroot.sh
source "$(dirname "${BASH_SOURCE[0]}")/chroot.sh"

swift_tree=$CARGO_TARGET_DIR/swift-toolchain
# Beside Swift: headers to compile against, and what Foundation and TLS read.
swift_packages=swiftlang,libc6-dev,g++,ca-certificates,tzdata

# Whether Package.swift accepts the swift on PATH. On a Mac without Xcode that is only a stub, which fails.
own_swift() {
  local major
  command -v swift >/dev/null || return
  major=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\..*/\1/p')
  ((${major:-0} >= 6))
}

# has_swift: whether there is a swift for run_swift. Where there is none, it fails and leaves the reason in $missing.
has_swift() {
  if own_swift; then return; fi
  made_chroot "$swift_tree" "$swift_packages" || lacks "there is no Swift 6 on PATH" swift || return 1
  if ! may_enter_chroot; then
    # shellcheck disable=SC2034 # for the caller to read
    missing="to run Debian's Swift in a chroot takes root and a mount namespace"
    return 1
  fi
}

# run_swift DIRECTORY ARGUMENT…: runs swift there, with the environment as it is. Have SwiftPM build below
# $CARGO_TARGET_DIR (--scratch-path): its default is a folder in the checkout, and one that two Swifts would share.
run_swift() {
  local directory
  directory=$(cd "$1" && pwd)
  shift
  if own_swift; then
    (cd "$directory" && swift "$@")
  else
    in_chroot "$swift_tree" "$directory" swift "$@"
  fi
}

# swift_tests DIRECTORY ARGUMENT…: runs swift test there and records the results of XCTest and Swift Testing for a suite.
swift_tests() {
  local directory=$1 output status=0 passed failed skipped
  shift
  output=$(mktemp)
  # One test at a time: Swift's few threads are then not all held by tests that wait for a sandbox to start. Without the traces of panics,
  # which these tests cause on purpose.
  RUST_BACKTRACE=0 run_swift "$directory" test --no-parallel "$@" 2>&1 | tee "$output" || status=$?
  swift_failures <"$output" >>"$SUITE_RECORD"
  # "Test Case 'LeakTests.testClients' passed (0.3 seconds)" and "✔ Test scenario(_:) passed after 3.4 seconds."
  read -r passed failed skipped < <(
    awk '
      /^Test Case .* passed \(/ || /^[^ ]+ Test ("[^"]*"|[^ ]+) passed after / { passed++ }
      /^Test Case .* failed \(/ || /^[^ ]+ Test ("[^"]*"|[^ ]+) failed after / { failed++ }
      /^Test Case .* skipped \(/ || /^[^ ]+ Test ("[^"]*"|[^ ]+) skipped/ { skipped++ }
      END { print passed + 0, failed + 0, skipped + 0 }' "$output"
  )
  rm "$output"
  # Tests that do not build, or die half-way, report no failed test. That there is no test is a failure too.
  if ((status != 0 || passed + failed + skipped == 0)); then
    record_unnamed "$failed" "$status" "swift test in $directory"
  fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$skipped"
}

# swift_failures: the failed tests, as records, from the output of both. XCTest's issues are "FILE:LINE: error: Suite.test : TEXT",
# Swift Testing's "✘ Test NAME recorded an issue at FILE:LINE:COLUMN: TEXT".
swift_failures() {
  awk -v testing='^[^ ]+ Test ("[^"]*"|[^ ]+) ' '
    # The name of a test of Swift Testing.
    function named(line) {
      match(line, testing)
      line = substr(line, 1, RLENGTH - 1)
      sub(/^[^ ]+ Test /, "", line)
      return line
    }
    function failed(name) { print "failure " name; printf "%s", why[name] }
    $0 ~ testing "recorded an issue" {
      name = named($0)
      match($0, testing "recorded an issue ")
      why[name] = why[name] "because " substr($0, RLENGTH + 1) "\n"
    }
    /: error: [^ ]+ : / {
      match($0, /: error: [^ ]+ : /)
      name = substr($0, RSTART + 9, RLENGTH - 12)
      why[name] = why[name] "because " substr($0, 1, RSTART - 1) ": " substr($0, RSTART + RLENGTH) "\n"
    }
    /^Test Case .* failed \(/ { match($0, /\047.*\047/); failed(substr($0, RSTART + 1, RLENGTH - 2)) }
    $0 ~ testing "failed after " { failed(named($0)) }'
}
