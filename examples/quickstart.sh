#!/usr/bin/env bash
# Installs what is needed, builds helpdesk and walks through a sample desk. Run it as often as you like: it works in a
# home directory of its own, which it removes, and touches neither your mail nor your configuration.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

bash tests/support/install.sh build
echo "building; the first time takes some minutes" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release -D HELPDESK_TESTS=OFF && cmake --build build/release --target helpdesk; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "quickstart: the build failed" >&2
  exit 1
fi
helpdesk=$top/build/release/cmd/helpdesk/helpdesk

home=$(mktemp -d)
trap 'rm -rf "$log" "$home"' EXIT
mkdir -p "$home/.config/helpdesk"
# The sample's paths are relative to the source tree; a configuration at home names them in full.
sed "s|\"examples/|\"$top/examples/|" examples/desk/config.toml >"$home/.config/helpdesk/config.toml"
chmod 600 "$home/.config/helpdesk/config.toml"
cd "$home"
# Nothing of the caller's desk may leak in, and the sample's "now" is fixed, so that everybody sees the same.
desk() {
  env -i PATH="$PATH" HOME="$home" LANG=C.UTF-8 TERM="${TERM:-dumb}" COLUMNS="${COLUMNS:-100}" HELPDESK_PAGER= \
    HELPDESK_NOW=2026-01-15T09:00:00Z "$helpdesk" "$@" </dev/null 2>&1
}
bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
shown() {
  printf '\n%s$ helpdesk %s%s\n' "$bold" "$*" "$plain"
  desk "$@"
}
say() { printf '\n%s\n' "$*"; }

say "A shop's mailbox: $(find "$top/examples/desk/Maildir" -type f -name '*.desk*' | wc -l) messages in eleven languages. Fetch it:"
shown pull
say "Who waits for an answer, longest first:"
shown list --format table
# Ticket numbers are given out at the pull: scripts ask for them.
number_of() { desk search "subject:\"$1\"" --json number --jq '.[0].number'; }
say "One conversation, quotes folded:"
shown show "$(number_of "Roof felt came loose")"
say "A reply from a template, in the customer's language:"
shown draft "$(number_of "Where is my parcel")" --template shipping-delay --print
say "What needs no reply, and why:"
shown list --noise --limit 8 --format table
say "How long customers really waited; those who still wait count too:"
shown stats
say "The same as a page for others:"
shown report --format markdown
say "What cron would mail in the morning:"
shown digest

cat <<'END'

That was the sample. For your own mailbox:

  sudo cmake --install build/release      or build a package: cmake --build build/release --target package
  helpdesk init                           asks for the mailbox, which addresses are the desk's, and ends in a dry run
  helpdesk pull && helpdesk list

README.md goes on from here; `helpdesk help` lists every command, and `helpdesk COMMAND --help` ends with examples.
END
