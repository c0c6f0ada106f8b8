#!/usr/bin/env bash
# Approval and hold killed at random moments: approve, send --hold, queue send, approve --withdraw. Nothing leaves that was not
# approved, was taken back, or was overtaken by a new message; nothing that was approved is lost, and nothing arrives twice.
# helpdesk libfault.so SOURCE-DIR shallow|full smtp_sink, or with "servers" behind: smtp_cut, and Exim and Dovecot are used
. "$(dirname "$0")/common.sh"
servers_too=${6:-}
kills=10
[ "$depth" = full ] && kills=100
if [ -n "$servers_too" ]; then
  . "$(dirname "$0")/../servers/mail_desk.sh"
  us=desk@desk.test them=customer@desk.test
  arrived() { settled; files_of customer INBOX | xargs -r grep -l "id-$1-" | wc -l; } # QUESTION: how many answers
  customer_writes() { # QUESTION
    mail "$home/news" "$them" "$us" "Re: Question $1 about my order" "news$1@customer.test" "q$1@customer.test" "I have found it."
    append desk INBOX "$home/news" || fail "question $1: Dovecot does not take the news"
  }
else
  unset HELPDESK_NOW
  make_desk 0 500
  mails_to_sink "$5"
  config=$XDG_CONFIG_HOME/helpdesk/config.toml
  us=support@desk.example them=customer@example.org
  arrived() { sleep 0.05; find "$home/sink" -name 'mail.*' -not -name '*.tmp' -exec grep -l "id-$1-" {} + | wc -l; }
  mail() { # FILE SUBJECT ID [ANSWERED] TEXT
    {
      printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s>\n' "$them" "$us" "$2" "$(date -R)" "$3"
      [ -z "$4" ] || printf 'In-Reply-To: <%s>\nReferences: <%s>\n' "$4" "$4"
      printf '\n%s\n' "$5"
    } >"$1"
  }
  ask() { # COUNT
    local n
    for ((n = 1; n <= $1; n++)); do
      mail "$home/Maildir/cur/$((1767600000 + n)).Q$n.desk:2," "Question $n about my order" "q$n@example.org" '' "Where is my parcel?"
    done
  }
  customer_writes() { mail "$home/Maildir/cur/$((1767700000 + $1)).N$1.desk:2," "Re: Question $1 about my order" "news$1@example.org" "q$1@example.org" "I have found it."; }
fi
item() { # QUESTION FIELD: of the last queue item that answers it
  "$helpdesk" queue list --all --json id,state,created,subject --jq "[.[] | select(.subject == \"Re: Question ${1//[^0-9]/} about my order\" and .state != \"unapproved\")] | last | .$2 // empty" 2>/dev/null | tr -d '"'
}
printf '[approval]\nwhen = "*"\nby = ["bo@desk.test"]\n' >>"$config"
as_bo() ( export HELPDESK_ME_NAME=Bo HELPDESK_ME_ADDRESS=bo@desk.test; "$@" )
later() ( HELPDESK_NOW=$(date -u -d '+1 hour' +%FT%TZ); export HELPDESK_NOW; "$@" ) # the hold window has passed
ask $((kills + 3))
"$helpdesk" --quiet pull 2>"$home/err" || fail "pull ended with $?: $(cat "$home/err")"
"$helpdesk" list --all --json number,subject --jq '.[] | "\(.number) \(.subject)"' | tr -d '"' >"$home/numbers"
number_of() { sed -n "s/^\([0-9]*\) Question $1 about.*/\1/p" "$home/numbers"; }
for ((n = 1; n <= kills + 3; n++)); do
  echo "The answer to question $n is id-$n-." >"$home/body"
  "$helpdesk" draft "$(number_of $n)" --body-file "$home/body" >"$home/out" 2>"$home/err" || fail "draft $n: $(cat "$home/err")"
done

