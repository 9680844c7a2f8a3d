#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every string a person sees reaches the translators, and that translations are whole.

- po/POTFILES lists exactly the files that hold translatable strings
- every language of po/LINGUAS passes msgfmt --check and is complete
- format strings ask for the same arguments in the same types (msgfmt does that)
"""
import pathlib
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
MARKS = re.compile(r"\b(?:_|N_|C_|Q_|NC_|ngettext|dngettext|g_dgettext|g_dngettext|g_dpgettext2)\s*\(\s*\"|translatable=\"(?:yes|true)\"|<gettext>|translate=")
results = []


def check(name, problem):
    results.append(problem is None)
    print(f"{'ok' if problem is None else 'not ok'} {len(results)} - {name}")
    for line in (problem or "").splitlines():
        print(f"# {line}")


def translatable(path):
    if path.suffix == ".in":
        return True
    return bool(MARKS.search(path.read_text(encoding="utf-8")))


def listed_files():
    lines = (TOP / "po" / "POTFILES").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def check_potfiles():
    listed = listed_files()
    wanted = {
        path.relative_to(TOP).as_posix()
        for pattern in ("src/**/*.c", "src/**/*.ui", "data/*.in", "data/schema/*.xml", "data/*.gschema.xml")
        for path in TOP.glob(pattern)
        if translatable(path)
    }
    missing, extra = wanted - set(listed), set(listed) - wanted
    problem = [f"not in po/POTFILES: {name}" for name in sorted(missing)]
    problem += [f"in po/POTFILES without a translatable string: {name}" for name in sorted(extra)]
    if listed != sorted(listed):
        problem.append("po/POTFILES is not sorted")
    check("po/POTFILES lists what holds translatable strings", "\n".join(problem) or None)


def check_language(language):
    po = TOP / "po" / f"{language}.po"
    done = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(po)], capture_output=True, text=True
    )
    problem = done.stderr.strip() if done.returncode or "untranslated" in done.stderr or "fuzzy" in done.stderr else None
    check(f"po/{language}.po is sound and complete", problem)
    template = subprocess.run(
        ["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
         "--keyword=ngettext:1,2", "--keyword=g_dngettext:2,3", "-o", "-", *[f for f in listed_files() if not f.endswith(".in")]],
        cwd=TOP, capture_output=True, text=True,
    )
    compare = subprocess.run(["msgcmp", "--use-untranslated", str(po), "/dev/stdin"], input=template.stdout, capture_output=True, text=True)
    lost = [line for line in compare.stderr.splitlines() if "no translation" in line or "is used but not defined" in line]
    check(f"po/{language}.po knows every string of the sources", "\n".join(compare.stderr.splitlines()[-40:]) if lost or compare.returncode else None)


def main():
    for tool in ("msgfmt", "xgettext", "msgcmp"):
        if shutil.which(tool) is None:
            print(f"1..0 # SKIP {tool} is not installed")
            return 0
    check_potfiles()
    for language in (TOP / "po" / "LINGUAS").read_text().split():
        check_language(language)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
