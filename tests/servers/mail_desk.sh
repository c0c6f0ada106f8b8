# Sourced after tests/fault/common.sh: a desk on real servers. Dovecot keeps the mailboxes of desk and customer, Exim takes the
# mail of both and hands it to Dovecot; between helpdesk and Exim stands smtp_cut ($5), told by $home/cut/mode what to lose.
servers=$source/tests/servers
unset HELPDESK_NOW # servers know no other time than now
export HELPDESK_PASSWORD_SHOP=secret
chmod 711 "$home" # as root the servers run as another user
stop_servers() {
  exec 9>&-
  for name in exim dovecot; do [ ! -d "$home/$name" ] || bash "$servers/$name.sh" stop "$home/$name"; done
}
trap 'stop_servers; chmod -R u+rwX "$home" 2>/dev/null; rm -rf "$home"' EXIT
start_server() { # NAME [ARGUMENT]
  bash "$servers/$1.sh" start "$home/$1" "${2:-}"
  case $? in
  0) . "$home/$1/env" ;;
  77) echo "skipped: $1 or openssl is not installed" && exit 77 ;;
  *) echo "$1 did not start" >&2 && exit 1 ;;
  esac
}
start_server dovecot
mailboxes=$MAIL
start_server exim "$LMTP"
mkdir "$home/cut"
echo ok >"$home/cut/mode"
mkfifo "$home/hold"
"$5" "$home/cut" "$SMTP" <"$home/hold" &
exec 9>"$home/hold" # it ends with this script
for _ in $(seq 100); do [ -s "$home/cut/port" ] && break; sleep 0.05; done
mkdir -p "$XDG_CONFIG_HOME/helpdesk"
chmod 700 "$XDG_CONFIG_HOME" "$XDG_CONFIG_HOME/helpdesk"
config=$XDG_CONFIG_HOME/helpdesk/config.toml
(umask 077; cat >"$config" <<END
[me]
name = "Ada"
address = "desk@desk.test"
[accounts.shop]
backend = "imap"
host = "127.0.0.1"
port = $IMAP
tls = "none"
user = "desk"
us = ["desk@desk.test"]
history = "0d"
timeout = "5s"
sent_copy = "append"
send.via = "smtp"
[identities.desk]
address = "desk@desk.test"
[smtp.shop]
host = "127.0.0.1"
port = $(cat "$home/cut/port")
tls = "none"
user = "desk"
account = "shop"
END
)

imap() { # USER COMMAND…: the server's answers
  local user=$1 command n=0
  shift
  exec 7<>"/dev/tcp/127.0.0.1/$IMAP"
  {
    printf 'l LOGIN %s secret\r\n' "$user"
    for command in "$@"; do n=$((n + 1)); printf 'c%d %s\r\n' $n "$command"; done
    printf 'z LOGOUT\r\n'
  } >&7
  tr -d '\r' <&7
  exec 7>&-
}
append() { # USER FOLDER FILE: by IMAP, as any mail program does
  imap "$1" "APPEND \"$2\" (\\Seen) {$(stat -c %s "$3")+}"$'\r\n'"$(cat "$3")" | grep -q '^c1 OK'
}
post() { # FROM TO FILE: through Exim
  local line step
  exec 8<>"/dev/tcp/127.0.0.1/$SMTP"
  for step in "" "EHLO client.test" "MAIL FROM:<$1>" "RCPT TO:<$2>" DATA "$(sed 's/$/\r/' "$3")"$'\r\n.' QUIT; do
    [ -z "$step" ] || printf '%s\r\n' "$step" >&8
    while IFS= read -r line <&8; do case $line in ???' '*) break ;; esac; done
    case $line in [23]*) ;; *) echo "$step: $line" >&2; exec 8>&-; return 1 ;; esac
  done
  exec 8>&-
}
mail() { # FILE FROM TO SUBJECT ID [ANSWERED [TEXT]]
  {
    printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s>\n' "$2" "$3" "$4" "$(date -R)" "$5"
    [ -z "${6:-}" ] || printf 'In-Reply-To: <%s>\nReferences: <%s>\n' "$6" "$6"
    printf '\n%s\n' "${7:-Where is my parcel? It should have come last week.}"
  } >"$1"
}
files_of() { # USER FOLDER: its mails as files
  local directory=$mailboxes/$1/Maildir
  [ "$2" = INBOX ] || directory=$directory/.$2
  find "$directory/cur" "$directory/new" -type f 2>/dev/null
}
with_id() { files_of "$1" "$2" | xargs -r grep -liE "^Message-ID: *<$3>" | wc -l; } # USER FOLDER ID: how many
settled() { # waits until Exim has nothing left to deliver
  for _ in $(seq 100); do
    [ -n "$(find "$home/exim/spool/input" -type f 2>/dev/null)" ] || return 0
    sleep 0.05
  done
  fail "Exim does not get rid of: $(ls "$home/exim/spool/input")"
}
own_mailboxes() { [ "$(id -u)" != 0 ] || chown -R nobody:nogroup "$mailboxes"; }
ask() { # COUNT: that many conversations in the desk's mailbox, q1@customer.test and on
  local n directory=$mailboxes/desk/Maildir
  mkdir -p "$directory"/{cur,new,tmp}
  for ((n = 1; n <= $1; n++)); do
    mail "$directory/cur/$((1767600000 + n)).Q$n.desk:2," customer@desk.test desk@desk.test "Question $n about my order" "q$n@customer.test"
  done
  own_mailboxes
}
item() { # MESSAGE-ID-OF-THE-QUESTION FIELD: of the queue item that answers it
  "$helpdesk" queue list --all --json id,state,message_id,subject --jq ".[] | select(.subject == \"Re: Question ${1//[^0-9]/} about my order\") | .$2" 2>/dev/null |
    tr -d '"' | tail -1
}
