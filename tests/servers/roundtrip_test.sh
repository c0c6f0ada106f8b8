#!/usr/bin/env bash
# A reply's whole way through real servers: out through Exim, once, into the customer's thread; its copy in Dovecot's Sent and
# pulled back as the agent's message. With the answer to the mail lost 50 times: no double, no silent loss, every case ends sent
# or unknown and can be settled. News since the draft stop the send, and so does a mailbox that cannot be reached.
# helpdesk libfault.so SOURCE-DIR shallow|full smtp_cut
. "$(dirname "$0")/../fault/common.sh"
. "$(dirname "$0")/mail_desk.sh"
losses=50

run() { # CODE WHAT COMMAND…: that exit code, and no other
  local wanted=$1 what=$2 code
  shift 2
  "$helpdesk" "$@" >"$home/out" 2>"$home/err"
  code=$?
  check "$what: exit code $code: $(cat "$home/err")" test $code = "$wanted"
}
draft() { # NUMBER TEXT
  echo "$2" >"$home/body"
  run 0 "draft $1" draft "$1" --body-file "$home/body"
}
number_of() { "$helpdesk" list --all --json number,subject --jq ".[] | select(.subject == \"$1\") | .number"; }
messages_of() { # NUMBER FIELDS…: its messages, one a line
  "$helpdesk" export messages --json number,direction,role,author_address,message_id,text --jq ".[] | select(.number == $1) | [.direction, .role, .author_address] | join(\" \")" | tr -d '"'
}

# 1. There and back. The customer's own copy of the question lies in the customer's INBOX, as the servers of some keep it.
mail "$home/question" customer@desk.test desk@desk.test "Two boxes, one lid" first@customer.test
post customer@desk.test desk@desk.test "$home/question" || fail "Exim does not take the question"
append customer INBOX "$home/question" || fail "Dovecot does not take the customer's copy"
settled
run 0 "the first pull" --quiet pull
run 0 list list --json number --jq length
check "one waits" test "$(cat "$home/out")" = 1
draft 1 "The other lid is on its way."
run 0 "send" send 1 --yes
settled
id=$("$helpdesk" queue list --all --json message_id --jq '.[0].message_id' | tr -d '"')
check "it arrived $(with_id customer INBOX "$id") times" test "$(with_id customer INBOX "$id")" = 1
arrived=$(files_of customer INBOX | xargs grep -liE "^Message-ID: *<$id>")
check "it does not say what it answers" grep -qi '^In-Reply-To: <first@customer.test>' "$arrived"
check "it does not name the thread" grep -qi '^References: <first@customer.test>' "$arrived"
check "the subject: $(grep -i ^Subject: "$arrived")" grep -q '^Subject: Re: Two boxes, one lid' "$arrived"
check "the customer's server does not thread it: $(imap customer 'EXAMINE INBOX' 'THREAD REFERENCES UTF-8 ALL' | grep THREAD)" \
  grep -q '^\* THREAD (1 2)$' <(imap customer 'EXAMINE INBOX' 'THREAD REFERENCES UTF-8 ALL')
check "copies in Sent: $(with_id desk Sent "$id")" test "$(with_id desk Sent "$id")" = 1
check "the question is not marked as answered" grep -q 'Answered' <(imap desk 'EXAMINE INBOX' 'FETCH 1 (FLAGS)')
for again in 1 2; do run 0 "pull $again after the send" --quiet pull; done
check "the conversation after that: $(messages_of 1)" \
  test "$(messages_of 1)" = $'in customer customer@desk.test\nout agent desk@desk.test'
run 0 "list after that" list --json number --jq length
check "nobody waits any more" test "$(cat "$home/out")" = 0
digest_before=$(digest)
run 0 "pull --full" --quiet pull --full
check "a full pull finds another conversation" test "$(digest)" = "$digest_before"

