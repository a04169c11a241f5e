# shellcheck shell=bash
# Servers that a suite starts for its tests.

# free_port PYTHON: prints a port of this machine that nobody uses now.
free_port() {
  "$1" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# answers PYTHON URL PID LOG: waits until the server of that process answers, for three minutes at most. Where it does not, it fails and
# prints the end of its log.
answers() {
  local python=$1 url=$2 pid=$3 log=$4
  for _ in {1..180}; do
    if "$python" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' "$url" 2>/dev/null; then return; fi
    kill -0 "$pid" || break
    sleep 1
  done
  tail "$log" >&2
  return 1
}