run() { # WHAT COMMAND…
  local what=$1
  shift
  "$@" >"$home/out" 2>"$home/err" || fail "$what: exit code $?: $(cat "$home/err")"
}
standing() { # QUESTION: how its draft stands with approval
  "$helpdesk" approve --list --json ticket,state --jq ".[] | select(.ticket == $(number_of "$1")) | .state" 2>/dev/null | tr -d '"'
}
run_queue() { later "$helpdesk" queue send >"$home/out" 2>"$home/err"; }
# Brings an answer to its end by what an operator would do, and counts.
bring_home() { # QUESTION WHAT
  local n=$1 what=$2 number state before round
  number=$(number_of "$n")
  for round in 1 2 3 4 5 6; do
    state=$(item q$n state)
    case $state in
    sent) break ;;
    '' | cancelled)
      check "$what: it arrived without being in the queue" test "$(arrived $n)" = 0
      if [ "$(standing $n)" != approved ]; then
        "$helpdesk" send "$number" --yes --anyway --hold 1m >"$home/out" 2>"$home/err" && fail "$what: unapproved, and not refused"
        check "$what: the refusal does not say what to do: $(cat "$home/err")" grep -q "helpdesk approve" "$home/err"
        run "$what: approve" as_bo "$helpdesk" approve "$number"
      fi
      run "$what: send" "$helpdesk" send "$number" --yes --anyway --hold 1m ;;
    held | queued) run_queue ;;
    sending | accepted) run_queue ;;
    unknown)
      before=$(arrived $n)
      run_queue
      check "$what: unknown without a word: $(cat "$home/err")" test "$(item q$n state)" != unknown -o -n "$(grep "queue settle" "$home/err")"
      check "$what: sent again by itself" test "$(arrived $n)" = "$before"
      [ "$(item q$n state)" = unknown ] || continue
      unknown=$((unknown + 1))
      [ "$before" = 0 ] && decision=again || decision=sent
      run "$what: settle $decision" "$helpdesk" queue settle "$(item q$n id)" $decision ;;
    *) fail "$what: the item is $state: $(cat "$home/err")"; break ;;
    esac
  done
  check "$what: in the end it is $(item q$n state)" test "$(item q$n state)" = sent
  check "$what: in the end it arrived $(arrived $n) times" test "$(arrived $n)" = 1
  run_queue
  check "$what: doubled by a later run" test "$(arrived $n)" = 1
  check "$what: nobody approved what left" grep -q "approved draft" <("$helpdesk" log "$number")
}

# How many calls each step makes, on questions of their own.
n=$((kills + 1)) unknown=0
number=$(number_of $n)
approve_calls=$(as_bo count_calls kill "$helpdesk" approve "$number")
send_calls=$(count_calls kill "$helpdesk" send "$number" --yes --hold 1m)
check "nothing leaves before its time" test "$(arrived $n)" = 0
"$helpdesk" queue send >"$home/out" 2>"$home/err" || fail "a queue with nothing due: $(cat "$home/err")"
check "it left before its time" test "$(arrived $n)" = 0
queue_calls=$(later count_calls kill "$helpdesk" queue send)
check "an undisturbed run: $(cat "$home/err")" test "$(arrived $n)" = 1
n=$((kills + 2))
run approve as_bo "$helpdesk" approve "$(number_of $n)"
run send "$helpdesk" send "$(number_of $n)" --yes --hold 1m
withdraw_calls=$(as_bo count_calls kill "$helpdesk" approve "$(number_of $n)" --withdraw)
check "withdrawn, and it is $(item q$n state)" test "$(item q$n state)" = cancelled
for calls in $approve_calls $send_calls $queue_calls $withdraw_calls; do
  [ "$calls" -gt 3 ] || fail "only $calls calls were counted: the library is not in the way"
done
# The same for a mailbox that cannot be looked at: it stays.
n=$((kills + 3))
run approve as_bo "$helpdesk" approve "$(number_of $n)"
run send "$helpdesk" send "$(number_of $n)" --yes --hold 1m
sed -i.kept -e 's/^port = \(.*\)/port = 1/' -e 's|^path = .*|path = "/nowhere"|' "$config"
run_queue
code=$?
mv "$config.kept" "$config"
check "the mailbox cannot be looked at: exit code $code" test $code = 75
check "the mailbox cannot be looked at: it is $(item q$n state)" test "$(item q$n state)" = held
check "the mailbox cannot be looked at: it left" test "$(arrived $n)" = 0
bring_home $n "after the mailbox came back"

