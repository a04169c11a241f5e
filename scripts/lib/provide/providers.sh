# shellcheck shell=bash
# Installs identity providers: those of npm, and Keycloak from Maven Central.
# shellcheck source=../providers.sh
source "$(dirname "${BASH_SOURCE[0]}")/../providers.sh"
# shellcheck source=../maven.sh
source "$(dirname "${BASH_SOURCE[0]}")/../maven.sh"

# provide_npm_providers: what package-lock.json of tests/interop/npm pins.
provide_npm_providers() {
  if has_npm_providers; then return; fi
  mkdir -p "$npm_providers"
  cp tests/interop/npm/package.json tests/interop/npm/package-lock.json "$npm_providers/"
  if ! npm ci --prefix "$npm_providers" --no-audit --no-fund --loglevel=error; then
    missing="npm cannot install the packages of tests/interop/npm"
    return 1
  fi
  cp tests/interop/npm/package-lock.json "$npm_providers/made-of"
}

# make_keycloak DIRECTORY: its files, prepared for a quick start.
make_keycloak() {
  local making=$1 archive=keycloak-quarkus-dist-$keycloak_version.zip
  run_maven "$making" --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    "-Dartifact=org.keycloak:keycloak-quarkus-dist:$keycloak_version:zip" "-DoutputDirectory=$making"
  echo "$keycloak_sha256  $making/$archive" | sha256sum --check --quiet
  python3 -m zipfile -e "$making/$archive" "$making"
  rm "$making/$archive"
  chmod +x "$making/keycloak-$keycloak_version/bin/kc.sh"
  "$making/keycloak-$keycloak_version/bin/kc.sh" build --db=dev-file
}

# provide_keycloak: makes sure that it is there. Where it cannot, it fails and leaves the reason in $missing.
provide_keycloak() {
  local making=$keycloak.making log=$keycloak.log
  if has_keycloak; then return; fi
  has_maven || return 1
  echo "loading Keycloak (once for this target folder: 165 MB)"
  rm -rf "$making" "$keycloak"
  mkdir -p "$making"
  # In a process of its own, because bash ignores -e in a function whose status is asked for.
  export keycloak_version keycloak_sha256
  export -f run_maven make_keycloak
  # shellcheck disable=SC2016 # for that process to expand
  if ! bash -euc 'make_keycloak "$1"' bash "$making" &>"$log"; then
    tail "$log" >&2
    # shellcheck disable=SC2034 # for the caller to read
    missing="Maven cannot load Keycloak, or it cannot be prepared"
    return 1
  fi
  mv -T "$making/keycloak-$keycloak_version" "$keycloak"
  rm -r "$making"
  touch "$keycloak/complete"
}
