# shellcheck shell=bash
# Installs Python packages, each set in an environment of its own.
# shellcheck source=../venv.sh
source "$(dirname "${BASH_SOURCE[0]}")/../venv.sh"

# provide_venv NAME REQUIREMENTS SUITE: makes an environment with what the file pins. Where it cannot, it fails and leaves the reason in
# $missing.
provide_venv() {
  local name=$1 requirements=$2
  if has_venv "$@"; then return; fi
  debian python3 python3 || return 1
  echo "installing $name (once for this target folder)"
  rm -rf "$CARGO_TARGET_DIR/tools/$name-"*
  # Debian keeps what makes environments in a package of its own.
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    missing="python3 cannot make environments"
    install_debian python3-venv || return 1
  fi
  if ! python3 -m venv "$venv"; then
    missing="python3 cannot make an environment in $venv"
    return 1
  fi
  if ! "$venv/bin/pip" install --quiet --no-deps --require-hashes --disable-pip-version-check --requirement "$requirements"; then
    # shellcheck disable=SC2034 # for the caller to read
    missing="pip cannot install $requirements"
    return 1
  fi
  touch "$venv/complete"
}
