# shellcheck shell=bash
# Finds cargo-deny, which reads deny.toml: the user's own, or that of scripts/provision.
# shellcheck source=venv.sh
source "$(dirname "${BASH_SOURCE[0]}")/venv.sh"

cargo_tools=scripts/lib/cargo-tools.txt

# has_cargo_deny: whether it is there, on PATH from then on. Where it is not, it fails and leaves the reason in $missing.
has_cargo_deny() {
  if command -v cargo-deny >/dev/null; then return; fi
  has_venv cargo-tools "$cargo_tools" lint || return 1
  PATH=$PATH:$venv/bin
}
