# shellcheck shell=bash
# Builds Flutter apps for Linux and runs them, in a chroot that scripts/provision makes, with Debian's framework, engine and GTK. The
# flutter tool is on Google's servers alone.
# shellcheck source=chroot.sh
source "$(dirname "${BASH_SOURCE[0]}")/chroot.sh"
# shellcheck source=package-config.sh
source "$(dirname "${BASH_SOURCE[0]}")/package-config.sh"

flutter_tree=$CARGO_TARGET_DIR/flutter-desktop
# To build an app: compilers for Dart and C++, the engine's GTK library with its headers, the framework.
flutter_debian="dart-sdk dart-crypto dart-ffi flutter-localizations flutter-engine-tools flutter-patched-sdk libflutter-linux-gtk-dev"
flutter_debian+=" libflutter-linux-gtk cmake g++ ninja-build pkgconf"
# To run it: a screen, a session bus, a keyring, fonts, and what a screen reader would use.
flutter_debian+=" at-spi2-core dbus-daemon fonts-roboto-unhinted gnome-keyring imagemagick libsecret-1-0 python3-pyatspi xvfb"

# has_flutter_desktop: whether run_flutter_desktop works. Where it does not, it fails and leaves the reason in $missing.
has_flutter_desktop() {
  if ! may_enter_chroot; then
    # shellcheck disable=SC2034 # for the caller to read
    missing="to run Debian's Flutter in a chroot takes root and a mount namespace"
    return 1
  fi
  made_chroot "$flutter_tree" "$flutter_debian" || lacks "Debian's Flutter for the desktop is not there" flutter
}

# run_flutter_desktop COMMAND ARGUMENT…: runs it in the chroot, in the present folder, with the environment as it is.
run_flutter_desktop() {
  in_chroot "$flutter_tree" "$PWD" "$@"
}

# flutter_packages_of NAME=DIRECTORY…: the package_config.json of an app: Debian's packages, and the named ones.
flutter_packages_of() {
  {
    installed_packages "$flutter_tree" | sed "s| $flutter_tree/| /|" # as it is in the chroot
    named_packages "$@"
  } | package_config
}
