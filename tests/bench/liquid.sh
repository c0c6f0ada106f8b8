#!/usr/bin/env bash
# liquid.sh BENCH_LIQUID [LIQUIDJS-DIRECTORY [HELPDESK GENERATE_MAIL [COUNT]]]: parse and render, beside Ruby's Liquid with liquid-c (Debian: ruby-liquid,
# ruby-liquid-c) and liquidjs (npm install liquidjs in that directory). The templates are those of $HELPDESK_SHARED, or
# of ../shared beside the source. Prints renders per CPU second and the ratio to the faster of the others; each is the
# best of three rounds that take turns. With HELPDESK: one draft as a whole process, on a store of COUNT (100,000)
# messages, beside node rendering the same macro. Exits 1 when an output differs or a ratio is below 10. What is not
# there is skipped with a word.
set -euo pipefail
ours=$(realpath "$1") js=${2:-}
here=$(dirname "$(realpath "$0")")
data=${HELPDESK_SHARED:-$here/../../../shared}/liquid/bench
export TZ=UTC LC_ALL=C.UTF-8
[ -d "$data" ] || { echo "liquid.sh: skipped, $data is not there"; exit 0; }
seconds=${SECONDS_EACH:-2}
ruby() { command ruby "$here/liquid.rb" "$@"; }
liquidjs() { node "$here/liquid.mjs" "$js" "$@"; }
others=()
if command ruby -e 'require "liquid"; require "liquid/c"' 2>/dev/null; then others+=(ruby); else echo "ruby-liquid with liquid-c: skipped, not installed"; fi
if [ -n "$js" ] && [ -d "$js/node_modules/liquidjs" ]; then others+=(liquidjs); else echo "liquidjs: skipped, not installed"; fi
[ ${#others[@]} -gt 0 ] || { echo "liquid.sh: skipped, nothing to compare with"; exit 0; }

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
missed=0
compare() { # NAME TEMPLATE DATA
  local name=$1 template=$2 json=$3 expected=$made/expected who # as the others print it: one of them tells the year
  declare -A best=([ours]=0)
  "${others[0]}" "$template" "$json" 0 >"$expected"
  "$ours" "$template" "$json" 0 >"$made/out"
  if cmp -s "$made/out" "$expected"; then echo "$name: output exact, $(wc -c <"$expected") bytes"; else echo "$name: output DIFFERS"; missed=1; fi
  for round in 1 2 3; do
    for who in ours "${others[@]}"; do
      local speed
      if [ $who = ours ]; then speed=$("$ours" "$template" "$json" "$seconds"); else speed=$($who "$template" "$json" "$seconds"); fi
      best[$who]=$(awk -v a="${best[$who]:-0}" -v b="$speed" 'BEGIN { print (a + 0 > b + 0 ? a : b) }')
    done
  done
  local faster=0
  for who in "${others[@]}"; do
    printf '%s: %-8s %10.0f a second\n' "$name" $who "${best[$who]}"
    faster=$(awk -v a="$faster" -v b="${best[$who]}" 'BEGIN { print (a + 0 > b + 0 ? a : b) }')
  done
  printf '%s: %-8s %10.0f a second\n' "$name" helpdesk "${best[ours]}"
  awk -v n="$name" -v a="${best[ours]}" -v b="$faster" 'BEGIN { r = a / b; printf("%s: ratio %.1f   >= 10 %s\n", n, r, (r >= 10 ? "pass" : "FAIL")); exit (r < 10) }' || missed=1
}
compare macro "$data/macro.liquid" "$data/data.json"
compare 002 "$data/002/templates/index.liquid" "$data/002/data.json"

whole() { # HELPDESK GENERATE_MAIL COUNT: milliseconds of the whole process, medians
  local helpdesk generate count=$3 name ours theirs
  helpdesk=$(realpath "$1") generate=$(realpath "$2")
  for program in hyperfine jq; do command -v $program >/dev/null || { echo "draft: skipped, $program is not installed"; return; }; done
  if [ -z "$js" ] || [ ! -d "$js/node_modules/liquidjs" ]; then echo "draft: skipped, liquidjs is not installed"; return; fi
  export HOME=$made HELPDESK_CONFIG=$made/config.toml
  export XDG_DATA_HOME=$made/data XDG_CONFIG_HOME=$made/config XDG_STATE_HOME=$made/state XDG_CACHE_HOME=$made/cache
  unset HELPDESK_STORE
  "$generate" "$made/mail" "$count" >/dev/null
  name=$(find "$made/mail/cur" -type f -printf '%f\n' | sort -n | tail -1) # an hour after the last message
  export HELPDESK_NOW=$(date -u -d "@$((${name%%.*} + 3600))" +%FT%TZ)
  printf '[accounts.bench]\nbackend = "maildir"\npath = "%s/mail"\nus = ["support@birdhouse.example"]\n[templates]\ndirectory = "%s/templates"\n' "$made" "$made" >"$HELPDESK_CONFIG"
  mkdir "$made/templates"
  { # what only its data file has is blank here
    printf '+++\noptional = ["due", "current_user.signature"'
    for name in total currency number refunded_at items; do printf ', "order.%s"' $name; done
    printf ']\n+++\n'
    cat "$data/macro.liquid"
  } >"$made/templates/macro.en.liquid"
  "$helpdesk" pull --quiet
  "$helpdesk" draft 7 -t macro --print >"$made/out" || { missed=1; return; }
  median() { hyperfine -N --warmup 3 --runs 20 --export-json "$made/h.json" "$*" >/dev/null 2>&1 && jq '.results[0].median * 1000' "$made/h.json"; }
  ours=$(median "$helpdesk" draft 7 -t macro --print)
  theirs=$(median node "$here/liquid.mjs" "$js" "$data/macro.liquid" "$data/data.json" 0)
  awk -v a="$ours" -v b="$theirs" -v n="$count" 'BEGIN { r = b / a; printf("draft, whole process on %d messages: %.1f ms, node %.1f ms, ratio %.1f   >= 10 %s\n", n, a, b, r, (r >= 10 ? "pass" : "FAIL")); exit (r < 10) }' || missed=1
}
if [ $# -ge 4 ]; then whole "$3" "$4" "${5:-100000}"; fi
exit $missed
