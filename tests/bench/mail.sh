#!/usr/bin/env bash
# mail.sh HELPDESK GENERATE_MAIL [COUNT [WORK-DIR]]: helpdesk beside notmuch and sqlite3 on the same generated Maildir.
# Prints seconds, ratios and whether each bar is met; absolute times hold for this machine and hour only. Both read from
# a warm page cache. Exits 1 when a bar is missed.
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
unset HELPDESK_STORE

if [ ! -f "$work/words" ]; then "$generate" "$work/mail" "$count" >"$work/words.new" && mv "$work/words.new" "$work/words"; fi
read -r frequent middling rare <"$work/words"
rm -rf "$work/data" "$work/mail/.notmuch" # of an earlier run: neither starts from it, and it is no mail
find "$work/mail" -type f -print0 | xargs -0 cat | wc -c | awk -v n="$count" '{ printf "%d messages, %.0f MB\n", n, $1 / 1e6 }'
# An hour after the last message: nobody waits in a mailbox that has been quiet for months.
newest=$(find "$work/mail/cur" -type f -printf '%f\n' | sort -n | tail -1)
export HELPDESK_NOW=$(date -u -d "@$((${newest%%.*} + 3600))" +%FT%TZ)
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

. "$(dirname "$0")/common.sh"
# median of a command line in milliseconds
median() { hyperfine -N --warmup 5 --runs "${RUNS:-30}" --export-json "$work/h.json" "$*" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 1; }; jq '.results[0].median * 1000 * 100 | round / 100' "$work/h.json"; }
pair() { # NAME LIMIT OUR-COMMAND THEIR-COMMAND: LIMIT is that of the ratio
  local ours theirs=- both
  ours=$(median "$3")
  [ -z "$4" ] || theirs=$(median "$4")
  both=$(ratio "$ours" "$theirs")
  bar "$1" "$ours ms" "$theirs ms" "$both" "$both" "$2"
}

row what helpdesk notmuch ratio bar
if ! [ -x "${TIME:-/usr/bin/time}" ]; then echo "mail.sh: install time" >&2; exit 2; fi
# Theirs takes as long as ten of ours, and the machine's pace changes in that time: ours once before it and twice
# behind it, of which the median counts.
first_pull() { rm -rf "$work/data"; timed "$helpdesk" pull; echo "$T $CPU $PEAK" >>"$work/pulls"; }
: >"$work/pulls"
first_pull
theirs=0 their_cpu=0
if [ "${SKIP_NOTMUCH:-0}" = 0 ]; then timed notmuch new; theirs=$T their_cpu=$CPU; fi
first_pull
first_pull
read -r ours cpu memory < <(sort -n "$work/pulls" | sed -n 2p)
first=$(ratio "$ours" "$theirs")
bar "first pull / notmuch new" "$ours s" "$theirs s" "$first" "$first" 0.1
row "  CPU" "$cpu s" "$their_cpu s" "$(ratio "$cpu" "$their_cpu")" ""
bar "  peak memory" "$memory MB" "" "" "$memory" 300 "<= 300 MB"
row "  messages a second" "$(awk "BEGIN { printf \"%.0f\", $count / $ours }")" "" "" ""
row "  store" "$(du -sm "$work/data" | cut -f1) MB" "$(du -sm "$work/mail/.notmuch" 2>/dev/null | cut -f1) MB" "" ""
timed "$helpdesk" pull
bar "second pull, nothing new" "$T s" "" "" "$T" 0.3 "<= 0.3 s (100,000)"

nm() { [ "${SKIP_NOTMUCH:-0}" != 0 ] || echo "notmuch $*"; }
newest_bar=0.25 count_bar=0.5
for word in "$frequent" "$middling" "$rare"; do
  # The bars are for a frequent word: for the others both programs do little but start.
  pair "newest 20 of $word" "$newest_bar" "$helpdesk search $word --limit 20" "$(nm search --limit=20 "$word")"
  pair "count $word" "$count_bar" "$helpdesk search $word --count" "$(nm count "$word")"
  newest_bar=1 count_bar=1
  row "  hits" "$("$helpdesk" search "$word" --count)" "$([ "${SKIP_NOTMUCH:-0}" != 0 ] || notmuch count "$word")" "" ""
done
alone() { # NAME MILLISECONDS COMMAND
  local ours
  ours=$(median "$3")
  bar "$1" "$ours ms" "" "" "$ours" "$2" "<= $2 ms"
}
number=$("$helpdesk" list --limit 1 --json number --jq '.[0].number')
alone "list ($("$helpdesk" list | wc -l) tickets)" 50 "$helpdesk list"
alone "list --all --limit 50" 50 "$helpdesk list --all --limit 50"
alone show 50 "$helpdesk show $number"
RUNS=60
pair "--version beside notmuch" 1 "$helpdesk --version" "notmuch --version"
pair "--help beside notmuch" 1 "$helpdesk --help" "notmuch --version"
pair "list of one beside notmuch" 1 "$helpdesk list --limit 1" "notmuch --version"
pair "--version beside sqlite3" 1.6 "$helpdesk --version" "sqlite3 --version"
pair "list of one beside sqlite3" 1.6 "$helpdesk list --limit 1" "sqlite3 --version"
exit "$missed"
