#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the real manifest against a stand-in for the GNOME runtime made of Debian packages (which
# proves the manifest and the sandbox, not GNOME's own package set), installs the bundle as a user
# would, opens the example through the document portal and takes a screenshot.
#
# Everything it makes lies in _build-flatpak/; the runtime is kept in ~/.cache/thaw-flatpak. An
# installation of its own is used, so that nothing of the user's or the system's is touched.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
top=$(realpath "$here/../..")
manifest=$top/flatpak/io.github.thawprofiler.Thaw.json
sample=$top/data/example/dashboard.speedscope.json.gz
cache=${THAW_FLATPAK_CACHE:-$HOME/.cache/thaw-flatpak}
out=$top/_build-flatpak
id=$(jq -r .id "$manifest")
version=$(jq -r '."runtime-version"' "$manifest")
mkdir -p "$cache" "$out"

"$here/runtime.sh" "$cache/repo-$version" "$version" trixie

export FLATPAK_USER_DIR=$out/installation
rm -rf "$FLATPAK_USER_DIR" "$out"/{build,repo}
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then # the sandbox finds documents only below /run/user/UID
  XDG_RUNTIME_DIR=/run/user/$(id -u)
  export XDG_RUNTIME_DIR
  mkdir -p -m 700 "$XDG_RUNTIME_DIR"
fi
flatpak --user remote-add --no-gpg-verify standin "file://$cache/repo-$version"
flatpak --user install -y --noninteractive standin "org.gnome.Platform//$version" "org.gnome.Sdk//$version"

flatpak-builder --user --install --force-clean --disable-updates --disable-download --ccache \
  --default-branch=stable --state-dir="$cache/builder" --repo="$out/repo" "$out/build" "$manifest"

exports=$FLATPAK_USER_DIR/exports/share
desktop-file-validate "$exports/applications/$id.desktop"
ls "$exports"/icons/hicolor/*/apps/"$id"*
# Older flatpak-builders move the metainfo to the folder's former name.
flatpak build "$out/build" sh -c "appstreamcli validate --no-net --explain /app/share/*/$id.*.xml"

flatpak build-bundle --runtime-repo=https://dl.flathub.org/repo/flathub.flatpakrepo \
  "$out/repo" "$out/$id.flatpak" "$id" stable
flatpak --user uninstall -y --noninteractive "$id"
flatpak --user install -y --noninteractive --no-deps "$out/$id.flatpak"
flatpak --user info --show-permissions "$id"
flatpak --user run --command=thaw-cli "$id" --version

# The display first, then the session bus, so that the portal's helpers find the display.
export id sample out
xvfb-run -a -s '-screen 0 1360x860x24 -nolisten tcp' dbus-run-session -- bash -c '
  set -u
  flatpak --user run --file-forwarding "$id" @@ "$sample" @@ >"$out/app.log" 2>&1 &
  window=
  for _ in $(seq 60); do
    window=$(xdotool search --onlyvisible --class "^($id|thaw)\$" 2>/dev/null | tail -n 1)
    [ -n "$window" ] && break
    sleep 0.5
  done
  sleep 4
  import -window root "$out/screenshot.png"
  title=$(xdotool getwindowname "${window:-0}" 2>/dev/null)
  flatpak kill "$id"
  cat "$out/app.log"
  [ -n "$window" ] || { echo "no window came up"; exit 1; }
  case "$title" in
    *dashboard*) echo "opened through the portal: $title" ;;
    *) echo "the window is there, but its title is: $title"; exit 1 ;;
  esac
'
echo "Screenshot: $out/screenshot.png"
echo "Bundle: $out/$id.flatpak"
