# shellcheck shell=bash
# Makes a chroot with Debian 13's Swift, because Debian 12 has no package of it.
# shellcheck source=../swift.sh
source "$(dirname "${BASH_SOURCE[0]}")/../swift.sh"

# make_swift: fills the chroot elsewhere and renames it once it is whole, so that half of one is never used.
make_swift() {
  local mirror proxy making=$swift_tree.making log=$swift_tree.log
  if made_chroot "$swift_tree" "$swift_packages"; then return; fi
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
  if ! may_enter_chroot; then
    missing="$absent, and to run Debian's in a chroot takes root and a mount namespace"
    return 1
  fi
  if made_chroot "$swift_tree" "$swift_packages"; then return; fi
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
