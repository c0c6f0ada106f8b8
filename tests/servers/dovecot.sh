#!/usr/bin/env bash
# dovecot.sh start DIR [CAPABILITIES] | stop DIR: Dovecot with users desk and customer (password "secret"), plain, IMAPS, STARTTLS, XOAUTH2 by JWT.
. "$(dirname "$0")/server.sh"

start() {
  local dir=$1 capabilities=${2:-} imap imaps lmtp pid
  command -v dovecot >/dev/null && command -v openssl >/dev/null || exit 77
  mkdir -p "$dir"/run "$dir"/mail/desk "$dir"/mail/customer "$dir"/jwt/default/HS256
  chmod 755 "$dir"
  set -- $(free_ports 3); imap=$1 imaps=$2 lmtp=$3
  certificate "$dir"
  printf 'jwt-key-of-the-tests' | base64 | tr -d '\n' >"$dir/jwt/default/HS256/default"
  printf 'desk:{PLAIN}secret::::%s/mail/desk::\ncustomer:{PLAIN}secret::::%s/mail/customer::\n' "$dir" "$dir" >"$dir/passwd"
  printf 'introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=%s/jwt/\nusername_attribute = sub\n' "$dir" >"$dir/oauth.conf"
  cat >"$dir/dovecot.conf" <<END
protocols = imap lmtp
base_dir = $dir/run
state_dir = $dir/run
log_path = $dir/log
listen = 127.0.0.1
default_internal_user = $(server_user)
default_internal_group = $(server_group)
default_login_user = $(server_user)
mail_uid = $(server_user)
mail_gid = $(server_group)
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 200
ssl_cert = <$dir/cert.pem
ssl_key = <$dir/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
${capabilities:+imap_capability = $capabilities}
auth_username_format = %Ln
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $dir/oauth.conf
}
passdb {
  driver = passwd-file
  mechanisms = plain login
  args = $dir/passwd
}
userdb {
  driver = passwd-file
  args = $dir/passwd
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
  mailbox Archive {
    auto = create
    special_use = \Archive
  }
  mailbox Drafts {
    auto = create
    special_use = \Drafts
  }
  mailbox Junk {
    auto = create
    special_use = \Junk
  }
  mailbox Trash {
    auto = create
    special_use = \Trash
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $lmtp
  }
}
END
  own "$dir/mail"; own "$dir/jwt"
  setsid dovecot -F -c "$dir/dovecot.conf" </dev/null >"$dir/out" 2>&1 &
  pid=$!
  remember "$dir" "$pid"
  wait_for "$imap" "$pid" "$dir/out"
  printf 'IMAP=%s\nIMAPS=%s\nLMTP=%s\nCERT=%s\nMAIL=%s\n' "$imap" "$imaps" "$lmtp" "$dir/cert.pem" "$dir/mail" >"$dir/env"
}

case ${1:-} in
start) start "$2" "${3:-}" ;;
stop) stop_server "$2" ;;
*) sed -n 2p "$0" >&2; exit 2 ;;
esac
