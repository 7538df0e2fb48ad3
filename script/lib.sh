# What script/demo and script/test share: looking for what a machine needs, and installing what it lacks.
# Sourced by bash; runs from the root of the repository. Nothing is installed that is already there.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# The first folder that holds the PostgreSQL server's programs, in the order in which Attune looks for them.
postgres_folder() {
  local folder
  if [ -n "${ATTUNE_PG_BIN:-}" ]; then
    [ -x "$ATTUNE_PG_BIN/initdb" ] || fail "ATTUNE_PG_BIN is $ATTUNE_PG_BIN, but there is no initdb in it. Point it at the folder that holds initdb and postgres, or unset it."
    printf '%s\n' "$ATTUNE_PG_BIN"
    return
  fi
  if command -v initdb >/dev/null; then
    folder=$(dirname "$(readlink -f "$(command -v initdb)")")
    [ -x "$folder/postgres" ] && printf '%s\n' "$folder" && return
  fi
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && printf '%s\n' "$folder" && return
  done
  return 1
}

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null; then
    fail "This needs root and there is no sudo. As root, run: ${*@Q}"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" || fail "This failed, or sudo wants a password and nobody is there to type it. As root, run: ${*@Q}"
  fi
}

# Installs those of the named Debian packages that are missing, without questions and without recommended extras.
install_packages() {
  local package missing=()
  command -v dpkg-query >/dev/null || fail "This is not a Debian system, so nothing was installed. Needed here, by their Debian names: $*"
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0

  say "Installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Options::=--force-confold "${missing[@]}" >&2
}

# Attune runs a server of its own, so Debian is told beforehand not to create and start one for the whole machine.
install_postgres() {
  local conf=/etc/postgresql-common/createcluster.conf
  postgres_folder >/dev/null && return
  command -v apt-get >/dev/null || fail "No PostgreSQL server was found. Install version 14 or newer and set ATTUNE_PG_BIN to the folder that holds initdb and postgres."
  if ! grep -qsE '^[[:space:]]*create_main_cluster' "$conf"; then
    as_root sh -c "mkdir -p ${conf%/*} && echo 'create_main_cluster = false' >> $conf"
  fi
  install_packages postgresql
  postgres_folder >/dev/null || fail "The package postgresql was installed, but initdb is in none of the usual folders. Set ATTUNE_PG_BIN to the folder that holds it."
}

# Cargo of at least the rust-version in Cargo.toml, and a C compiler for the crates that need one.
require_cargo() {
  local needed found
  command -v cargo >/dev/null || PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
  command -v cargo >/dev/null || fail "Cargo was not found. Install Rust from https://rustup.rs and run this again."
  needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  found=$(cargo --version | cut -d' ' -f2)
  [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -n1)" = "$needed" ] ||
    fail "This needs Rust $needed or newer; cargo here is $found. Run: rustup update stable"
  command -v cc >/dev/null || install_packages gcc libc6-dev
}
