#!/usr/bin/env bash
# R6, R7, R8: several at once, readers beside a writer, a full disk.
. "$(dirname "$0")/common.sh"
make_desk 240 10
rounds=5
[ "$depth" = full ] && rounds=100

# R7: one of eight pulls; the others say who holds the lock, at once.
for ((round = 1; round <= rounds; round++)); do
  rm -rf "$XDG_DATA_HOME" "$XDG_STATE_HOME"
  pids=()
  for n in 1 2 3 4 5 6 7 8; do
    (
      begin=${EPOCHREALTIME/./}
      "$helpdesk" --quiet pull >"$home/out.$n" 2>"$home/err.$n"
      echo "$? $((${EPOCHREALTIME/./} - begin))" >"$home/end.$n"
    ) &
    pids+=($!)
  done
  wait "${pids[@]}"
  winners=0
  for n in 1 2 3 4 5 6 7 8; do
    read -r code micros <"$home/end.$n"
    case $code in
    0) winners=$((winners + 1)) ;;
    75)
      check "round $round: a loser said more or less than one line: $(cat "$home/err.$n")" test "$(wc -l <"$home/err.$n")" = 1
      # The holder is named by its process; eight processes share what cores there are.
      check "round $round: the holder is not named: $(cat "$home/err.$n")" grep -qE '[0-9]{2,}' "$home/err.$n"
      check "round $round: a loser took $micros µs" test "$micros" -lt $((1000000 * (1 + 8 / $(nproc)))) ;;
    *) fail "round $round: exit code $code: $(cat "$home/err.$n")" ;;
    esac
    ! grep -qi 'database is locked' "$home/err.$n" || fail "round $round: database is locked"
  done
  check "round $round: nobody pulled" test "$winners" -ge 1
  "$helpdesk" store verify >"$home/verify" || fail "round $round: $(cat "$home/verify")"
  [ "$round" = 1 ] && expected=$(digest)
  check "round $round: another digest" test "$(digest)" = "$expected"
done

# The lock goes with its holder.
rm -rf "$XDG_DATA_HOME"
under_fault kill:400 "$helpdesk" pull
"$helpdesk" --quiet pull 2>"$home/err" || fail "after kill -9 the lock was held: $(cat "$home/err")"

# R8: readers see one committed state, whatever is being written.
rm -rf "$XDG_DATA_HOME"
"$helpdesk" --quiet pull --since 2026-01-03 2>/dev/null || true
"$helpdesk" --quiet pull --full 2>"$home/err" &
writer=$!
reads=0 before=0
while :; do
  kill -0 "$writer" 2>/dev/null && last=0 || last=1
  "$helpdesk" stats >"$home/out" 2>"$home/err.r" || fail "stats during a pull: $(cat "$home/err.r")"
  now=$("$helpdesk" export messages --format csv --no-text 2>"$home/err.r" | tail -n +2 | wc -l)
  [ ! -s "$home/err.r" ] || fail "export during a pull: $(cat "$home/err.r")"
  check "a reader saw $now messages after $before" test "$now" -ge "$before"
  before=$now reads=$((reads + 1))
  [ $last = 0 ] || break
done
wait "$writer" || fail "the pull beside $reads readers: $(cat "$home/err")"
check "the last reader saw $now messages" test "$now" = 240

# R6: a real full disk where one may be mounted, else writes that fail from some point on.
full_disk() {
  mkdir -p "$home/disk"
  mount -t tmpfs -o size=${1}k tmpfs "$home/disk" || return 77
  HELPDESK_STORE=$home/disk/store "$helpdesk" --quiet pull >"$home/out" 2>"$home/err"
  code=$?
  [ $code = 3 ] || [ $code = 5 ] || { echo "exit code $code: $(cat "$home/err")"; return 1; }
  [ -s "$home/err" ] || { echo "not a word"; return 1; }
  mount -o remount,size=64m "$home/disk"
  HELPDESK_STORE=$home/disk/store "$helpdesk" --quiet pull 2>"$home/err" || { echo "with room: $(cat "$home/err")"; return 1; }
  [ "$(HELPDESK_STORE=$home/disk/store "$helpdesk" store verify 2>&1)" = "$2" ] || { echo "another digest"; return 1; }
}
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
  export -f full_disk
  export helpdesk home
  for size in 400 700 1000; do
    said=$(unshare -m bash -c "full_disk $size '$expected'" 2>&1)
    case $? in
    0) checks=$((checks + 1)) ;;
    77) echo "no tmpfs may be mounted here: skipped" && break ;;
    *) fail "full disk of $size KiB: $said" ;;
    esac
  done
fi
rm -rf "$XDG_DATA_HOME"
calls=$(count_calls write "$helpdesk" --quiet pull)
for part in 4 2; do
  rm -rf "$XDG_DATA_HOME"
  under_fault "write:$((calls / part)):ENOSPC+" "$helpdesk" --quiet pull
  code=$?
  check "no room from write $((calls / part)) on: exit code $code" test $code = 3 -o $code = 5
  "$helpdesk" --quiet pull 2>"$home/err" || fail "with room again: $(cat "$home/err")"
  check "with room again: another digest" test "$(digest)" = "$expected"
done
finish
