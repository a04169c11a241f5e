# shellcheck shell=bash
# Provides swift: the user's own, or Debian 13's in a chroot, because Debian 12 has no package of it.

swift_tree=$CARGO_TARGET_DIR/swift-toolchain
# Beside Swift: headers to compile against, and what Foundation and TLS read.
swift_packages=swiftlang,libc6-dev,g++,ca-certificates,tzdata
swift_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Whether the swift on PATH is one that Package.swift accepts. On a Mac without Xcode it is only a stub that fails.
own_swift() {
  local major
  command -v swift >/dev/null || return
  major=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\..*/\1/p')
  ((${major:-0} >= 6))
}

# Whether the chroot is there and has the packages that are listed now.
made_swift() {
  [[ $(cat "$swift_tree/made-of" 2>/dev/null) == "$swift_packages" ]]
}

# make_swift: fills the chroot elsewhere and renames it once it is whole, so that half of one is never used.
make_swift() {
  local mirror proxy making=$swift_tree.making log=$swift_tree.log
  if made_swift; then return; fi
  echo "making a chroot with Debian's swiftlang (once for this target folder: a minute or two, 2.6 GB)"
  rm -rf "$making"
  # debootstrap knows nothing of apt's settings: hand it the mirror and the proxy. It has a mirror of its own besides.
  mirror=$(debian_mirror) || true
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  # debootstrap mounts /proc; in a namespace of its own that mount ends with it, even where it is killed.
  http_proxy=${proxy:-${http_proxy:-}} unshare --mount env -u TMPDIR debootstrap --variant=minbase \
    --include="$swift_packages" trixie "$making" ${mirror:+"$mirror"} &>"$log" || {
    tail "$log" >&2
    return 1
  }
  rm -rf "$swift_tree" "$making"/var/cache/apt/archives/*.deb
  echo "$swift_packages" >"$making/made-of" && mv -T "$making" "$swift_tree"
}

# provide_swift: makes sure of a swift for run_swift. Where it cannot, it fails and leaves the reason in $missing.
provide_swift() {
  local absent="there is no Swift 6 on PATH"
  if own_swift; then return; fi
  if ((EUID != 0)); then
    missing="$absent, and to run Debian's in a chroot takes root"
    return 1
  fi
  if ! unshare --mount true 2>/dev/null; then
    missing="$absent, and to run Debian's in a chroot takes a mount namespace, which is not allowed here"
    return 1
  fi
  if made_swift; then return; fi
  if ! debian debootstrap debootstrap; then
    missing="$absent, and $missing"
    return 1
  fi
  # Locked, so that of two at once the second waits for the first and uses what that made.
  if ! (flock 9 && make_swift) 9>"$swift_tree.lock"; then
    missing="$absent, and debootstrap cannot make a chroot with Debian's"
    return 1
  fi
}

# enter_swift DIRECTORY ARGUMENT…: runs swift in the chroot. It mounts, and so runs in a mount namespace of its own.
enter_swift() {
  local directory=$1 path
  shift
  for path in /dev /proc; do mount --rbind "$path" "$swift_tree$path"; done
  # At the same paths as outside, so that messages, debug information and variables mean the same on both sides.
  for path in /tmp "$swift_checkout" "$CARGO_TARGET_DIR" "$directory"; do
    mkdir -p "$swift_tree$path"
    mount --bind "$path" "$swift_tree$path"
  done
  exec chroot "$swift_tree" env -C "$directory" HOME=/root TMPDIR=/tmp PATH=/usr/sbin:/usr/bin swift "$@"
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
    # The mounts end with the last process of the namespace: nothing to undo, whatever happens.
    (
      export swift_tree swift_checkout CARGO_TARGET_DIR
      export -f enter_swift
      unshare --mount bash -euc 'enter_swift "$@"' bash "$directory" "$@"
    )
  fi
}

# swift_tests DIRECTORY ARGUMENT…: runs swift test there and records what XCTest and Swift Testing report, for a suite.
swift_tests() {
  local directory=$1 output status=0 passed failed skipped
  shift
  output=$(mktemp)
  # Without the traces of panics, which these tests cause on purpose.
  RUST_BACKTRACE=0 run_swift "$directory" test "$@" 2>&1 | tee "$output" || status=$?
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
  # What does not build, or dies half-way, reports no failed test; and no test at all is a failure too.
  if ((status != 0 || passed + failed + skipped == 0)); then
    record_unnamed "$failed" "$status" "swift test in $directory"
  fi
  record passed "$passed"
  record failed "$failed"
  record skipped "$skipped"
}

# swift_failures: which tests failed, as records, of what both said. XCTest's issues are "FILE:LINE: error: Suite.test : TEXT",
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
