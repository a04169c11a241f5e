# shellcheck shell=bash

# package_config: the package_config.json of packages whose name, directory and language version come one a line.
package_config() {
  local name root version separator=""
  echo '{"configVersion": 2, "packages": ['
  while read -r name root version; do
    printf '%s{"name": "%s", "rootUri": "file://%s", "packageUri": "lib/", "languageVersion": "%s"}' \
      "$separator" "$name" "$root" "$version"
    separator=$',\n'
  done
  echo ']}'
}

# installed_packages TREE: the packages that Debian installed in TREE, in that form.
installed_packages() {
  local package version
  for package in "$1"/usr/share/dart/packages/*; do
    version=$(sed -nE 's/^ +sdk: [^0-9]*([0-9]+\.[0-9]+).*/\1/p' "$package/pubspec.yaml" | head -1)
    echo "$(basename "$package") $package $version"
  done
}

# named_packages NAME=DIRECTORY…: these, in that form.
named_packages() {
  local package
  for package; do echo "${package%%=*} ${package#*=} 3.5"; done
}
