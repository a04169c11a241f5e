# shellcheck shell=bash
# What recipes are made of. A recipe sources this file and then names, one by one, what its suite needs.
set -euo pipefail

: "${CARGO_TARGET_DIR:?run a recipe as scripts/provision NAME}"

# want FUNCTION ARGUMENT…: one thing that the suite needs. The function provides it, or fails and leaves the reason in $missing.
# The recipe then goes on, and fails at its end. scripts/test reads the reasons in $PROVISION_RECORD.
want() {
  missing=""
  if "$@"; then return; fi
  recipe_status=1
  echo "scripts/provision: $(basename "$0"): ${missing:-$* failed}" >&2
  echo "${missing:-$* failed}" >>"${PROVISION_RECORD:-/dev/null}"
}
missing="" recipe_status=0
trap 'exit "$recipe_status"' EXIT

# lacks WHAT SUITE: what the files of this folder say where something is not there yet.
lacks() {
  missing=$1
  return 1
}

# debian PROGRAM PACKAGE: makes sure that PROGRAM is there, and installs Debian's PACKAGE if it is not.
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

# debian_mirror: where this machine's apt takes Debian's packages from, so that other releases come from there too. Fails
# where apt does not say.
debian_mirror() {
  local uri
  apt-get -q update >&2 || true
  uri=$(apt-get download --print-uris base-files | sed -n "s|^'\(.*\)/pool/.*|\1|p")
  [[ -n $uri ]] && echo "$uri"
}
