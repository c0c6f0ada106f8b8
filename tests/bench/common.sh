# Sourced by the benchmarks, which set $work: measured runs, and rows that say whether a bar is met.
timed() { # COMMAND…: seconds, CPU seconds and peak MB in T, CPU and PEAK; what it says in $work/out
  local wall user system peak
  "${TIME:-/usr/bin/time}" -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
  read -r wall user system peak <"$work/time"
  T=$wall CPU=$(awk "BEGIN { print $user + $system }") PEAK=$((peak / 1024))
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0 == 0) print "-"; else printf "%.3f", a / b }'; }
row() { printf '%-34s %12s %12s %9s   %s\n' "$@"; }
missed=0
# bar NAME OURS THEIRS RATIO VALUE LIMIT [WORDS]: a row that says whether VALUE is at most LIMIT; "-" was not measured
bar() {
  local verdict
  verdict=$(awk -v v="$5" -v l="$6" 'BEGIN { print v == "-" ? "" : v + 0 <= l + 0 ? "pass" : "FAIL" }')
  [ "$verdict" != FAIL ] || missed=1
  row "$1" "$2" "$3" "$4" "${7:-<= $6} $verdict"
}
