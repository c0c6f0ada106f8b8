#!/usr/bin/env bash
# stats.sh HELPDESK GENERATE_LOG [TICKETS [WORK-DIR]]: helpdesk beside DuckDB on the same generated event log: loading its
# CSV, the size of what is kept, statistics by channel and week with equal results from the store and straight from the CSV,
# and 10,000 events more. Prints
# seconds, ratios and whether each bar is met; absolute times hold for this machine and hour only. Exits 1 when a bar is
# missed.
#   DUCKDB_NODE=DIR  where "npm install @duckdb/node-api" was run; without it, or node, DuckDB's half is left out
#   ROUNDS=N         how often the questions are asked, in turn; the medians count (5)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
helpdesk=$(realpath "$1") generate=$(realpath "$2") count=${3:-1000000}
made=
work=${4:-$(mktemp -d)}
[ -n "${4:-}" ] || made=$work
mkdir -p "$work/log"
work=$(realpath "$work")
trap '[ -z "$made" ] || rm -rf "$made"' EXIT
[ -x "${TIME:-/usr/bin/time}" ] || { echo "stats.sh: install time" >&2; exit 2; }
export HOME=$work LC_ALL=C.UTF-8 HELPDESK_CONFIG=$work/config.toml HELPDESK_PAGER= HELPDESK_NOW=2026-06-01T00:00:00Z TMPDIR=$work
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
unset HELPDESK_STORE
duckdb() { node "$here/duckdb.mjs" "$@"; }
peer=1
if ! duckdb :memory: "select 1" >/dev/null 2>&1; then
  peer=0
  echo "stats.sh: DuckDB is left out: run npm install @duckdb/node-api in a folder and set DUCKDB_NODE to it" >&2
fi

if [ "$(cat "$work/made" 2>/dev/null)" != "$count" ]; then
  "$generate" "$work/log/log-1.csv" "$count" 1 "$work/more.csv" 1560
  echo "$count" >"$work/made"
fi
rm -rf "$work/data" "$work/log/log-2.csv" "$work/log.duckdb"
events=$(($(wc -l <"$work/log/log-1.csv") - 1)) csv=$(stat -c %s "$work/log/log-1.csv")
cat "$work/log/log-1.csv" >/dev/null # both read from a warm page cache
cat >"$HELPDESK_CONFIG" <<END
[general]
zone = "UTC"
[accounts.bench]
backend = "table"
path = "$work/log/*.csv"
rows = "event"
zone = "UTC"
history = "0d"
columns = { ticket = "ticket", id = "event", time = "time", event = "kind", channel = "channel", priority = "priority", actor = "actor", role = "role" }
values.channel.social = "social_public"
events = { created = "created", question = "ask", reply = "reply", note = "note", priority = "none", solved = "status solved" }
[calendars.office]
zone = "UTC"
open = ["mon-fri 09:00-17:00"]
END

. "$here/common.sh"
middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
peak_of() { sort -n | tail -1; }

printf '%d tickets, %d events, %.0f MB of CSV\n' "$count" "$events" "$(awk "BEGIN { print $csv / 1e6 }")"
row what helpdesk DuckDB ratio bar
theirs=- their_cpu=- their_peak=- their_size=0
if [ $peer = 1 ]; then
  timed node "$here/duckdb.mjs" "$work/log.duckdb" "create table events as select * from read_csv('$work/log/log-1.csv')" "checkpoint"
  theirs=$T their_cpu=$CPU their_peak=$PEAK their_size=$(stat -c %s "$work/log.duckdb")
fi
timed "$helpdesk" pull
both=$(ratio "$T" "$theirs")
bar "pull / load of the CSV" "$T s" "$theirs s" "$both" "$both" 1
row "  CPU" "$CPU s" "$their_cpu s" "$(ratio "$CPU" "$their_cpu")" ""
row "  events a second" "$(awk "BEGIN { printf \"%.0f\", $events / $T }")" "$(awk -v t="$theirs" "BEGIN { if (t + 0 > 0) printf \"%.0f\", $events / t; else print \"-\" }")" "" ""
bar "  peak memory" "$PEAK MB" "$their_peak MB" "" "$PEAK" 300 "<= 300 MB"
size=$(cat "$work"/data/helpdesk/store.db* | wc -c)
both=-
[ $peer = 0 ] || both=$(ratio "$size" $((their_size + csv)))
bar "store / DuckDB's file and the CSV" "$((size / 1000000)) MB" "$(((their_size + csv) / 1000000)) MB" "$both" "$both" 1

numbers="avg(d), quantile_cont(d, 0.5), quantile_cont(d, 0.9), quantile_cont(d, 0.99)"
tickets="select any_value(channel) as channel, min(time) filter (kind = 'created') as began, min(time) filter (kind = 'question') as asked,
  min(time) filter (kind = 'reply') as replied, max(time) filter (kind = 'solved') as solved from events group by ticket"
named="case channel when 'social' then 'social_public' else channel end as c, strftime(began, '%G-W%V') as w"
first_reply="with t as ($tickets), d as (select $named, unnest([1, 2]) as m, unnest([epoch(replied - asked), epoch(solved - began)]) as d from t)
select c, w, m, count(d), $numbers from d group by all having count(d) > 0 order by all"
turns="with e as (select ticket, channel, time as began, kind, row_number() over ticket as n, lead(time) over ticket as answered, lead(kind) over ticket as following
  from events where kind in ('question', 'reply') window ticket as (partition by ticket order by time, event)),
