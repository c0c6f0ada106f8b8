#!/usr/bin/env bash
# install.sh build|test: the Debian packages that building, or building and testing, needs. Asks nothing, installs
# only what is missing, uses sudo when not root. The one list of packages: quickstart.sh and run.sh both come here.
set -euo pipefail

# What compiles it; libraries marked "late" are headers at build time and loaded by the program at first use.
build=(
  g++ cmake ninja-build pkg-config ccache mold git ca-certificates tzdata
  libabsl-dev libcli11-dev libfmt-dev libgumbo-dev libsodium-dev libsqlite3-dev libssl-dev
  libtomlplusplus-dev libzstd-dev nlohmann-json3-dev robin-map-dev zlib1g-dev
  libcurl4-openssl-dev libgmime-3.0-dev libical-dev libjq-dev libstemmer-dev # late
  libcld2-0                                       # late, without headers
)
# What tests it: a library, the style's tools, real servers on loopback, and the programs its output is meant for.
test=(
  libgtest-dev libgmock-dev debootstrap dpkg-dev perl procps util-linux
  clang-19 clang-format-19 clang-tidy-19
  dovecot-imapd dovecot-lmtpd exim4-daemon-light openssl
  bash-completion fish jq less man-db sqlite3 zsh
)

case ${1:-} in
build) wanted=("${build[@]}") ;;
test) wanted=("${build[@]}" "${test[@]}") ;;
*) echo "usage: install.sh build|test" >&2; exit 2 ;;
esac

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
missing=()
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "install.sh: this is no Debian: install these by hand, then go on: ${wanted[*]}" >&2
  exit 0
fi
for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || {
    echo "install.sh: not root and no sudo: ask an administrator to install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
echo "installing ${#missing[@]} packages: ${missing[*]}" >&2
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq "$@" </dev/null; }

# Mail servers would start at once; the tests start their own, on ports of their own. A file that forbids it stands
# only as long as the installation takes, and only where no other one stands.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
  "${as_root[@]}" chmod 755 $policy
  trap '"${as_root[@]}" rm -f $policy' EXIT
fi
log=$(mktemp)
if ! { apt update && apt install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  rm -f "$log"
  echo "install.sh: apt-get could not install ${missing[*]}" >&2
  exit 1
fi
rm -f "$log"
