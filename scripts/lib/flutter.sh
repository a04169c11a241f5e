# shellcheck shell=bash
# Builds Flutter apps for Linux and runs them, in a chroot that scripts/provision makes, with Debian's framework, engine and GTK. The
# flutter tool is on Google's servers alone.

flutter_tree=$CARGO_TARGET_DIR/flutter-desktop
# To build an app: compilers for Dart and C++, the engine's GTK library with its headers, the framework.
flutter_packages="dart-sdk dart-crypto dart-ffi flutter-localizations flutter-engine-tools flutter-patched-sdk libflutter-linux-gtk-dev"
flutter_packages+=" libflutter-linux-gtk cmake g++ ninja-build pkgconf"
# To run it: a screen, a session bus, a keyring, fonts, and what a screen reader would use.
flutter_packages+=" at-spi2-core dbus-daemon fonts-roboto-unhinted gnome-keyring imagemagick libsecret-1-0 python3-pyatspi xvfb"
flutter_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Whether the chroot is there and has the packages that are listed now.
made_flutter_desktop() {
  [[ $(cat "$flutter_tree/made-of" 2>/dev/null) == "$flutter_packages" ]]
}

# Whether the chroot can be entered here: by root, where mount namespaces are allowed.
may_enter_flutter_desktop() {
  ((EUID == 0)) && unshare --mount true 2>/dev/null
}

# has_flutter_desktop: whether run_flutter_desktop works. Where it does not, it fails and leaves the reason in $missing.
has_flutter_desktop() {
  if ! may_enter_flutter_desktop; then
    # shellcheck disable=SC2034 # for the caller to read
    missing="to run Debian's Flutter in a chroot takes root and a mount namespace"
    return 1
  fi
  made_flutter_desktop || lacks "Debian's Flutter for the desktop is not there" flutter
}

# enter_flutter_desktop COMMAND ARGUMENT…: runs it in the chroot, in the present folder. It mounts folders, so run it in a mount
# namespace of its own.
enter_flutter_desktop() {
  local path
  for path in /dev /proc; do mount --rbind "$path" "$flutter_tree$path"; done
  # At the same paths as outside, so that messages and variables are right on both sides.
  for path in /tmp "$flutter_checkout" "$CARGO_TARGET_DIR"; do
    mkdir -p "$flutter_tree$path"
    mount --bind "$path" "$flutter_tree$path"
  done
  exec chroot "$flutter_tree" env -C "$PWD" HOME=/root TMPDIR=/tmp LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin "$@"
}

# run_flutter_desktop COMMAND ARGUMENT…: runs it in the chroot, in the present folder, with the environment as it is.
run_flutter_desktop() {
  # The mounts end with the last process of the namespace: nothing to undo, whatever happens.
  (
    export flutter_tree flutter_checkout CARGO_TARGET_DIR
    export -f enter_flutter_desktop
    exec unshare --mount bash -euc 'enter_flutter_desktop "$@"' bash "$@"
  )
}

# flutter_packages_of NAME=DIRECTORY…: the package_config.json of an app: Debian's packages, and the named ones.
flutter_packages_of() {
  local package version name separator=""
  echo '{"configVersion": 2, "packages": ['
  {
    for package in "$flutter_tree"/usr/share/dart/packages/*; do
      version=$(sed -nE 's/^ +sdk: [^0-9]*([0-9]+\.[0-9]+).*/\1/p' "$package/pubspec.yaml" | head -1)
      echo "$(basename "$package") ${package#"$flutter_tree"} $version"
    done
    for package; do echo "${package%%=*} ${package#*=} 3.5"; done
  } | while read -r name package version; do
    printf '%s{"name": "%s", "rootUri": "file://%s", "packageUri": "lib/", "languageVersion": "%s"}' \
      "$separator" "$name" "$package" "$version"
    separator=$',\n'
  done
  echo ']}'
}
