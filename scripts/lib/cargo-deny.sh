# shellcheck shell=bash
# Provides cargo-deny, which reads deny.toml.

# Pinned, so that a release of theirs changes nothing here overnight.
cargo_deny_version=0.20.2

cargo_deny_home=$CARGO_TARGET_DIR/tools/cargo-deny-$cargo_deny_version
# Last, so that a cargo-deny of the user's own comes first.
PATH=$PATH:$cargo_deny_home/bin

# Without optimisation it builds in a third of the time and still checks in seconds.
provide_cargo_deny() {
  if command -v cargo-deny >/dev/null; then return; fi
  echo "building cargo-deny $cargo_deny_version (once for this target folder)"
  CARGO_PROFILE_DEV_DEBUG=false cargo install cargo-deny --version "$cargo_deny_version" --locked --quiet --debug \
    --root "$cargo_deny_home" --target-dir "$cargo_deny_home/build" || return 1
  rm -rf "$cargo_deny_home/build"
}
