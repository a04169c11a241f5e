# shellcheck shell=bash
# Runs programs in chroots with packages of other Debian releases, which scripts/provision makes.

chroot_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# made_chroot TREE PACKAGES: whether it is there and has the packages that are listed now.
made_chroot() {
  [[ $(cat "$1/made-of" 2>/dev/null) == "$2" ]]
}

# may_enter_chroot: whether one can be entered here: by root, where mount namespaces are allowed.
may_enter_chroot() {
  ((EUID == 0)) && unshare --mount true 2>/dev/null
}

# enter_chroot TREE DIRECTORY COMMAND ARGUMENT…: mounts folders, so run it in a mount namespace of its own.
enter_chroot() {
  local tree=$1 directory=$2 path
  shift 2
  for path in /dev /proc; do mount --rbind "$path" "$tree$path"; done
  # At the same paths as outside, so that messages, debug information and variables are right on both sides.
  for path in /tmp "$chroot_checkout" "$CARGO_TARGET_DIR" "$directory"; do
    mkdir -p "$tree$path"
    mount --bind "$path" "$tree$path"
  done
  exec chroot "$tree" env -C "$directory" HOME=/root TMPDIR=/tmp LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin "$@"
}

# in_chroot TREE DIRECTORY COMMAND ARGUMENT…: runs it there, with the environment as it is.
in_chroot() {
  # The mounts end with the last process of the namespace: nothing to undo, whatever happens.
  (
    export chroot_checkout CARGO_TARGET_DIR
    export -f enter_chroot
    exec unshare --mount bash -euc 'enter_chroot "$@"' bash "$@"
  )
}
