# shellcheck shell=bash
# Sourced by the scripts: the repository, the cache, Debian packages.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Tools live outside the repository, so that a fresh clone finds them built.
cache=${LOTSE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lotse}
target=$(cd "$root" && mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)
mkdir -p "$cache"

# Compiles without the paths of this machine, which are private, and would differ in each build. Arguments are further flags.
without_paths() {
  local flags sources
  (cd "$root" && cargo fetch -q --locked)
  flags=$(printf '%s\x1f' "$@" "--remap-path-prefix=$root/=")
  for sources in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    flags+="--remap-path-prefix=$sources="$'\x1f'
  done
  export CARGO_ENCODED_RUSTFLAGS=${flags%$'\x1f'}
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Once per run of a script: a fresh machine has no package lists.
apt_lists() {
  [ -n "${apt_listed-}" ] || as_root apt-get update -qq
  apt_listed=yes
}

apt_install() {
  command -v apt-get >/dev/null || { echo "please install: $*" >&2; return 1; }
  apt_lists
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$target/apt.log" 2>&1 ||
    { tail -n 20 "$target/apt.log" >&2; return 1; }
}