RANDOM=${HELPDESK_SEED:-$((10#$(date +%Y%m)))}
done_kills=0
for ((n = 1; n <= kills; n++)); do
  out_of_time && break
  number=$(number_of $n)
  case $((n % 5)) in
  0) # a send that nobody approved, then the approval
    at=$((1 + RANDOM % send_calls))
    what="question $n: unapproved send killed at $at of $send_calls"
    under_fault "kill:$at" "$helpdesk" send "$number" --yes --hold 1m
    run_queue
    check "$what: it is in the queue" test -z "$(item q$n state)"
    check "$what: it left" test "$(arrived $n)" = 0
    at=$((1 + RANDOM % approve_calls))
    what="question $n: approve killed at $at of $approve_calls"
    as_bo under_fault "kill:$at" "$helpdesk" approve "$number" ;;
  1) # on its way into the queue
    run "question $n: approve" as_bo "$helpdesk" approve "$number"
    at=$((1 + RANDOM % send_calls))
    what="question $n: send --hold killed at $at of $send_calls"
    under_fault "kill:$at" "$helpdesk" send "$number" --yes --hold 1m
    check "$what: it left before its time" test "$(arrived $n)" = 0
    state=$(item q$n state)
    check "$what: neither draft nor item, or both: $state $(standing $n)" test \( -z "$state" -a "$(standing $n)" = approved \) -o \( "$state" = held -a -z "$(standing $n)" \) ;;
  2) # on its way out of it
    run "question $n: approve" as_bo "$helpdesk" approve "$number"
    run "question $n: send" "$helpdesk" send "$number" --yes --hold 1m
    at=$((1 + RANDOM % queue_calls))
    what="question $n: queue send killed at $at of $queue_calls"
    later under_fault "kill:$at" "$helpdesk" queue send
    if [ $((n % 2)) = 0 ]; then
      again=$((1 + RANDOM % queue_calls))
      what="$what, then at $again of the recovery"
      later under_fault "kill:$again" "$helpdesk" queue send
    fi ;;
  3) # somebody writes first
    run "question $n: approve" as_bo "$helpdesk" approve "$number"
    run "question $n: send" "$helpdesk" send "$number" --yes --hold 1m
    customer_writes $n
    at=$((1 + RANDOM % queue_calls))
    what="question $n: overtaken, queue send killed at $at of $queue_calls"
    later under_fault "kill:$at" "$helpdesk" queue send
    run_queue
    check "$what: it left" test "$(arrived $n)" = 0
    check "$what: it is $(item q$n state)" test "$(item q$n state)" = cancelled
    check "$what: its draft stands $(standing $n)" test "$(standing $n)" = overtaken
    check "$what: list does not show it" grep -q put_back <("$helpdesk" list --json number,reply --jq ".[] | select(.number == $number) | .reply") ;;
  4) # taken back
    run "question $n: approve" as_bo "$helpdesk" approve "$number"
    run "question $n: send" "$helpdesk" send "$number" --yes --hold 1m
    at=$((1 + RANDOM % withdraw_calls))
    what="question $n: withdraw killed at $at of $withdraw_calls"
    as_bo under_fault "kill:$at" "$helpdesk" approve "$number" --withdraw
    if [ "$(item q$n state)" = cancelled ]; then
      run_queue
      check "$what: withdrawn, and it left" test "$(arrived $n)" = 0
      check "$what: withdrawn, and its draft stands $(standing $n)" test "$(standing $n)" = withdrawn
    fi ;;
  esac
  done_kills=$((done_kills + 1))
  bring_home $n "$what"
done
echo "$done_kills kills, $unknown unknown; calls: approve $approve_calls, send $send_calls, queue send $queue_calls, withdraw $withdraw_calls"
run_queue || fail "the queue at the end: $(cat "$home/err")"
"$helpdesk" --quiet pull || fail "the pull at the end"
for ((n = 1; n <= done_kills; n++)); do check "question $n arrived $(arrived $n) times" test "$(arrived $n)" = 1; done
"$helpdesk" store verify >"$home/verify" || fail "$(cat "$home/verify")"
finish
