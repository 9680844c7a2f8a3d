#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test program on a display of its own, or skips it (as TAP, with the reason) where Xvfb is
# absent. With --bus it gets a session bus of its own too, for the accessibility tree. The person's
# recent files, settings and running programs are left alone.
bus=
if [ "$1" = --bus ]; then shift; bus=dbus-run-session; fi
for tool in Xvfb xvfb-run xauth $bus; do
  command -v "$tool" >/dev/null || { echo "1..0 # SKIP $tool is not installed"; exit 0; }
done
home=$(mktemp -d) || exit 1
trap 'rm -rf "$home"' EXIT
export XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" XDG_CONFIG_HOME="$home/config" \
  XDG_RUNTIME_DIR="$home/run" GDK_BACKEND=x11 GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1 GSETTINGS_BACKEND=memory GSK_RENDERER=cairo
mkdir -m 0700 "$home/run" "$home/data" "$home/cache" "$home/config"
unset WAYLAND_DISPLAY
# Without a bus of its own a program would hand its files to one that runs already.
export DBUS_SESSION_BUS_ADDRESS=disabled:
screen='-screen 0 1600x1000x24 -nolisten tcp'
if [ -z "$bus" ]; then
  xvfb-run -a -s "$screen" "$@"
else
  # What the services of the bus print is no part of the test's output.
  # shellcheck disable=SC2016
  xvfb-run -a -s "$screen" dbus-run-session -- sh -c 'exec "$@" >&3 2>&4' sh "$@" 3>&1 4>&2 >/dev/null 2>&1
fi
