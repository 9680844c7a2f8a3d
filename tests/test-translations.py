#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every string a person sees reaches the translators, and that translations are whole.

- po/POTFILES lists exactly the files that hold translatable strings, in order
- every language of po/LINGUAS passes msgfmt --check (formats, plurals, accelerators, line ends) and is
  complete, with nothing left that the sources no longer say
- {placeholders} and final dots survive translation
- what thaw-cli says reaches a German reader in German: option help and plural forms too

Called with thaw-cli and the folder of the built translations; without them the last is left out.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ("src/**/*.[ch]", "src/**/*.ui", "data/*.in", "data/schema/*.gschema.xml")
MARKS = re.compile(r'\b(?:_|N_|C_|NC_|ngettext)\s*\(\s*"|\btranslatable="(?:yes|true|1)"|<summary>')
# What i18n.gettext (preset: 'glib') hands to xgettext; the keywords of C itself, ngettext among them, are known to it.
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3")
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
results = []


def check(name, problem):
    results.append(not problem)
    print(f"{'not ok' if problem else 'ok'} {len(results)} - {name}")
    for line in problem.splitlines():
        print(f"# {line}")


def run(*command, text=None):
    return subprocess.run(command, input=text, cwd=TOP, env=ENVIRONMENT, capture_output=True, text=True)


def translatable(path):
    return path.suffix == ".in" or bool(MARKS.search(path.read_text(encoding="utf-8")))


def check_potfiles(listed):
    found = {path for pattern in SOURCES for path in TOP.glob(pattern) if translatable(path)}
    wanted = {path.relative_to(TOP).as_posix() for path in found}
    problem = [f"missing: {name}" for name in sorted(wanted - set(listed))]
    problem += [f"has no translatable string: {name}" for name in sorted(set(listed) - wanted)]
    if listed != sorted(set(listed)):
        problem.append("not sorted, or a file stands in it twice")
    check("po/POTFILES lists what holds translatable strings", "\n".join(problem))


def strings(po):
    """The pairs of message and translation; of plurals each form, with the singular for the first."""
    text = run("msgcat", "--no-wrap", po).stdout
    for block in text.split("\n\n")[1:]:
        parts = dict(re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$', block.replace('"\n"', ""), re.M))
        for key in parts:
            if key.startswith("msgstr"):
                singular = key in ("msgstr", "msgstr[0]")
                yield parts["msgid" if singular else "msgid_plural"], parts[key]


def check_wording(language, po):
    problem = []
    for original, translated in strings(po):
        names = [sorted(re.findall(r"\{\w+\}", s)) for s in (original, translated)]
        if names[0] != names[1]:
            problem.append(f"other placeholders: {translated}")
        if original.endswith(".") != translated.endswith("."):
            problem.append(f"one has a final full stop: {translated}")
    check(f"po/{language}.po keeps placeholders and full stops", "\n".join(problem))


def check_language(language, template):
    po = f"po/{language}.po"
    done = run("msgfmt", "--check", "--check-accelerators=_", "--statistics", "-o", os.devnull, po)
    unfinished = done.returncode or "untranslated" in done.stderr or "fuzzy" in done.stderr
    check(f"{po} is sound and complete", done.stderr if unfinished else "")
    done = run("msgcmp", po, "-", text=template)
    check(f"{po} says what the sources say (after changes: ninja thaw-update-po)", done.stderr)
    check_wording(language, po)


def check_in_use(program, locale_dir):
    """thaw-cli says nothing in English; C.UTF-8 has no language, and some C libraries then ask for none."""
    name = "thaw-cli speaks German"
    locales = run("locale", "-a").stdout.split() if shutil.which("locale") else []
    german = next((known for known in locales if known.lower() in ("de_de.utf8", "de_de.utf-8")), "C.UTF-8")
    speaking = {**ENVIRONMENT, "LC_ALL": german, "LANGUAGE": "de", "THAW_LOCALE_DIR": locale_dir}
    capture = str(TOP / "data/example/dashboard.speedscope.json.gz")
    lines = [["--help"], ["info", "--help"], ["top", "--help"], ["export", "--help"], ["merge", "--help"]]
    lines += [["info", capture], ["top", capture], ["top", "--thread", "?", capture], ["info", str(TOP / "meson.build")]]
    said = ""
    for arguments in lines:
        done = subprocess.run([program, *arguments], env=speaking, capture_output=True, text=True)
        said += done.stdout + done.stderr
    if "Beispiele:" not in said and german == "C.UTF-8":
        print(f"ok {len(results) + 1} - {name} # SKIP no German locale here")
        return results.append(True)
    known = {original for original, translated in strings("po/de.po") if " " in original and original != translated}
    problem = [f"still English: {text}" for text in sorted(known) if text.replace("\\n", "\n") in said]
    problem += [f"still English: {text}" for text in re.findall(r"\d+ (?:sample|thread|process|more|file)\w*", said)]
    check(name, "\n".join(problem))


def main():
    for tool in ("msgcat", "msgcmp", "msgfmt", "xgettext"):
        if shutil.which(tool) is None:
            print(f"1..0 # SKIP {tool} is not installed")
            return 0
    listed = [line for line in (TOP / "po/POTFILES").read_text().splitlines() if line and not line.startswith("#")]
    check_potfiles(listed)
    keywords = [f"--keyword={word}" for word in KEYWORDS]
    done = run("xgettext", "--from-code=UTF-8", *keywords, "-o", "-", *listed)
    check("xgettext reads the sources", done.stderr)
    for language in (TOP / "po/LINGUAS").read_text().split():
        check_language(language, done.stdout)
    if len(sys.argv) == 3:
        check_in_use(*sys.argv[1:])
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
