#!/usr/bin/env bash
# exim.sh start DIR [LMTP_PORT] | stop DIR: a real MTA on loopback; user desk, password "secret". Mail for desk@ and customer@desk.test
# goes to the LMTP port (or to files under DIR/mail); refused@ gets 550, later@ 451; every other domain needs a login and ends in a file.
. "$(dirname "$0")/server.sh"

start() {
  local dir=$1 lmtp=${2:-} smtp smtps pid transport=files
  command -v exim4 >/dev/null && command -v openssl >/dev/null || exit 77
  mkdir -p "$dir"/spool "$dir"/log "$dir"/mail
  chmod 755 "$dir"
  set -- $(free_ports 2); smtp=$1 smtps=$2
  [ -z "$lmtp" ] || transport=lmtp
  certificate "$dir"
  cat >"$dir/exim.conf" <<END
exim_user = $(server_user)
exim_group = $(server_group)
never_users =
primary_hostname = mx.desk.test
spool_directory = $dir/spool
log_file_path = $dir/log/%s
pid_file_path = $dir/spool/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $smtp : $smtps
tls_on_connect_ports = $smtps
tls_advertise_hosts = *
tls_certificate = $dir/cert.pem
tls_privatekey = $dir/key.pem
host_lookup =
dns_ipv4_lookup = !*
keep_environment =
smtputf8_advertise_hosts = *
message_size_limit = 5M
smtp_accept_queue_per_connection = 0
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
begin acl
check_rcpt:
  deny
    local_parts = refused
    domains = desk.test
    message = 5.1.1 mailbox closed
  defer
    local_parts = later
    domains = desk.test
    message = 4.3.0 come back later
  accept
    domains = desk.test
    local_parts = desk : customer
  accept
    authenticated = *
    domains = !desk.test
  deny
    message = 5.7.1 not here
check_data:
  deny
    condition = \${if match{\$h_subject:}{POISON}}
    message = 5.7.1 content refused
  accept
begin routers
ours:
  driver = accept
  domains = desk.test
  transport = $transport
others:
  driver = accept
  transport = files
begin transports
files:
  driver = appendfile
  directory = $dir/mail/\${if eq{\$domain}{desk.test}{\${if eq{\$local_part}{desk}{desk}{customer}}}{elsewhere}}
  maildir_format
  create_directory
  user = $(server_user)
  group = $(server_group)
lmtp:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  hosts_override
  allow_localhost
  port = ${lmtp:-24}
  hosts_try_fastopen =
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{desk}}{eq{\$auth3}{secret}}}}
  server_set_id = \$auth2
END
  own "$dir"
  # Exim drops privileges when root names its own configuration file: the whole daemon runs as the unprivileged user.
  exec_as_user setsid exim4 -C "$dir/exim.conf" -bdf </dev/null >"$dir/out" 2>&1 &
  pid=$!
  remember "$dir" "$pid"
  wait_for "$smtp" "$pid" "$dir/out"
  printf 'SMTP=%s\nSMTPS=%s\nCERT=%s\nMAIL=%s\n' "$smtp" "$smtps" "$dir/cert.pem" "$dir/mail" >"$dir/env"
}

case ${1:-} in
start) start "$2" "${3:-}" ;;
stop) stop_server "$2" ;;
*) sed -n 2,3p "$0" >&2; exit 2 ;;
esac
