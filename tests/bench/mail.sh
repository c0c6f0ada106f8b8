#!/usr/bin/env bash
# mail.sh HELPDESK GENERATE_MAIL [COUNT [WORK-DIR]]: helpdesk beside notmuch and sqlite3 on the same generated Maildir.
# Prints seconds and ratios; absolute times hold for this machine and hour only. Both read from a warm page cache.
#   SKIP_NOTMUCH=1  only our own half (100,000 messages take notmuch some twenty minutes)
set -euo pipefail
helpdesk=$(realpath "$1") generate=$(realpath "$2") count=${3:-10000}
made=
work=${4:-$(mktemp -d)}
[ -n "${4:-}" ] || made=$work
mkdir -p "$work"
work=$(realpath "$work")
trap '[ -z "$made" ] || rm -rf "$made"' EXIT
for program in hyperfine jq sqlite3; do command -v $program >/dev/null || { echo "mail.sh: install $program" >&2; exit 2; }; done
export HOME=$work LC_ALL=C.UTF-8 NOTMUCH_CONFIG=$work/notmuch-config HELPDESK_CONFIG=$work/config.toml
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache HELPDESK_PAGER=
unset HELPDESK_STORE HELPDESK_NOW

if [ ! -f "$work/words" ]; then "$generate" "$work/mail" "$count" >"$work/words.new" && mv "$work/words.new" "$work/words"; fi
read -r frequent middling rare <"$work/words"
find "$work/mail" -type f -print0 | xargs -0 cat | wc -c | awk -v n="$count" '{ printf "%d messages, %.0f MB\n", n, $1 / 1e6 }'
cat >"$HELPDESK_CONFIG" <<END
[accounts.bench]
backend = "maildir"
path = "$work/mail"
us = ["support@birdhouse.example"]
END
cat >"$NOTMUCH_CONFIG" <<END
[database]
path=$work/mail
[new]
ignore=
[user]
primary_email=support@birdhouse.example
END
rm -rf "$work/data" "$work/mail/.notmuch"

timed() { # COMMAND…: seconds, CPU seconds, peak MB in T
  local wall user system peak
  "${TIME:-/usr/bin/time}" -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
  read -r wall user system peak <"$work/time"
  T=$wall CPU=$(awk "BEGIN { print $user + $system }") PEAK=$((peak / 1024))
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0 == 0) print "-"; else printf "%.3f", a / b }'; }
row() { printf '%-34s %12s %12s %9s   %s\n' "$@"; }
# median of a command line in milliseconds
median() { hyperfine -N --warmup 5 --runs "${RUNS:-30}" --export-json "$work/h.json" "$*" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 1; }; jq '.results[0].median * 1000 * 100 | round / 100' "$work/h.json"; }
pair() { # NAME BAR OUR-COMMAND THEIR-COMMAND
  local ours theirs=-
  ours=$(median "$3")
  [ -z "$4" ] || theirs=$(median "$4")
  row "$1" "$ours ms" "$theirs ms" "$(ratio "$ours" "$theirs")" "$2"
}

row what helpdesk notmuch ratio bar
if ! [ -x "${TIME:-/usr/bin/time}" ]; then echo "mail.sh: install time" >&2; exit 2; fi
timed "$helpdesk" pull; ours=$T cpu=$CPU memory=$PEAK
theirs=0 their_cpu=0
if [ "${SKIP_NOTMUCH:-0}" = 0 ]; then timed notmuch new; theirs=$T their_cpu=$CPU; fi
row "first pull / notmuch new" "$ours s" "$theirs s" "$(ratio "$ours" "$theirs")" "<= 0.1"
row "  CPU" "$cpu s" "$their_cpu s" "$(ratio "$cpu" "$their_cpu")" ""
row "  peak memory" "$memory MB" "" "" "< 300 MB"
row "  messages a second" "$(awk "BEGIN { printf \"%.0f\", $count / $ours }")" "" "" ""
row "  store" "$(du -sm "$work/data" | cut -f1) MB" "$(du -sm "$work/mail/.notmuch" 2>/dev/null | cut -f1) MB" "" ""
timed "$helpdesk" pull
row "second pull, nothing new" "$T s" "" "" "<= 0.3 s (100,000)"

nm() { [ "${SKIP_NOTMUCH:-0}" != 0 ] || echo "notmuch $*"; }
for word in "$frequent" "$middling" "$rare"; do
  pair "newest 20 of $word" "<= 0.25" "$helpdesk search $word --limit 20" "$(nm search --limit=20 "$word")"
  pair "count $word" "<= 0.5" "$helpdesk search $word --count" "$(nm count "$word")"
  row "  hits" "$("$helpdesk" search "$word" --count)" "$([ "${SKIP_NOTMUCH:-0}" != 0 ] || notmuch count "$word")" "" ""
done
pair list "<= 50 ms" "$helpdesk list" ""
RUNS=60
pair "--version beside notmuch" "<= 1" "$helpdesk --version" "notmuch --version"
pair "--help beside notmuch" "<= 1" "$helpdesk --help" "notmuch --version"
pair "--version beside sqlite3" "goal 1.6" "$helpdesk --version" "sqlite3 --version"
pair "list of one beside sqlite3" "" "$helpdesk list --limit 1" "sqlite3 --version"
