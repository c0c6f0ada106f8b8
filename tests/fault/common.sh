# Sourced by the loops. $1 HELPDESK, $2 libfault.so, $3 the source tree, $4 shallow or full. Each test has a home of its own.
set -u
helpdesk=$1 libfault=$2 source=$3 depth=${4:-shallow}
home=$(mktemp -d "${TMPDIR:-/tmp}/helpdesk-fault.XXXXXX")
trap 'chmod -R u+rwX "$home" 2>/dev/null; rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_STATE_HOME=$home/state XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache
export TZ=UTC LC_ALL=C.UTF-8 NO_COLOR=1 PAGER=cat
export HELPDESK_NOW=2026-01-05T10:00:00Z
unset HELPDESK_STORE HELPDESK_ACCOUNT HELPDESK_CONFIG
started=$SECONDS
checks=0 failures=0
fail() { echo "FAIL: $*" >&2; failures=$((failures + 1)); [ "$failures" -lt 10 ] || finish; }
check() { checks=$((checks + 1)); "${@:2}" || fail "$1"; } # check WHAT COMMAND…
# Shallow runs end in time on a slow machine too, and say how far they came.
out_of_time() { [ "$depth" = shallow ] && [ $((SECONDS - started)) -ge "${budget:-45}" ]; }
finish() {
  echo "$checks checks, $failures failures, $((SECONDS - started)) s"
  [ "$checks" -gt 0 ] && [ "$failures" = 0 ]
  exit $?
}
# 127: where a thread's first use of a library finds no memory for its data the dynamic linker itself ends the process,
# with a word of its own. No program can step in.
is_documented() {
  case $1 in
  0 | 1 | 2 | 3 | 4 | 5 | 75 | 130) return 0 ;;
  127) grep -q "cannot allocate memory for thread-local data" "$home/err" ;;
  *) return 1 ;;
  esac
}
under_fault() { # FAULT COMMAND…: like the command; what it said is in $home/out and $home/err
  local fault=$1
  shift
  # The shell's own word about a killed process goes nowhere.
  { (HELPDESK_FAULT=$fault HELPDESK_FAULT_COUNT=$home/count LD_PRELOAD=$libfault exec "$@" >"$home/out" 2>"$home/err"); } 2>/dev/null
}
count_calls() { # KIND COMMAND…: how many such calls it makes
  local kind=$1
  shift
  under_fault "$kind:0" "$@"
  cat "$home/count"
}
digest() { "$helpdesk" store verify 2>&1; }

