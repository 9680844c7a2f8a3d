# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs out of the standard library, to record. Each function here prepares its data and returns
what is to be run and recorded; all are deterministic."""
import os
import random
import warnings


def library_source(*names):
    """Sources of modules of the standard library, as text to work on."""
    folder = os.path.dirname(os.__file__)
    texts = []
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            texts.append(file.read())
    return texts


def nested(seed, depth):
    """Lists and dicts in each other, with plain values at the bottom."""
    rng = random.Random(seed)

    def grow(depth):
        if depth == 0:
            return rng.choice([7, 0.125, None, False, "some text", "a longer text of a few words"])
        size = rng.randrange(1, 5)
        if rng.random() < 0.5:
            return [grow(depth - 1) for _ in range(size)]
        return {"key %d" % i: grow(depth - 1) for i in range(size)}

    return grow(depth)


def json_python():
    """json without its C accelerators, there and back."""
    import json.decoder
    import json.encoder
    import json.scanner
    decoder = json.decoder.JSONDecoder()
    decoder.parse_string = json.decoder.py_scanstring
    decoder.parse_object = json.decoder.JSONObject
    decoder.parse_array = json.decoder.JSONArray
    decoder.scan_once = json.scanner.py_make_scanner(decoder)
    encoder = json.encoder.JSONEncoder(sort_keys=True, indent=2)
    documents = [nested(seed, 6) for seed in range(12)]

    def run():
        for document in documents:
            decoder.decode(encoder.encode(document))
    return run


def deepcopy():
    """Objects with and without a __deepcopy__ of their own."""
    import copy

    class Plain:
        def __init__(self, content):
            self.content = content

    class Custom(Plain):
        def __deepcopy__(self, memo):
            return Custom(copy.deepcopy(self.content, memo))

    documents = [Plain([nested(seed, 5), Custom(nested(seed + 500, 4))]) for seed in range(20)]

    def run():
        copy.deepcopy(documents)
    return run


def re_compile():
    """The compiler of regular expressions."""
    import re
    patterns = [
        r"(?P<key>[A-Za-z_]\w*)\s*[:=]\s*(?P<value>\"[^\"]*\"|'[^']*'|[-+]?\d+(?:\.\d*)?)\s*(?:;.*)?$",
        r"^(?:(?:[01]?\d?\d|2[0-4]\d|25[0-5])(?:\.(?=\d)|$)){4}",
        r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?",
        r"((a|(b|(c|(d|e)+)*)+)*x){2,9}?(?<!yz)(?:p|q|[r-t]|[^\W\d_]){1,3}",
        r"<(?P<tag>[a-z][a-z0-9]*)(?:\s+[a-z-]+(?:=(?:\"[^\"]*\"|[^\s>]+))?)*\s*/?>(?:.*?</(?P=tag)>)?",
    ]

    def run():
        for _ in range(4):
            for pattern in patterns:
                re.purge()
                re.compile(pattern)
    return run


def asyncio_queue():
    """Producers and consumers on one event loop."""
    import asyncio
    import json

    async def consume(queue, results):
        while (item := await queue.get()) is not None:
            if item % 4 == 0:
                await asyncio.sleep(0)
            results.append(json.dumps({"item": item, "row": [item] * 6}))

    async def main():
        queue, results = asyncio.Queue(maxsize=50), []
        consumers = [asyncio.ensure_future(consume(queue, results)) for _ in range(4)]
        for item in range(1500):
            await queue.put(item)
        for _ in consumers:
            await queue.put(None)
        await asyncio.gather(*consumers)

    return lambda: asyncio.run(main())


def lib2to3():
    """The old source translator: a parser, and pattern matching on its trees."""
    warnings.simplefilter("ignore")
    from lib2to3 import refactor
    tool = refactor.RefactoringTool(refactor.get_fixers_from_package("lib2to3.fixes")[:24])
    sources = library_source("textwrap.py", "bisect.py", "json/encoder.py")

    def run():
        for source in sources:
            tool.refactor_string(source, "example")
    return run


def ast_walk():
    """Parsing, visiting and unparsing sources."""
    import ast

    class Counter(ast.NodeVisitor):
        def __init__(self):
            self.seen = {}

        def visit_Name(self, node):
            self.seen[node.id] = self.seen.get(node.id, 0) + 1

        def visit_Call(self, node):
            self.generic_visit(node)

        def visit_FunctionDef(self, node):
            self.generic_visit(node)

    sources = library_source("argparse.py", "textwrap.py", "json/decoder.py")

    def run():
        for source in sources:
            tree = ast.parse(source)
            Counter().visit(tree)
            ast.unparse(tree)
            for _ in ast.walk(tree):
                pass
            compile(tree, "example", "exec")
    return run


def unit_tests():
    """unittest over tests of a few modules."""
    import configparser
    import difflib
    import fractions
    import io
    import string
    import textwrap
    import unittest
    text = library_source("heapq.py")[0]

    class Wrapping(unittest.TestCase):
        def test_fill(self):
            for width in (30, 50, 70):
                self.assertIn("heap", textwrap.fill(text[:6000], width))

        def test_dedent(self):
            self.assertTrue(textwrap.dedent(textwrap.indent(text[:4000], "    ")))

    class Fractions(unittest.TestCase):
        def setUp(self):
            self.numbers = [fractions.Fraction(i, i % 7 + 1) for i in range(1, 60)]

        def test_sums(self):
            self.assertEqual(sum(self.numbers) - sum(reversed(self.numbers)), 0)

        def test_order(self):
            self.assertEqual(sorted(self.numbers), sorted(self.numbers, key=float))

        def test_text(self):
            for number in self.numbers:
                with self.subTest(number=number):
                    self.assertEqual(fractions.Fraction(str(number)), number)

    class Configs(unittest.TestCase):
        content = "\n".join("[s%d]\na = %d\nb = %%(a)s and more" % (i, i) for i in range(25))

        def test_round_trip(self):
            parser = configparser.ConfigParser()
            parser.read_string(self.content)
            out = io.StringIO()
            parser.write(out)
            for section in parser.sections():
                self.assertEqual(parser[section]["b"], parser[section]["a"] + " and more")

    class Texts(unittest.TestCase):
        def test_template(self):
            template = string.Template("$who likes ${what} for $$ 5")
            for i in range(80):
                self.assertTrue(template.substitute(who="w%d" % i, what="x"))

        def test_difference(self):
            lines = text.splitlines()
            self.assertTrue(list(difflib.unified_diff(lines[:90], lines[10:100])))

    cases = (Wrapping, Fractions, Configs, Texts)

    def run():
        load = unittest.defaultTestLoader.loadTestsFromTestCase
        suite = unittest.TestSuite(load(case) for case in cases)
        unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    return run


def text_mix():
    """Several parsers and printers of text, one after another."""
    import difflib
    import email
    import html.parser
    import io
    import pprint
    import textwrap
    import tokenize
    source = library_source("textwrap.py")[0]
    page = "<ul>%s</ul>" % "".join('<li class="c%d">item &lt; %d<br/></li>' % (i, i) for i in range(90))
    mail = ("From: a@b.example\nTo: c@d.example\nSubject: hello\n"
            "Content-Type: multipart/mixed; boundary=X\n\n"
            + "--X\nContent-Type: text/plain\n\nsome text\n" * 15 + "--X--\n")
    document = nested(77, 6)

    class Parser(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            pass

    def run():
        lines = source.splitlines()
        list(difflib.ndiff(lines[:60], lines[8:70]))
        difflib.get_close_matches("apple", ["ape", "appel", "peach", "maple"] * 15)
        textwrap.fill(source, 64)
        pprint.pformat(document, width=50)
        for _ in tokenize.generate_tokens(io.StringIO(source).readline):
            pass
        Parser().feed(page)
        email.message_from_string(mail).as_string()
    return run


def dispatcher():
    """The worst case: who is called depends on the caller's caller, which edges do not tell."""
    def squares(n):
        return sum([i * i for i in range(n)])

    def xors(n):
        return sum([i ^ 3 for i in range(n)])

    def powers(n):
        return sum([pow(i, 3, 101) for i in range(n)])

    table = {"squares": squares, "xors": xors, "powers": powers}

    def emit(signal, n):
        table[signal](n)

    def page_one():
        for _ in range(20):
            emit("squares", 2000)

    def page_two():
        for _ in range(20):
            emit("xors", 1500)

    def page_three():
        for _ in range(20):
            emit("powers", 300)

    def run():
        page_one()
        page_two()
        page_three()
    return run


WORKLOADS = {
    "json": json_python,
    "deepcopy": deepcopy,
    "re": re_compile,
    "asyncio": asyncio_queue,
    "lib2to3": lib2to3,  # gone from Python 3.13
    "ast": ast_walk,
    "unittest": unit_tests,
    "textmix": text_mix,
    "dispatcher": dispatcher,
}
