# shellcheck shell=bash
# Makes a chroot with Debian's Flutter for the Linux desktop, which only "unstable" has.
# shellcheck source=../flutter.sh
source "$(dirname "${BASH_SOURCE[0]}")/../flutter.sh"

# fill_flutter_desktop DIRECTORY: the packages, installed there.
fill_flutter_desktop() {
  local tree=$1 mirror proxy packages
  read -ra packages <<<"$flutter_debian"
  mirror=$(debian_mirror) || true
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  export http_proxy=${proxy:-${http_proxy:-}}
  env -u TMPDIR debootstrap --variant=minbase sid "$tree" ${mirror:+"$mirror"}
  mount -t proc proc "$tree/proc"
  mount --bind /dev "$tree/dev"
  cp /etc/resolv.conf "$tree/etc/"
  chroot "$tree" env -u TMPDIR DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin \
    apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends "${packages[@]}"
  rm -rf "$tree"/var/cache/apt/archives/*.deb
}

# make_flutter_desktop: fills the chroot elsewhere and renames it once it is whole, so that half of one is never used.
make_flutter_desktop() {
  local making=$flutter_tree.making log=$flutter_tree.log
  if made_chroot "$flutter_tree" "$flutter_debian"; then return; fi
  echo "making a chroot with Debian's Flutter for the desktop (once for this target folder: some minutes, 2 GB)"
  rm -rf "$making"
  # In a process of its own, because bash ignores -e in a function whose status is asked for; and in a mount namespace of its own, with
  # which its mounts end.
  export flutter_debian
  export -f debian_mirror fill_flutter_desktop
  # shellcheck disable=SC2016 # for that process to expand
  if ! unshare --mount bash -euc 'fill_flutter_desktop "$1"' bash "$making" &>"$log"; then
    tail "$log" >&2
    return 1
  fi
  rm -rf "$flutter_tree"
  echo "$flutter_debian" >"$making/made-of" && mv -T "$making" "$flutter_tree"
}

# provide_flutter_desktop: makes sure of that chroot. Where it cannot, it fails and leaves the reason in $missing.
provide_flutter_desktop() {
  if ! may_enter_chroot; then
    missing="to run Debian's Flutter in a chroot takes root and a mount namespace"
    return 1
  fi
  if made_chroot "$flutter_tree" "$flutter_debian"; then return; fi
  debian debootstrap debootstrap || return 1
  # Locked, so that of two at once the second waits for the first and uses what that made.
  if ! (flock 9 && make_flutter_desktop) 9>"$flutter_tree.lock"; then
    # shellcheck disable=SC2034 # for the caller to read
    missing="debootstrap cannot make a chroot with Debian's Flutter"
    return 1
  fi
}
