#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# runtime.sh REPO [BRANCH [SUITE]]
# Make a local OSTree repo REPO that holds runtime/org.gnome.Platform/ARCH/BRANCH and
# runtime/org.gnome.Sdk/ARCH/BRANCH, both assembled from Debian packages of SUITE.
# A stand-in for Flathub's GNOME runtime, for machines that reach only Debian's packages.
# Needs root, an apt-get update, and: apt-get install mmdebstrap ostree flatpak ca-certificates debian-archive-keyring
set -euo pipefail
repo=$(realpath -m "${1:?usage: $0 REPO [BRANCH [SUITE]]}") branch=${2:-50} suite=${3:-trixie}
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -1)}   # the mirror that apt uses (run apt-get update before)
arch=$(flatpak --default-arch)

# What an application may find in the Platform at run time.
plat=(bash coreutils sed grep gawk findutils util-linux tar gzip xz-utils zstd libc-bin ca-certificates
  python3 python3-gi libgtk-4-1 libgtk-4-bin gir1.2-gtk-4.0 libadwaita-1-0 gir1.2-adw-1
  libjson-glib-1.0-0 libzstd1 gir1.2-json-1.0 adwaita-icon-theme hicolor-icon-theme gsettings-desktop-schemas shared-mime-info
  librsvg2-common libglib2.0-bin fontconfig fonts-dejavu-core libgl1-mesa-dri libegl1 dbus-bin)
# What the build gets on top of that.
sdk=(gcc g++ libc6-dev make pkgconf meson ninja-build cmake git patch gettext elfutils
  libgtk-4-dev libadwaita-1-dev libjson-glib-dev libzstd-dev gobject-introspection libxml2-utils
  desktop-file-utils appstream)
# flatpak-builder 1.2 calls the SDK's appstream-compose; 1.4 calls the host's `appstreamcli compose` instead
case $suite in bookworm|trixie) sdk+=(appstream-util);; esac

key=$(printf '%s\n' "$suite" "$branch" "${plat[@]}" "${sdk[@]}" "$(sha256sum <"$(realpath "$0")")" | sha256sum | cut -c1-16)
if [ -e "$repo/standin-$key" ]; then echo "stand-in runtime is there already: $repo"; exit 0; fi

mkdir -p "$(dirname "$repo")"
work=$(mktemp -d "$(dirname "$repo")/standin.XXXXXX")
trap 'rm -rf "$work"' EXIT
strap() { # DIR PACKAGE…
  local dir=$1; shift
  mmdebstrap --mode=root --variant=essential --format=directory \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "3"' \
    --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$(IFS=,; echo "$*")" "$suite" "$dir" "$mirror"
}
strap "$work/plat" "${plat[@]}" >"$work/plat.log" 2>&1 & p=$!
strap "$work/sdk" "${plat[@]}" "${sdk[@]}" >"$work/sdk.log" 2>&1 & s=$!
ok=1
wait $p || { cat "$work/plat.log"; ok=0; }
wait $s || { cat "$work/sdk.log"; ok=0; }
[ $ok = 1 ] || exit 1

rm -rf "$repo"; ostree init --repo="$repo" --mode=bare-user-only
commit() { # TREE NAME
  local t=$1 name=$2 c=$work/c-$2
  mkdir "$c"; mv "$t/usr" "$c/files"; mv "$t/etc" "$c/files/etc"     # merged /usr: files/ becomes /usr, files/etc becomes /etc
  # Meson must choose /app/lib as it does on the real SDK: not Debian's multiarch dir, nor lib64
  rm -f "$c/files/etc/debian_version"
  if [ -d "$c/files/lib64" ] && [ ! -L "$c/files/lib64" ]; then
    mv "$c"/files/lib64/* "$c/files/lib/"; rmdir "$c/files/lib64"; ln -s lib "$c/files/lib64"
  fi
  # flatpak runs `ldconfig` off PATH=/app/bin:/usr/bin to make the app's ld.so.cache
  cp -a "$c/files/sbin/ldconfig" "$c/files/bin/ldconfig"
  printf '/app/lib\n/app/lib/%s\ninclude /run/flatpak/ld.so.conf.d/*.conf\ninclude /etc/ld.so.conf.d/*.conf\n' \
    "$(ls "$c/files/lib" | grep -m1 -E '^[a-z0-9_]+-linux-gnu$')" >"$c/files/etc/ld.so.conf"
  # made by flatpak itself, from the host's
  (cd "$c/files/etc" && rm -f passwd* group* shadow* gshadow* subuid* subgid* machine-id resolv.conf hosts hostname host.conf gai.conf localtime timezone)
  rm -rf "$c"/files/etc/apt "$c"/files/lib/systemd "$c"/files/share/doc "$c"/files/share/man
  cat >"$c/metadata" <<M
[Runtime]
name=$name
runtime=org.gnome.Platform/$arch/$branch
sdk=org.gnome.Sdk/$arch/$branch

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
M
  ostree commit --repo="$repo" --branch="runtime/$name/$arch/$branch" --subject="$name stand-in from Debian $suite" \
    --tree=dir="$c" --owner-uid=0 --owner-gid=0 --canonical-permissions --no-xattrs --consume \
    --add-metadata-string=xa.metadata="$(cat "$c/metadata")"$'\n' >/dev/null
}
commit "$work/plat" org.gnome.Platform
commit "$work/sdk" org.gnome.Sdk
flatpak build-update-repo "$repo" >/dev/null
touch "$repo/standin-$key"
ostree refs --repo="$repo" --list runtime
