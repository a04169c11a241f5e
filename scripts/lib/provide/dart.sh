# shellcheck shell=bash
# Unpacks Debian's Dart, which only "unstable" has, and Flutter's framework and headless engine. Programs are unpacked beside the
# newer C library that they need, and pointed to it: nothing is installed.
# shellcheck source=../dart.sh
source "$(dirname "${BASH_SOURCE[0]}")/../dart.sh"

# unpack_dart DIRECTORY: Debian's packages, with all that they need, by an apt whose state is its own.
unpack_dart() {
  local tree=$1 state=$1/apt mirror package packages
  read -ra packages <<<"$dart_packages"
  mkdir -p "$state/lists/partial" "$state/archives/partial"
  mirror=$(debian_mirror) || {
    echo "apt does not say where it takes packages from: its lists name no base-files"
    return 1
  }
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$state/sources.list"
  # As if nothing were installed, so that the C library comes too.
  local apt=(apt-get -q -y -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Acquire::Languages=none
    -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State="$state"
    -o Dir::State::Lists="$state/lists" -o Dir::State::Status=/dev/null -o Dir::Cache="$state" -o Debug::NoLocking=true)
  "${apt[@]}" update
  "${apt[@]}" install --download-only "${packages[@]}"
  for package in "$state"/archives/*.deb; do dpkg-deb -x "$package" "$tree"; done
  rm -r "$state"
}

# link_dart DIRECTORY: has its programs use the C library beside them, at the place where they will be.
link_dart() {
  local tree=$1 loader program programs
  programs=("$tree"/usr/lib/dart/bin/{dart,dartvm,dartaotruntime,utils/gen_snapshot} "$tree"/usr/lib/flutter-engine/*/flutter_tester)
  loader=$(cd "$tree" && echo usr/lib/*/ld-linux-*.so.*)
  for program in "${programs[@]}"; do
    patchelf --set-interpreter "$dart_tree/$loader" --force-rpath --set-rpath "$dart_tree/${loader%/*}" "$program"
  done
}

# make_dart: fills the tree elsewhere and renames it once it is whole, so that half of one is never used.
make_dart() {
  local making=$dart_tree.making log=$dart_tree.log
  if made_dart; then return; fi
  echo "unpacking Debian's dart-sdk (once for this target folder: 160 MB to load)"
  rm -rf "$making"
  mkdir -p "$making"
  # In a process of its own, because bash ignores -e in a function whose status is asked for.
  export dart_tree dart_packages
  export -f debian_mirror unpack_dart link_dart
  # shellcheck disable=SC2016 # for that process to expand
  if ! bash -euc 'unpack_dart "$1" && link_dart "$1"' bash "$making" &>"$log"; then
    tail "$log" >&2
    return 1
  fi
  rm -rf "$dart_tree"
  echo "$dart_tree $dart_packages" >"$making/made-of" && mv -T "$making" "$dart_tree"
}

# provide_dart: makes sure of a dart for run_dart. Where it cannot, it fails and leaves the reason in $missing.
provide_dart() {
  if own_dart || provide_flutter; then return; fi
  missing="there is no Dart 3.5 on PATH that gets its packages, and $missing"
  return 1
}

# provide_flutter: makes sure of Debian's Dart and Flutter. Where it cannot, it fails and leaves the reason in $missing.
provide_flutter() {
  if made_dart; then return; fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    missing="there is no apt-get to load Debian's with"
    return 1
  fi
  debian patchelf patchelf || return 1
  # Locked, so that of two at once the second waits for the first and uses what that made.
  if ! (flock 9 && make_dart) 9>"$dart_tree.lock"; then
    missing="Debian's cannot be loaded"
    return 1
  fi
}
