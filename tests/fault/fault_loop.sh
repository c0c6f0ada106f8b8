#!/usr/bin/env bash
# R4, R5: the n-th write, fsync, rename, open or allocation fails, for n = 1, 2, 3 … A documented exit code, a message, a sound store,
# the old output file untouched; never a signal.
# Fifth argument: a sink for the mail that send hands over.
. "$(dirname "$0")/common.sh"
budget=60
make_desk 40 10
mails_to_sink "$5"
"$helpdesk" --quiet pull >/dev/null || fail "pull ended with $?"
ticket=1
echo "It is on its way." >"$home/body"
keep_store

run_at() { # NAME FAULT COMMAND…
  local name=$1 fault=$2 code
  shift 2
  restore_store
  [ "$name" != first ] || rm -rf "$XDG_DATA_HOME"
  rm -f "$home"/sink/mail.* "$home"/sink/envelope.*
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
  [ "$name" != send ] || check_sent "$fault"
  [ ! -e "$XDG_DATA_HOME/helpdesk/store.db" ] || digest >"$home/verify" || [ "$name" = first ] ||
    fail "$name at $fault: the store does not verify: $(cat "$home/verify")"
}
delivered() { sleep 0.02; find "$home/sink" -name 'mail.*' -not -name '*.tmp' | wc -l; }
# The faulty send is over: with the next run of the queue the mail has arrived once, or somebody is asked to decide.
check_sent() { # FAULT
  local state at_first
  at_first=$(delivered)
  "$helpdesk" queue send "$("$helpdesk" queue list --json id --jq '.[0].id // ""' 2>/dev/null | tr -d '"')" >"$home/out.queue" 2>"$home/err.queue"
  state=$("$helpdesk" queue list --all --json state --jq '.[0].state // ""' 2>/dev/null | tr -d '"')
  case $state in
  '') [ "$(delivered)" = 0 ] || fail "send at $1: it left and nobody knows" ;;
  sent) [ "$(delivered)" = 1 ] || fail "send at $1: sent, and arrived $(delivered) times" ;;
  unknown)
    [ "$(delivered)" = "$at_first" ] || fail "send at $1: unknown, and sent again"
    grep -q "queue settle" "$home/err.queue" "$home/err" || fail "send at $1: unknown without a word: $(cat "$home/err" "$home/err.queue")" ;;
  *) fail "send at $1: $state: $(cat "$home/err.queue")" ;;
  esac
}
loop() { # NAME COMMAND…: every kind of call
  local name=$1 kind error calls at step
  shift
  for kind in write:ENOSPC fsync:EIO rename:EIO open:EMFILE connect:ETIMEDOUT malloc:; do
    error=${kind#*:} kind=${kind%%:*}
    restore_store
    [ "$name" != first ] || rm -rf "$XDG_DATA_HOME"
    echo old >"$home/output.csv"
    calls=$(count_calls $kind "$@")
    step=1
    # Shallow: some points spread over the run, shifted by the month; allocations are tens of thousands.
    [ "$depth" = full ] || step=$((calls / 6 + 1))
    [ "$depth" = full ] || [ "$kind" != malloc ] || step=$((calls / 24 + 1))
    [ "$depth" = full ] && [ "$kind" = malloc ] && step=$((calls / 1000 + 1))
    for ((at = 1 + 10#$(date +%m) % step; at <= calls; at += step)); do
      out_of_time && return
      run_at "$name" "$kind:$at${error:+:$error}" "$@"
    done
    # And stays so: what a library does about one failure often asks for more of the same.
    [ "$kind" = malloc ] || step=$((calls / 2))
    for ((at = 1 + step / 2; at <= calls; at += step + 1)); do
      out_of_time && return
      run_at "$name" "$kind:$at${error:+:$error}+" "$@"
    done
  done
}
loop export "$helpdesk" export tickets --format csv --output "$home/output.csv"
loop show "$helpdesk" show "$ticket"
loop stats "$helpdesk" stats
loop set "$helpdesk" set "$ticket" status=solved tag+=late
loop draft "$helpdesk" draft "$ticket" --body-file "$home/body"
loop first "$helpdesk" pull
restore_store
"$helpdesk" draft "$ticket" --body-file "$home/body" >/dev/null 2>"$home/err" || fail "draft: $(cat "$home/err")"
keep_store
loop send "$helpdesk" send "$ticket" --yes
finish
