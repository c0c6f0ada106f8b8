#!/usr/bin/env bash
# R4, R5: the n-th write, fsync, rename, open or allocation fails, for n = 1, 2, 3 … A documented exit code, a message, a sound store,
# the old output file untouched; never a signal.
. "$(dirname "$0")/common.sh"
budget=50
make_desk 40 10
"$helpdesk" --quiet pull >/dev/null || fail "pull ended with $?"
ticket=1
echo "It is on its way." >"$home/body"
keep_store

run_at() { # NAME FAULT COMMAND…
  local name=$1 fault=$2 code
  shift 2
  restore_store
  [ "$name" != first ] || rm -rf "$XDG_DATA_HOME"
  echo old >"$home/output.csv"
  under_fault "$fault" "$@"
  code=$?
  checks=$((checks + 1))
  is_documented $code || { fail "$name at $fault: exit code $code: $(tail -3 "$home/err")"; return; }
  [ $code = 0 ] || [ -s "$home/err" ] || fail "$name at $fault: exit code $code without a word"
  if [ $code != 0 ] && [ "$name" = export ]; then
    [ "$(cat "$home/output.csv")" = old ] || fail "$name at $fault: a torn output file: $(head -c 200 "$home/output.csv")"
    [ "$(ls -A "$home" | grep -c '^\.\?output')" = 1 ] || fail "$name at $fault: a temporary file is left: $(ls -A "$home")"
  fi
  [ ! -e "$XDG_DATA_HOME/helpdesk/store.db" ] || digest >"$home/verify" || [ "$name" = first ] ||
    fail "$name at $fault: the store does not verify: $(cat "$home/verify")"
}
loop() { # NAME COMMAND…: every kind of call
  local name=$1 kind error calls at step
  shift
  for kind in write:ENOSPC fsync:EIO rename:EIO open:EMFILE malloc:; do
    error=${kind#*:} kind=${kind%%:*}
    restore_store
    [ "$name" != first ] || rm -rf "$XDG_DATA_HOME"
    echo old >"$home/output.csv"
    calls=$(count_calls $kind "$@")
    step=1
    # Shallow: a dozen points spread over the run, shifted by the month; allocations are tens of thousands.
    [ "$depth" = full ] || step=$((calls / 6 + 1))
    [ "$depth" = full ] && [ "$kind" = malloc ] && step=$((calls / 1000 + 1))
    for ((at = 1 + 10#$(date +%m) % step; at <= calls; at += step)); do
      out_of_time && return
      run_at "$name" "$kind:$at${error:+:$error}" "$@"
    done
    run_at "$name" "$kind:$((calls / 2 + 1))${error:+:$error}+" "$@" # and stays so
  done
}
loop export "$helpdesk" export tickets --format csv --output "$home/output.csv"
loop set "$helpdesk" set "$ticket" status=solved tag+=late
loop draft "$helpdesk" draft "$ticket" --body-file "$home/body"
loop first "$helpdesk" pull
finish
