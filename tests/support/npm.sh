# shellcheck shell=bash
# Sourced after tools.sh: packs the npm package and installs the archive into a scratch project.

tests=$root/bindings-wasm/tests
export LOTSE_PROJECT=$target/npm/project

# From the archive, as users install it, so that a missing file is noticed.
npm_package() {
  "$root/bindings-wasm/build"
  rm -rf "$target/npm"
  mkdir -p "$LOTSE_PROJECT"
  (cd "$root/bindings-wasm" && npm pack --silent --pack-destination "$target/npm")
  echo '{"private": true}' >"$LOTSE_PROJECT/package.json"
  (cd "$LOTSE_PROJECT" && npm install --silent --no-audit --no-fund --no-package-lock "$target"/npm/lotse-*.tgz)
}

npm_tools() {
  if ! cmp -s "$tests/package-lock.json" "$tests/node_modules/.installed"; then
    (cd "$tests" && npm ci --silent --no-audit --no-fund)
    cp "$tests/package-lock.json" "$tests/node_modules/.installed"
  fi
  # The tests import the installed package from their own folder.
  ln -sfn "$LOTSE_PROJECT/node_modules/lotse" "$tests/node_modules/lotse"
}