# 2. The customer goes on in the same conversation; sent_copy = auto appends when the server has kept nothing.
mail "$home/more" customer@desk.test desk@desk.test "Re: Two boxes, one lid" second@customer.test "$id" "Thank you. And where is the second box?"
post customer@desk.test desk@desk.test "$home/more" || fail "Exim does not take the second question"
settled
run 0 "pull" --quiet pull
check "the answer to our answer went elsewhere: $(messages_of 1)" test "$(messages_of 1 | wc -l)" = 3
sed -i 's/^sent_copy.*/sent_copy = "auto"/' "$config"
draft 1 "Your parcel with the second box left us today; it comes next week."
run 0 "send with auto" send 1 --yes --set status=solved
settled
id=$("$helpdesk" queue list --all --json message_id,created --jq 'map(.message_id)[1]' | tr -d '"')
check "auto: arrived $(with_id customer INBOX "$id") times" test "$(with_id customer INBOX "$id")" = 1
check "auto: copies in Sent: $(with_id desk Sent "$id")" test "$(with_id desk Sent "$id")" = 1
# And appends nothing when the server keeps a copy of what it submits, a moment later.
mail "$home/third" customer@desk.test desk@desk.test "Re: Two boxes, one lid" third@customer.test "$id" "Which colour is it?"
post customer@desk.test desk@desk.test "$home/third" || fail "Exim does not take the third question"
settled
run 0 "pull" --quiet pull
draft 1 "The second box left us today. Its colour is green-4711." # lint asks for both where two mails are of one second
keep_as_servers_do() { # TEXT: what arrives with it, into Sent
  local arrived
  for _ in $(seq 200); do
    arrived=$(files_of customer INBOX | xargs grep -l "$1" | head -1)
    [ -z "$arrived" ] || break
    sleep 0.05
  done
  append desk Sent "$arrived"
}
keep_as_servers_do green-4711 &
keeper=$!
run 0 "send with auto, the server keeps it" send 1 --yes
wait $keeper || fail "no copy was made"
settled
id=$("$helpdesk" queue list --all --json message_id,created --jq 'map(.message_id)[2]' | tr -d '"')
check "kept by the server: arrived $(with_id customer INBOX "$id") times" test "$(with_id customer INBOX "$id")" = 1
check "kept by the server: copies in Sent: $(with_id desk Sent "$id")" test "$(with_id desk Sent "$id")" = 1
run 0 "pull" --quiet pull
check "the whole conversation: $(messages_of 1)" test "$(messages_of 1 | grep -c '^out agent')" = 3
check "the whole conversation: $(messages_of 1)" test "$(messages_of 1 | wc -l)" = 6
sed -i 's/^sent_copy.*/sent_copy = "append"/' "$config"

# 3. What has come since the draft stops the send, and so does a mailbox that cannot be reached.
ask $((losses + 3))
run 0 "pull of the questions" --quiet pull
check "conversations: $("$helpdesk" export tickets --json number --jq length)" test "$("$helpdesk" export tickets --json number --jq length)" = $((losses + 4))
for ((n = 1; n <= losses + 3; n++)); do
  numbers[n]=$(number_of "Question $n about my order")
  draft "${numbers[n]}" "The answer to question $n is id-$n-."
done
arrived() { files_of customer INBOX | xargs -r grep -l "id-$1-" | wc -l; } # QUESTION: how many answers
refused() { # QUESTION CODE WHAT SAYS
  run "$2" "$3" send "${numbers[$1]}" --yes
  check "$3: not a word about it: $(cat "$home/err")" grep -q "$4" "$home/err"
  settled
  check "$3: it left" test "$(arrived "$1")" = 0
}
n=$((losses + 1))
mail "$home/news" customer@desk.test desk@desk.test "Re: Question $n about my order" "news@customer.test" "q$n@customer.test" "Never mind, it came this morning."
post customer@desk.test desk@desk.test "$home/news" || fail "Exim does not take the news"
settled
refused $n 1 "the customer wrote again" "it came this morning"
run 0 "the same, --anyway" send "${numbers[n]}" --yes --anyway
settled
check "--anyway: arrived $(arrived $n) times" test "$(arrived $n)" = 1
n=$((losses + 2))
mail "$home/colleague" desk@desk.test customer@desk.test "Re: Question $n about my order" "colleague@desk.test" "q$n@customer.test" "I have sent you a new one, says the colleague."
append desk Sent "$home/colleague" || fail "Dovecot does not take the colleague's copy"
refused $n 1 "a colleague answered" "says the colleague"
n=$((losses + 3))
sed -i "s/^port = $IMAP$/port = 9/" "$config"
refused $n 75 "the mailbox cannot be reached" "cannot be looked at for news"
check "the mailbox cannot be reached: the draft is queued: $(item q$n state)" test -z "$(item q$n state)"
sed -i "s/^port = 9$/port = $IMAP/" "$config"
sed -i "s/^port = $(cat "$home/cut/port")$/port = 9/" "$config"
refused $n 75 "the server for outgoing mail cannot be reached" "queue send"
check "the server for outgoing mail cannot be reached: $(item q$n state)" test "$(item q$n state)" = queued
sed -i "s/^port = 9$/port = $(cat "$home/cut/port")/" "$config"
run 0 "the queue after that" queue send "$(item q$n id)"
settled
check "the queue after that: arrived $(arrived $n) times" test "$(arrived $n)" = 1

