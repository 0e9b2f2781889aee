#!/usr/bin/env python3
"""Writes what kubectl makes of every vector under Yaml/Vectors into that vector.

    tools/kubectl-vectors.py            rewrites the expectations
    tools/kubectl-vectors.py --check    fails when one differs from what kubectl says now

`kubectl label --local` reads a file exactly as `kubectl apply` does and prints it as JSON, without a cluster.
The formats of the two kinds of files are described at the head of each.
"""

import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent.parent / "Yaml" / "Vectors"
HEAD = "apiVersion: v1\nkind: Vector\nmetadata: {name: vector}\n"
FORMS = {
    "value": "v: {}\n",
    "item": "v: [{}]\n",
    "key": "v: {{{}: 1}}\n",
    "block-key": "v:\n  {}: 1\n",
    "single": "v: '{}'\n",
    "double": 'v: "{}"\n',
    "literal": "v: |-\n  {}\n",
    "folded": "v: >-\n  {}\n",
    "str": "v: !!str {}\n",
    "int": "v: !!int {}\n",
    "float": "v: !!float {}\n",
    "bool": "v: !!bool {}\n",
    "null": "v: !!null {}\n",
    "quoted-int": "v: !!int '{}'\n",
}


class Number(str):
    """A number with the digits that kubectl wrote."""


def dump(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k, ensure_ascii=True) + ":" + dump(v) for k, v in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(dump(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=True)


def kubectl(text):
    """The objects kubectl reads from the bytes of a file, or None when it refuses them."""
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(text)
        file.flush()
        run = subprocess.run(["kubectl", "label", "--local", "-f", file.name, "q=w", "-o", "json"], capture_output=True)
    if run.returncode != 0:
        return None
    decoder = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=Number)
    rest, found = run.stdout.decode().strip(), []
    while rest:
        value, end = decoder.raw_decode(rest)
        rest = rest[end:].lstrip()
        labels = value["metadata"]["labels"]
        del labels["q"]
        if not labels:
            del value["metadata"]["labels"]
        found.append(value)
    return found


def strip_head(value):
    return {k: v for k, v in value.items() if k not in ("apiVersion", "kind", "metadata")}


def expect_scalar(form, scalar):
    found = kubectl((HEAD + FORMS[form].format(scalar)).encode())
    return "error" if found is None else dump(found[0]["v"])


def expect_block(title, body):
    if "(varies)" in title:     # go-yaml's maps have no order, and two of their keys become one text
        return "varies"
    whole = "(whole)" in title
    found = kubectl(body if whole else HEAD.encode() + body)
    if found is None:
        return "error"
    return " ".join(dump(value if whole else strip_head(value)) for value in found) or "nothing"


def unescape(body):
    """`\\xNN` is a byte, `\\e` at the end drops the last line feed; used where a case says it is escaped."""
    body = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), body)
    return body.removesuffix(b"\\e\n") if body.endswith(b"\\e\n") else body


def scalar_lines(path):
    """Each line of a table file, with its expectation renewed."""
    for line in path.read_text().splitlines():
        if not line or line.startswith("# "):
            yield lambda line=line: line
            continue
        match = re.fullmatch(r"(\S+)\s+(.*?)(\s+=> (.*?)( \| .*)?)?", line)
        if not match or match[1] not in FORMS:
            sys.exit(f"{path}: cannot read `{line}`")
        form, scalar, ours = match[1], match[2], match[5] or ""
        yield lambda form=form, scalar=scalar, ours=ours: f"{form:<10} {scalar:<24} => {expect_scalar(form, scalar)}{ours}"


def block_lines(path):
    """Each case of a block file, with its expectation renewed."""
    for case in re.split(r"^(?=#### )", path.read_text(), flags=re.MULTILINE):
        if not case.startswith("#### "):
            yield lambda case=case: case.rstrip("\n") + "\n"
            continue
        title, _, rest = case.removeprefix("#### ").partition("\n")
        body, mark, tail = rest.partition("\n==== ")     # a new case has no expectation yet
        body += "\n" if mark else ""
        ours = re.search(r"^==== \| [^\n]*\n", tail, flags=re.MULTILINE)
        ours = ours[0] if ours else ""
        text = unescape(body.encode()) if "(escaped)" in title else body.encode()
        yield lambda t=title, b=body, x=text, o=ours: f"#### {t}\n{b}==== {expect_block(t, x)}\n{o}"


def main():
    changed = []
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for path in sorted(FOLDER.iterdir()):
            lines = scalar_lines(path) if path.suffix == ".table" else block_lines(path)
            renewed = "\n".join(pool.map(lambda line: line(), lines)).rstrip("\n") + "\n"
            if renewed != path.read_text():
                changed.append(path.name)
                if "--check" not in sys.argv:
                    path.write_text(renewed)
    print("changed: " + ", ".join(changed) if changed else "every expectation is what kubectl says")
    sys.exit(1 if changed and "--check" in sys.argv else 0)


main()
