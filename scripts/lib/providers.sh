# shellcheck shell=bash
# Finds identity providers: those of npm, in a copy of tests/interop/npm, so that what npm installs never stands in the checkout; and
# Keycloak.

npm_providers=$CARGO_TARGET_DIR/providers

# has_npm_providers: whether what package-lock.json pins is there. Where it is not, it fails and leaves the reason in $missing.
has_npm_providers() {
  cmp -s tests/interop/npm/package-lock.json "$npm_providers/made-of" ||
    lacks "the npm packages of tests/interop/npm are not installed" providers
}

keycloak_version=26.5.6
# shellcheck disable=SC2034 # for what installs it
keycloak_sha256=490189d9dff05272432d51f71a069462eeca97f2920a694d539a1e6c26a5a347
keycloak=$CARGO_TARGET_DIR/tools/keycloak-$keycloak_version

# has_keycloak: whether it is there. Where it is not, it fails and leaves the reason in $missing.
has_keycloak() {
  [[ -f $keycloak/complete ]] || lacks "Keycloak is not installed" providers
}

# start_keycloak PORT PASSWORD LOG: starts it in the background, with the realm of tests/interop/keycloak alone and an administrator with
# this password. Its process is $!.
start_keycloak() {
  rm -rf "$keycloak/data"
  mkdir -p "$keycloak/data/import"
  cp tests/interop/keycloak/realm.json "$keycloak/data/import/"
  # Quick to start, and slow after hours. It runs for a minute.
  KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=$2 JAVA_OPTS_APPEND="-XX:TieredStopAtLevel=1" \
    "$keycloak/bin/kc.sh" start --optimized --import-realm --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 \
    --http-port="$1" &>"$3" &
}
