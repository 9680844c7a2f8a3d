#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-bench.sh PROGRAM…: runs the benchmarks one after the other; each prints its own ratios.
status=0
for program in "$@"; do
  printf '\n%s\n' "$(basename "$program")"
  "$program" || status=1
done
exit $status
