# shellcheck shell=bash
# Runs dart: the user's own, or that of scripts/provision, which comes from Debian with Flutter's framework and headless engine.
# shellcheck source=package-config.sh
source "$(dirname "${BASH_SOURCE[0]}")/package-config.sh"

dart_tree=$CARGO_TARGET_DIR/dart-toolchain
# Beside Dart: what the package depends on, what tests are written with, and Flutter.
dart_packages="dart-sdk dart-crypto dart-ffi dart-test-api dart-matcher libstdc++6"
dart_packages+=" flutter-localizations flutter-test flutter-tester flutter-patched-sdk"
# With which Flutter draws the widgets: the engine's own font has boxes for letters.
dart_packages+=" fonts-dejavu-core fonts-roboto-unhinted"
dart_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Whether the dart on PATH is new enough and can get the packages that are needed. The package's own pubspec.yaml does not serve here,
# because it needs Flutter too.
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

# Whether the tree is there, where it was made, with the packages that are listed now.
made_dart() {
  [[ $(cat "$dart_tree/made-of" 2>/dev/null) == "$dart_tree $dart_packages" ]]
}

# has_dart: whether there is a dart for run_dart. Where there is none, it fails and leaves the reason in $missing.
has_dart() {
  own_dart || made_dart || lacks "there is no Dart 3.5 on PATH that gets its packages" dart
}

# has_flutter: whether Debian's Dart and Flutter are there. Where they are not, it fails and leaves the reason in $missing.
has_flutter() {
  made_dart || lacks "Debian's Flutter is not there" dart
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

# known_packages: the packages that are installed: name, directory and language version, one a line.
known_packages() {
  if own_dart; then
    # pub writes one field a line, always in this order.
    sed -nE 's/.*"(name|rootUri|languageVersion)": "(file:\/\/)?([^"]*)".*/\3/p' "$dart_tree.pub/.dart_tool/package_config.json" |
      paste -d ' ' - - -
    return
  fi
  installed_packages "$dart_tree"
  # What Debian lacks of the package "test".
  echo "test $dart_checkout/bindings/dart/tool/test 3.5"
}

# find_packages DIRECTORY [NAME=DIRECTORY…]: tells Dart which packages code in the directory may import, as `dart pub get` would: those
# that are installed, this repository's, and the named ones.
find_packages() {
  local directory=$1
  shift
  mkdir -p "$directory/.dart_tool"
  {
    known_packages
    named_packages "aipass=$dart_checkout/bindings/dart" "$@"
  } | package_config >"$directory/.dart_tool/package_config.json"
}

# dart_tests DIRECTORY ARGUMENT…: runs the tests in that directory's `test`, with these arguments for Dart, and records their results
# for a suite.
dart_tests() {
  local directory=$1 output status=0 passed failed skipped file name
  shift
  # `dart test` writes a program like this too.
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
  # Tests that do not compile, or die half-way, report no failed test. That there is no test is a failure too.
  if ((status != 0 || ${passed:-0} + ${failed:-0} == 0)); then
    record_unnamed "${failed:-0}" "$status" "the tests of $directory"
  fi
  record passed "${passed:-0}"
  record failed "${failed:-0}"
  record skipped "${skipped:-0}"
}

# dart_failures: the failed tests, as records, from the output of run_tests.dart: "failed: NAME (3 ms)", the reason, indented, and the
# place.
dart_failures() {
  awk '
    /^failed: / { sub(/ \([0-9]+ ms\)$/, ""); print "failure " substr($0, 9); saying = 1; next }
    !/^  / { saying = 0 }
    saying && NF { print "because " substr($0, 3) }'
}

# run_flutter_test DIRECTORY NAME DEFINITION…: compiles test/NAME.dart with these definitions, and runs it in Flutter's headless
# engine, as `flutter test` does.
run_flutter_test() {
  local directory=$1 name=$2 engine compiled app
  shift 2
  engine=$(echo "$dart_tree"/usr/lib/flutter-engine/*)
  compiled=$directory/.dart_tool/$name.dill
  mkdir -p "${compiled%/*}"
  "$dart_tree/usr/lib/dart/bin/dartaotruntime" "$dart_tree/usr/lib/dart/bin/snapshots/frontend_server_aot.dart.snapshot" \
    --sdk-root "$engine/flutter_patched_sdk/" --target=flutter --packages="$directory/.dart_tool/package_config.json" \
    --output-dill="$compiled" "$@" "$directory/test/$name.dart" >"$compiled.log" || {
    cat "$compiled.log" >&2
    return 1
  }
  app=$(basename "$directory")
  # The variables are those that `flutter test` sets: for frames that the test draws, and for the app's assets.
  # The engine's exit status does not say how the tests ended, and after a failure it may never end.
  local line result=1
  while read -r line; do
    echo "$line"
    case $line in
    *": All tests passed!") result=0 && break ;;
    *": Some tests failed.") break ;;
    esac
  done < <(cd "$directory" && FLUTTER_TEST=true UNIT_TEST_ASSETS=$PWD APP_NAME=$app exec timeout 1200 "$engine/flutter_tester" --disable-vm-service --non-interactive "$compiled" 2>&1)
  kill "$!" 2>/dev/null || true
  return "$result"
}