d as (select $named, epoch(answered - began) as d from e where kind = 'question' and n > 1 and following = 'reply')
select c, w, 3, count(d), $numbers from d group by all having count(d) > 0 order by all"
# Open seconds before each day, once a day, and the hours inside the day itself: the best that SQL can do.
office="with days as (select day::date as day, case when isodow(day) < 6 then 28800 else 0 end as open,
  coalesce(sum(case when isodow(day) < 6 then 28800 else 0 end) over (order by day rows between unbounded preceding and 1 preceding), 0) as before
  from range(timestamp '2024-12-30', timestamp '2026-12-31', interval 1 day) r(day)),
t as ($tickets),
d as (select $named, r.before + least(greatest(epoch(replied) - epoch(r.day) - 32400, 0), r.open)
  - q.before - least(greatest(epoch(asked) - epoch(q.day) - 32400, 0), q.open) as d
  from t join days q on q.day = asked::date join days r on r.day = replied::date)
select c, w, 4, count(d), $numbers from d group by all having count(d) > 0 order by all"

# NAME LIMIT SQL FLAG…: medians of both in turn, and whether the rows are equal; database: what DuckDB opens, memory: our MB
asked() {
  local name=$1 limit=$2 sql=$3 database=${database:-$work/log.duckdb}
  shift 3
  : >"$work/ours" >"$work/theirs" >"$work/peaks" >"$work/cpus" >"$work/their-cpus"
  for _ in $(seq "${ROUNDS:-5}"); do
    timed "$helpdesk" stats --by channel,week --percentile 99 --format csv "$@"
    echo "$T" >>"$work/ours"; echo "$PEAK" >>"$work/peaks"; echo "$CPU" >>"$work/cpus"
    mv "$work/out" "$work/ours.csv"
    [ $peer = 1 ] || continue
    timed node "$here/duckdb.mjs" "$database" "set timezone = 'UTC'" "$sql"
    echo "$T" >>"$work/theirs"; echo "$CPU" >>"$work/their-cpus"
    mv "$work/out" "$work/theirs.csv"
  done
  local ours theirs=- both=-
  ours=$(middle <"$work/ours")
  [ $peer = 0 ] || { theirs=$(middle <"$work/theirs"); both=$(ratio "$ours" "$theirs"); }
  bar "$name" "$ours s" "$theirs s" "$both" "$both" "$limit"
  row "  CPU" "$(middle <"$work/cpus") s" "$(middle <"$work/their-cpus") s" "$(ratio "$(middle <"$work/cpus")" "$(middle <"$work/their-cpus")")" ""
  bar "  peak memory" "$(peak_of <"$work/peaks") MB" "" "" "$(peak_of <"$work/peaks")" "${memory:-100}" "<= ${memory:-100} MB"
  [ $peer = 1 ] || return 0
  # Our columns by name, in DuckDB's order; seconds to three decimals, since sums of binary fractions differ in the last.
  awk -F, -v clock="$clock" '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $at["clock"] != clock || $at["answered"] == 0 { next }
    { m = $at["metric"]; k = clock == "biz" ? 4 : m == "frt" ? 1 : m == "turn" ? 3 : 2
      printf "%s,%s,%d,%d,%.3f,%.3f,%.3f,%.3f\n", $at["group"], $at["group2"], k, $at["answered"], $at["naive_mean"], $at["naive_median"], $at["naive_p90"], $at["naive_p99"] }
  ' "$work/ours.csv" | sort >"$work/ours.rows"
  awk -F, '{ printf "%s,%s,%d,%d,%.3f,%.3f,%.3f,%.3f\n", $1, $2, $3, $4, $5, $6, $7, $8 }' "$work/theirs.csv" | sort >"$work/theirs.rows"
  local differing
  differing=$({ diff "$work/ours.rows" "$work/theirs.rows" || true; } | grep -c '^[<>]' || true)
  bar "  rows that differ" "$(wc -l <"$work/ours.rows") rows" "$(wc -l <"$work/theirs.rows") rows" "" "$differing" 0 "= 0"
}
clock=cal
asked "stats: first reply, resolution" 0.333 "$first_reply" --metric frt --metric full_resolution --calendar none
asked "stats: next reply" 0.25 "$turns" --metric turn --calendar none
clock=biz
asked "stats: first reply, office hours" 0.25 "$office" --metric frt --calendar office
# Straight from the file, without a store: both read it whole each time, and a million timelines take their room.
clock=cal
database=:memory: memory=500 asked "stats --input: the CSV itself" 0.3 "${first_reply/from events/from read_csv(\'$work/log/log-1.csv\')}" \
  --input "$work/log/log-1.csv" --mapping bench --metric frt --metric full_resolution --calendar none

cp "$work/more.csv" "$work/log/log-2.csv"
more=$(($(wc -l <"$work/more.csv") - 1))
timed "$helpdesk" pull
bar "$more events more" "$T s" "" "" "$T" 0.5 "<= 0.5 s"
timed "$helpdesk" pull
bar "nothing new" "$T s" "" "" "$T" 0.1 "<= 0.1 s"
exit "$missed"