# 4. The answer to the mail is lost (lost), or not even waited for (reset), or the mail itself is lost (drop). Each fifth time the
# server has kept a copy of its own in Sent.
sent_by_looking=0 settled_sent=0 settled_again=0
for ((n = 1; n <= losses; n++)); do
  modes=(lost drop reset) mode=${modes[n % 3]}
  what="question $n, $mode"
  echo $mode >"$home/cut/mode"
  run 1 "$what" send "${numbers[n]}" --yes
  check "$what: not a word about it" grep -q "queue settle" "$home/err"
  echo ok >"$home/cut/mode"
  settled
  taken=$(arrived $n)
  [ $mode = drop ] && expected=0 || expected=1
  check "$what: arrived $taken times" test "$taken" = $expected
  check "$what: $(item q$n state)" test "$(item q$n state)" = unknown
  if [ "$taken" = 1 ] && [ $((n % 5)) = 0 ]; then
    append desk Sent "$(files_of customer INBOX | xargs grep -l "id-$n-")" || fail "$what: no copy"
    run 0 "$what: the queue, with a copy in Sent" queue send
    check "$what: a copy is in Sent, and it is $(item q$n state)" test "$(item q$n state)" = sent
    sent_by_looking=$((sent_by_looking + 1))
  else
    run 1 "$what: the queue" queue send
    settled
    check "$what: sent again without a word" test "$(arrived $n)" = "$taken"
    check "$what: after the queue it is $(item q$n state)" test "$(item q$n state)" = unknown
    if [ "$taken" = 1 ]; then
      run 0 "$what: settle" queue settle "$(item q$n id)" sent
      settled_sent=$((settled_sent + 1))
    else
      run 0 "$what: settle" queue settle "$(item q$n id)" again
      run 0 "$what: the queue after that" queue send
      settled_again=$((settled_again + 1))
    fi
  fi
  settled
  check "$what: in the end it is $(item q$n state)" test "$(item q$n state)" = sent
  check "$what: in the end it arrived $(arrived $n) times" test "$(arrived $n)" = 1
done
echo "$losses answers lost: $sent_by_looking found in Sent, $settled_sent settled as sent, $settled_again sent again"
run 0 "the queue has nothing left to do" queue send
run 0 "pull at the end" --quiet pull
settled
for ((n = 1; n <= losses; n++)); do
  check "question $n: arrived $(arrived $n) times" test "$(arrived $n)" = 1
  id=$(item q$n message_id)
  check "question $n: copies in Sent: $(with_id desk Sent "$id")" test "$(with_id desk Sent "$id")" = 1
  # One answer to one question, under the subject of that question.
  check "question $n: answers another one" grep -qi "^In-Reply-To: <q$n@customer.test>" "$(files_of customer INBOX | xargs grep -l "id-$n-")"
done
answers=$("$helpdesk" export messages --json direction,role --jq '[.[] | select(.direction == "out" and .role == "agent")] | length')
check "$answers answers in the store" test "$answers" = $((losses + 3 + 3)) # three of part 1 and 2, three of part 3
"$helpdesk" store verify >"$home/verify" || fail "$(cat "$home/verify")"
finish
