# shellcheck shell=bash
# Provides dart: the user's own, or Debian's, of which only "unstable" has one; and Flutter's framework and headless engine,
# Debian's too. Programs are unpacked beside the newer C library that they need, and pointed to it: nothing is installed.

dart_tree=$CARGO_TARGET_DIR/dart-toolchain
# Beside Dart: what the package depends on, what tests are written with, and Flutter.
dart_packages="dart-sdk dart-crypto dart-ffi dart-test-api dart-matcher libstdc++6"
dart_packages+=" flutter-test flutter-tester flutter-patched-sdk"
dart_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Whether the dart on PATH is new enough, and gets the packages that are needed. Not by the package's own pubspec.yaml,
# which asks for Flutter too.
own_dart() {
  local version resolved=$dart_tree.pub
  if [[ -z ${own_dart_works:-} ]]; then
    own_dart_works=false
    version=$(dart --version 2>/dev/null | sed -nE 's/^Dart SDK version: ([0-9]+\.[0-9]+)\..*/\1/p') || true
    if [[ -n $version && $(printf '%s\n' 3.5 "$version" | sort -V | head -1) == 3.5 ]]; then
      mkdir -p "$resolved"
      printf '%s\n' "name: tools" "environment: {sdk: ^3.5.0}" "dependencies: {crypto: ^3.0.0, ffi: ^2.1.0, test: ^1.25.0}" \
        >"$resolved/pubspec.yaml"
      if (cd "$resolved" && dart pub get) &>"$resolved/log"; then own_dart_works=true; fi
    fi
  fi
  $own_dart_works
}

# Whether the tree is there, at the place for which it was made, and has the packages that are listed now.
made_dart() {
  [[ $(cat "$dart_tree/made-of" 2>/dev/null) == "$dart_tree $dart_packages" ]]
}

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

# run_dart DIRECTORY ARGUMENT…: runs dart there.
run_dart() {
  local directory=$1
  shift
  if own_dart; then
    (cd "$directory" && dart "$@")
  else
    # A home of its own: Dart keeps settings and caches in it.
    mkdir -p "$dart_tree.home"
    (cd "$directory" && HOME=$dart_tree.home "$dart_tree/usr/lib/dart/bin/dart" "$@")
  fi
}

# known_packages: the packages that were provided: name, directory and language version, one a line.
known_packages() {
  local package version
  if own_dart; then
    # pub writes one field a line, always in this order.
    sed -nE 's/.*"(name|rootUri|languageVersion)": "(file:\/\/)?([^"]*)".*/\3/p' "$dart_tree.pub/.dart_tool/package_config.json" |
      paste -d ' ' - - -
    return
  fi
  for package in "$dart_tree"/usr/share/dart/packages/*; do
    version=$(sed -nE 's/^ +sdk: [^0-9]*([0-9]+\.[0-9]+).*/\1/p' "$package/pubspec.yaml" | head -1)
    echo "$(basename "$package") $package $version"
  done
  # What Debian lacks of the package "test".
  echo "test $dart_checkout/bindings/dart/tool/test 3.5"
}

# find_packages DIRECTORY [NAME=DIRECTORY…]: tells Dart where the packages are that code in the directory may import, as
# `dart pub get` would: those that were provided, this repository's, and the named ones.
find_packages() {
  local directory=$1 name root version separator=""
  shift
  mkdir -p "$directory/.dart_tool"
  {
    echo '{"configVersion": 2, "packages": ['
    {
      known_packages
      echo "aipass $dart_checkout/bindings/dart 3.5"
      for root; do echo "${root%%=*} ${root#*=} 3.5"; done
    } | while read -r name root version; do
      printf '%s{"name": "%s", "rootUri": "file://%s", "packageUri": "lib/", "languageVersion": "%s"}' \
        "$separator" "$name" "$root" "$version"
      separator=$',\n'
    done
    echo ']}'
  } >"$directory/.dart_tool/package_config.json"
}

# dart_tests DIRECTORY ARGUMENT…: runs the tests in that directory's `test`, with these arguments for Dart, and records what
# they report, for a suite.
dart_tests() {
  local directory=$1 output status=0 passed failed skipped file name
  shift
  # `dart test` writes such a program too.
  {
    echo "import '$dart_checkout/bindings/dart/tool/run_tests.dart';"
    for file in "$directory"/test/*_test.dart; do
      name=$(basename "$file" .dart)
      echo "import '../test/$name.dart' as $name;"
    done
    echo "void main() => runTests({"
    for file in "$directory"/test/*_test.dart; do
      name=$(basename "$file" .dart)
      echo "  '${name%_test}': $name.main,"
    done
    echo "}, filter: const String.fromEnvironment('filter'));"
  } >"$directory/.dart_tool/tests.dart"
  output=$(mktemp)
  # Without the traces of panics, which these tests cause on purpose.
  RUST_BACKTRACE=0 run_dart "$directory" "$@" --packages=.dart_tool/package_config.json .dart_tool/tests.dart 2>&1 |
    tee "$output" || status=$?
  dart_failures <"$output" >>"$SUITE_RECORD"
  # "41 passed, 0 failed, 0 skipped"
  read -r passed failed skipped < <(
    sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$output" | tail -1
  ) || true
  rm "$output"
  # What does not compile, or dies half-way, reports no failed test; and no test at all is a failure too.
  if ((status != 0 || ${passed:-0} + ${failed:-0} == 0)); then
    record_unnamed "${failed:-0}" "$status" "the tests of $directory"
  fi
  record passed "${passed:-0}"
  record failed "${failed:-0}"
  record skipped "${skipped:-0}"
}

# dart_failures: which tests failed, as records, of what run_tests.dart said: "failed: NAME (3 ms)", why, indented, and where.
dart_failures() {
  awk '
    /^failed: / { sub(/ \([0-9]+ ms\)$/, ""); print "failure " substr($0, 9); saying = 1; next }
    !/^  / { saying = 0 }
    saying && NF { print "because " substr($0, 3) }'
}

# run_flutter_test DIRECTORY NAME DEFINITION…: compiles test/NAME.dart with these definitions, and runs it in Flutter's headless
# engine, as `flutter test` does.
run_flutter_test() {
  local directory=$1 name=$2 engine compiled
  shift 2
  engine=$(echo "$dart_tree"/usr/lib/flutter-engine/*)
  compiled=$directory/.dart_tool/$name.dill
  "$dart_tree/usr/lib/dart/bin/dartaotruntime" "$dart_tree/usr/lib/dart/bin/snapshots/frontend_server_aot.dart.snapshot" \
    --sdk-root "$engine/flutter_patched_sdk/" --target=flutter --packages="$directory/.dart_tool/package_config.json" \
    --output-dill="$compiled" "$@" "$directory/test/$name.dart" >"$compiled.log" || {
    cat "$compiled.log" >&2
    return 1
  }
  # The engine does not tell by its status what came of the tests, and after a failure it may wait for ever.
  local line result=1
  while read -r line; do
    echo "$line"
    case $line in
    *": All tests passed!") result=0 && break ;;
    *": Some tests failed.") break ;;
    esac
  done < <(cd "$directory" && exec timeout 300 "$engine/flutter_tester" --disable-vm-service --non-interactive "$compiled" 2>&1)
  kill "$!" 2>/dev/null || true
  return "$result"
}