# COUNT mails in three folders, in conversations of up to four; some lie in two folders, some tell no time.
make_maildir() { # DIR COUNT
  local dir=$1 count=$2 i folder when root
  for folder in '' .Sent .Archive; do mkdir -p "$dir/$folder/cur" "$dir/$folder/new" "$dir/$folder/tmp"; done
  for ((i = 0; i < count; i++)); do
    root=$((i - i % 4)) when=$((1767300000 + i * 600))
    case $((i % 4)) in 2) folder=.Sent ;; 3) folder=.Archive ;; *) folder= ;; esac
    {
      if [ "$folder" = .Sent ]; then
        echo "From: Desk <support@desk.example>"; echo "To: Customer $root <c$root@example.org>"
      else
        echo "From: Customer $root <c$root@example.org>"; echo "To: support@desk.example"
      fi
      echo "Subject: $([ "$i" = "$root" ] || echo "Re: ")Order $root is late"
      [ $((i % 11)) = 0 ] || printf 'Date: %s\n' "$(printf '%(%a, %d %b %Y %H:%M:%S +0000)T' "$when")"
      echo "Message-ID: <m$i@example.org>"
      [ "$i" = "$root" ] || { echo "In-Reply-To: <m$((i - 1))@example.org>"; echo "References: <m$root@example.org>"; }
      echo; echo "Where is parcel $i of order $root? Bird houses are what I ordered."
    } >"$dir/$folder/cur/$when.M$i.desk:2,S"
    touch -d "@$when" "$dir/$folder/cur/$when.M$i.desk:2,S" # an IMAP server tells it as INTERNALDATE
    [ $((i % 13)) = 0 ] || continue
    cp "$dir/$folder/cur/$when.M$i.desk:2,S" "$dir/.Archive/cur/$((when + 60)).C$i.desk:2,S"
    touch -d "@$((when + 60))" "$dir/.Archive/cur/$((when + 60)).C$i.desk:2,S"
  done
  return 0
}
make_desk() { # MAILS PAGE_SIZE
  make_maildir "$home/Maildir" "$1"
  mkdir -p "$XDG_CONFIG_HOME/helpdesk"
  chmod 700 "$XDG_CONFIG_HOME" "$XDG_CONFIG_HOME/helpdesk"
  (umask 077; cat >"$XDG_CONFIG_HOME/helpdesk/config.toml" <<END
[me]
name = "Ada"
address = "ada@desk.example"
[accounts.shop]
backend = "maildir"
path = "$home/Maildir"
us = ["support@desk.example", "ada@desk.example"]
history = "0d"
page_size = $2
END
  )
}
make_log_desk() { # TICKETS: an event log of so many, in no order of their ids; one row cannot be read
  mkdir -p "$XDG_CONFIG_HOME/helpdesk"
  chmod 700 "$XDG_CONFIG_HOME" "$XDG_CONFIG_HOME/helpdesk"
  awk -v n="$1" 'BEGIN {
    print "ticket,time,event,actor"
    for (i = 0; i < 2 * n; ++i) {
      t = (i * 7919) % n
      printf "T%d,2026-01-%02dT%02d:%02d:00Z,%s,%s%d\n", t, 1 + i % 4, i % 24, i % 60, i < n ? "ask" : "reply", i < n ? "c" : "agent", i % 50
    }
    print "T1,soon,ask,c1"
  }' >"$home/log.csv"
  (umask 077; cat >"$XDG_CONFIG_HOME/helpdesk/config.toml" <<END
[accounts.log]
backend = "table"
path = "$home/log.csv"
rows = "event"
zone = "UTC"
history = "0d"
columns = { ticket = "ticket", time = "time", event = "event", actor = "actor" }
events = { ask = "ask", reply = "reply" }
END
  )
}
mails_on_dovecot() { # after make_desk: its mails lie on an IMAP server
  local servers=$source/tests/servers
  chmod 711 "$home" # as root the server runs as another user
  trap 'bash "$source/tests/servers/dovecot.sh" stop "$home/dovecot"; chmod -R u+rwX "$home" 2>/dev/null; rm -rf "$home"' EXIT
  bash "$servers/dovecot.sh" start "$home/dovecot" || exit $?
  . "$home/dovecot/env"
  mv "$home/Maildir" "$MAIL/desk/Maildir"
  [ "$(id -u)" != 0 ] || chown -R nobody:nogroup "$MAIL/desk"
  export HELPDESK_PASSWORD_SHOP=secret
  sed -i -e 's/^backend = .*/backend = "imap"\nhost = "127.0.0.1"\ntls = "none"\nuser = "desk"/' -e "s/^path = .*/port = $IMAP/" \
    -e '/^page_size/d' "$XDG_CONFIG_HOME/helpdesk/config.toml"
}
mails_to_sink() { # PROGRAM, after make_desk: what the desk sends ends in $home/sink; $home/sink/mode says how
  mkdir -p "$home/sink"
  echo ok >"$home/sink/mode"
  mkfifo "$home/hold"
  "$1" "$home/sink" <"$home/hold" &
  exec 9>"$home/hold" # the sink ends with this script
  for _ in $(seq 100); do [ -s "$home/sink/port" ] && break; sleep 0.05; done
  port=$(cat "$home/sink/port") || exit 1
  sed -i "s/^page_size.*/&\nsend.via = \"smtp\"/" "$XDG_CONFIG_HOME/helpdesk/config.toml"
  cat >>"$XDG_CONFIG_HOME/helpdesk/config.toml" <<END
[identities.desk]
address = "support@desk.example"
[smtp.shop]
host = "127.0.0.1"
port = $port
tls = "none"
auth = "none"
END
}
keep_store() { rm -rf "$home/kept"; cp -a "$XDG_DATA_HOME" "$home/kept"; }
restore_store() { rm -rf "$XDG_DATA_HOME"; cp -a "$home/kept" "$XDG_DATA_HOME"; }
