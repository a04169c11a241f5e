# shellcheck shell=bash
# What the scripts that build the native library as it ships have in common.
set -euo pipefail
# shellcheck source=venv.sh
source "$(dirname "${BASH_SOURCE[0]}")/venv.sh"

die() {
  echo "scripts/$(basename "$0"): $*" >&2
  exit 2
}

((BASH_VERSINFO[0] >= 4)) || die "bash 4 or newer is needed, and macOS brings an older one: brew install bash."
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR

# A script that sources this goes to $root once it has read its arguments, which may name folders from where the user is.

# lacks WHAT SUITE: what venv.sh says where something is not there.
lacks() {
  die "$1: run scripts/provision $2."
}

# provision SUITE: installs what is missing. A suite installs nothing: there scripts/test has done so before.
provision() {
  [[ -n ${SUITE_RECORD:-} ]] || scripts/provision "$1" || die "what it needs cannot be installed: see above."
}

# find_zig: sets $zig to the folder with headers and sources.
find_zig() {
  has_venv ziglang scripts/lib/ziglang.txt phones
  # shellcheck disable=SC2034 # for the caller to read
  zig=$(echo "$venv"/lib/python3*/site-packages/ziglang/lib)
}

# hide_folders: has the compilers write no folder of this machine into what they make. It is then the same wherever it is built. Sets
# $hidden to those folders and $c_maps to the options of a C compiler.
hide_folders() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} maps registry
  cargo fetch --locked --quiet # so that the registry has its folder, whose name is that of its host
  hidden=("$root" "$CARGO_TARGET_DIR" "$cargo_home" "$(rustc --print sysroot)")
  maps=("$root=/aipass" "$CARGO_TARGET_DIR=/target" "$cargo_home=/cargo" "$(rustc --print sysroot)=/rust")
  for registry in "$cargo_home"/registry/src/*; do
    maps+=("$registry=/crates")
    hidden+=("$(basename "$registry")")
  done
  # shellcheck disable=SC2034 # for the caller to read
  c_maps="${maps[*]/#/-ffile-prefix-map=}"
  printf -v CARGO_ENCODED_RUSTFLAGS '%s\x1f' "${maps[@]/#/--remap-path-prefix=}"
  export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS%$'\x1f'}
}

# names_no_folder FILE: ends the script if one of $hidden is in it.
names_no_folder() {
  local folder
  for folder in "${hidden[@]}"; do
    ! grep -qaF "$folder/" "$1" || die "$1 names a folder of this machine, $folder: see hide_folders in scripts/lib/native.sh."
  done
}

# build TARGET KIND [RUSTC'S ARGUMENT…]: compiles the library as it ships. $cargo_options are cargo's.
cargo_options=()
build() {
  local target=$1 kind=$2
  shift 2
  cargo rustc --locked --package aipass-ffi --lib --crate-type "$kind" --profile mobile --target "$target" "${cargo_options[@]}" -- "$@"
}

# called_functions PLATFORM: the names of the native functions that the packages call, one a line. For "apple" those of C's header, which
# Swift is generated with, and of Dart's code. For "android" those of Dart's code, and those that Java looks up itself: one registers
# Kotlin's native methods, which call the library from within, and one takes the Flutter plugin's trust in servers.
called_functions() {
  {
    case $1 in
    apple) grep -oE '\b(uniffi|ffi)_[a-z0-9_]+ ?\(' bindings/swift/Sources/AIPassFFI/AIPassFFI.h | tr -d ' (' ;;
    android) grep -ohE '"Java_\w+"' bindings/src/*.rs | tr -d '"' ;;
    esac
    grep -rhoE "'(uniffi|ffi|aipass)_[a-z0-9_]+'" bindings/dart/lib/src/generated | tr -d "'"
  } | LC_ALL=C sort -u
}
