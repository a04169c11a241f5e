#!/usr/bin/env bash
# In the chroot: a screen, a session bus, a keyring and an accessibility bus of this session's own, and in it the app, which screen.py
# shows and operates. session.sh FOLDER: an empty one, with bin/xdg-open.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export FOLDER=$1
export HOME=$FOLDER/home XDG_RUNTIME_DIR=$FOLDER/run XDG_DATA_HOME=$FOLDER/home/data PATH=$FOLDER/bin:$PATH
mkdir -p "$HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
# Without a graphics processor.
export FLUTTER_LINUX_RENDERER=software GDK_BACKEND=x11
# A display number that is free.
exec 3<>"$FOLDER/display"
Xvfb -displayfd 3 -screen 0 480x860x24 -nolisten tcp -noreset 2>"$FOLDER/xvfb.log" &
screen=$!
trap 'kill "$screen" 2>/dev/null || true' EXIT
while [[ ! -s $FOLDER/display ]]; do
  kill -0 "$screen"
  sleep 0.05
done
DISPLAY=:$(tr -d '\n' <"$FOLDER/display")
export DISPLAY
# shellcheck disable=SC2016 # for the shell inside to expand
dbus-run-session -- bash -euc '
  printf password | gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
  exec python3 "$1/screen.py"
' bash "$here"
