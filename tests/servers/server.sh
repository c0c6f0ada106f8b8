# Sourced by dovecot.sh and exim.sh. Each: NAME.sh start DIR -> writes DIR/env and returns when the port answers; NAME.sh stop DIR.
# Exit 77: the packages are not installed. As root the server runs as nobody, so DIR must be enterable for others.
set -eu
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

exec_as_user() { # becomes the command, never as root
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid nobody --regid nogroup --clear-groups "$@"; else exec "$@"; fi
}
own() { if [ "$(id -u)" = 0 ]; then chown -R nobody:nogroup "$1"; fi; }
server_user() { if [ "$(id -u)" = 0 ]; then echo nobody; else id -un; fi; }
server_group() { if [ "$(id -u)" = 0 ]; then echo nogroup; else id -gn; fi; }

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_ports() { # N distinct ports that nobody listens on now
  local n=$1 found=' ' p
  while [ "$n" -gt 0 ]; do
    p=$((20000 + RANDOM % 12000))
    case $found in *" $p "*) continue ;; esac
    listening "$p" && continue
    found="$found$p " n=$((n - 1))
  done
  echo $found
}
certificate() { # DIR/key.pem, DIR/cert.pem for localhost and 127.0.0.1
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout "$1/key.pem" -out "$1/cert.pem" -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
  chmod 644 "$1/key.pem" # a throw-away key, read by another user
}
wait_for() { # PORT PID LOG
  local i
  for i in $(seq 200); do
    listening "$1" && return 0
    kill -0 "$2" 2>/dev/null || break
    sleep 0.05
  done
  cat "$3" >&2
  return 1
}
stop_server() { # DIR: ends the process started there and its children, and nothing else
  local pid i
  [ -s "$1/pid" ] || return 0
  pid=$(cat "$1/pid")
  # A recycled pid would have another start time.
  [ "$(cut -d' ' -f22 "/proc/$pid/stat" 2>/dev/null)" = "$(cat "$1/started")" ] || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for i in $(seq 100); do
    case $(cut -d' ' -f3 "/proc/$pid/stat" 2>/dev/null) in '' | Z) return 0 ;; esac
    sleep 0.05
  done
  kill -KILL "$pid" 2>/dev/null || true
}
remember() { echo "$2" >"$1/pid"; cut -d' ' -f22 "/proc/$2/stat" >"$1/started"; }
