#!/usr/bin/env bash
# lint.sh HELPDESK [RUNS]: a reply of 200 words, linted as a whole process, beside `git --version` three times. Both are
# measured in one run, in turns; prints milliseconds of wall time (medians) and the ratio. Exits 1 when lint is slower.
set -euo pipefail
helpdesk=$(realpath "$1") runs=${2:-40}
for program in hyperfine jq git; do command -v $program >/dev/null || { echo "lint.sh: skipped, $program is not installed"; exit 0; }; done
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
export HOME=$made LC_ALL=C.UTF-8 HELPDESK_NOW=2026-01-05T10:00:00Z XDG_DATA_HOME=$made/data XDG_CONFIG_HOME=$made/config XDG_STATE_HOME=$made/state
unset HELPDESK_STORE HELPDESK_CONFIG
cat >"$made/reply.txt" <<'END'
Hi Martha,

thank you for the photographs; a roof that came loose after one winter is no good, and I am sorry about it. The two
screws on the left were too short for the felt, which is our mistake and not yours.

There are two ways to put it right. I can send you a new roof with longer screws tomorrow, Tuesday 6 January; it
reaches you by Friday, and you need no tools but a screwdriver. Or you send the box back at our cost and get your
money within five days. Which of the two suits you better?

You also asked whether the box may hang in the sun. Facing east or north is best, because the young birds get too warm
at noon; a tree that gives shade from the south will do as well. The hole of 32 millimetres is right for great tits,
and blue tits like it too, so you need not buy another front.

The invoice went to your office in March; I can send it again today.

The new roof lies on my desk already, with the longer screws in a bag beside it, and I take it to the post myself as
soon as I read from you.

Kind regards
Ida
END
echo "$(wc -w <"$made/reply.txt") words"
median() { hyperfine -N --warmup 3 --runs "$runs" --export-json "$made/h.json" "$@" >/dev/null 2>"$made/err" || { cat "$made/err" >&2; exit 1; }; jq '.results[0].median * 1000' "$made/h.json"; }
ours=0 theirs=0
for _ in 1 2 3; do # in turns: what else the machine does hits both
  o=$(median "$helpdesk lint $made/reply.txt")
  t=$(median "git --version")
  ours=$(awk -v a="$ours" -v b="$o" 'BEGIN { print (a == 0 || b < a) ? b : a }')
  theirs=$(awk -v a="$theirs" -v b="$t" 'BEGIN { print (a == 0 || b < a) ? b : a }')
done
awk -v o="$ours" -v t="$theirs" 'BEGIN {
  r = o / (3 * t)
  printf "lint %.2f ms, git --version %.2f ms, three times %.2f ms: ratio %.2f   <= 1 %s\n", o, t, 3 * t, r, (r <= 1 ? "pass" : "FAIL")
  exit (r > 1)
}'
