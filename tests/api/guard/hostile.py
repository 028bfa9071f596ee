"""Requests made to hurt: each a name and a body for POST /graphql."""

import json


def document(query: str, **more: object) -> bytes:
    return json.dumps({"query": query, **more}).encode()


def doubling(fragments: int) -> str:
    """Every fragment spreads the next one twice: two to the power of `fragments` fields."""
    chain = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments)]
    return " ".join(["{ ...F0 }", *chain, f"fragment F{fragments} on Query {{ hello }}"])


def doubling_levels(fragments: int) -> str:
    """As before, through aliases and objects, so that nothing can be merged."""
    chain = [
        f"fragment F{n} on Item {{ a: selfAgain {{ ...F{n + 1} }} b: selfAgain {{ ...F{n + 1} }} }}"
        for n in range(fragments)
    ]
    return " ".join(["{ item { ...F0 } }", *chain, f"fragment F{fragments} on Item {{ id }}"])


def nested(levels: int) -> str:
    return "{ item " + "{ selfAgain " * levels + "{ id }" + " }" * levels + " }"


def overlapping(fields: int) -> str:
    """Selections of one name, each to be compared with each, and so what they hold."""
    inner = "selfAgain { id } " * fields
    return "{ item { " + f"selfAgain {{ {inner}}} " * fields + "} }"


def overlapping_fragments(fragments: int) -> str:
    """Fragments that all select the same names, compared pairwise."""
    spreads = " ".join(f"...F{n}" for n in range(fragments))
    selected = "selfAgain { selfAgain { id name selfAgain { id name } } } id name"
    each = " ".join(f"fragment F{n} on Item {{ {selected} }}" for n in range(fragments))
    return f"{{ item {{ {spreads} }} }} {each}"


def inline_nesting(levels: int) -> str:
    return "{ " + "... { " * levels + "hello" + " }" * levels + " }"


def chained_inline(fragments: int, levels: int) -> str:
    chain = [f"fragment F{n} on Query {{ {'... { ' * levels}...F{n + 1}{' }' * levels} }}" for n in range(fragments)]
    return " ".join(["{ ...F0 }", *chain, f"fragment F{fragments} on Query {{ hello }}"])


HOSTILE: dict[str, bytes] = {
    "1,000 aliases": document("{ " + " ".join(f"a{n}: hello" for n in range(1000)) + " }"),
    "31 aliases": document("{ item { " + " ".join(f"a{n}: id" for n in range(31)) + " } }"),
    "21 doubling fragments": document(doubling(21)),
    "59 doubling fragments": document(doubling(59)),
    "30 doubling levels": document(doubling_levels(30)),
    "13 levels": document(nested(12)),
    "150 levels": document(nested(150)),
    "10,000 levels": document(nested(8000)),
    "51 directives": document("{ hello " + "@skip(if: false) " * 51 + "}"),
    "1,000 directives": document("{ hello " + "@a " * 1000 + "}"),
    "directives spread over fields": document(
        "{ item { " + " ".join(f"i{n}: id @include(if: true)" for n in range(51)) + " } }"
    ),
    "1 MB of tokens": document("{ " + "hello " * 170_000 + "}"),
    "95 kB of tokens": document("{ " + "a " * 47_000 + "}"),
    "95 kB of comments": document("#\n" * 30_000 + "{ hello }"),
    "95 kB in one name": document("{ " + "a" * 94_000 + " }"),
    "95 kB in one string": document('{ hello(nam: "' + "a" * 94_000 + '") }'),
    "95 kB of escapes": document('{ hello(nam: "' + "\\u0041" * 13_000 + '") }'),
    "95 kB of block string": document('{ hello(nam: """' + " \n" * 30_000 + '""") }'),
    "100k-deep JSON": b'{"query":"{ hello }","variables":' + b"[" * 49_000 + b"]" * 49_000 + b"}",
    "deeper JSON alone": b"[" * 100_000,
    "deep objects": b'{"variables":' + b'{"a":' * 16_000 + b"1" + b"}" * 16_001,
    "900-deep variables": b'{"query":"{ hello }","variables":{"a":' + b"[" * 900 + b"]" * 900 + b"}}",
    "the number 1": b"1",
    "null": b"null",
    "a string": b'"x"',
    "a batch": b"[" + document("{ hello }") + b"]",
    "invalid UTF-8": b'{"query":"\xff\xfe"}',
    "a lone surrogate": b'{"query":"{ hello(name: \\"\\ud800\\") }", "documentId": 1}',
    "NUL in a variable": document("query($n: String) { hello(name: $n) }", variables={"n": "a\x00b"}),
    "NUL in a document": document('{ hello(name: "\\u0000") }'),
    "20 x 20 overlapping fields": document(overlapping(20)),
    "150 overlapping fields": document("{ item { " + "selfAgain { selfAgain { id } } " * 150 + "} }"),
    "overlapping fragments": document(overlapping_fragments(59)),
    "2,000 unused variables": document("query(" + " ".join(f"$v{n}: Int" for n in range(2000)) + ") { hello }"),
    "480 unused variables": document("query(" + " ".join(f"$v{n}: Int" for n in range(480)) + ") { hello }"),
    "2,000 unused fragments": document(
        "{ hello } " + " ".join(f"fragment F{n} on Query {{ hello }}" for n in range(2000))
    ),
    "60 unused fragments": document("{ hello } " + " ".join(f"fragment F{n} on Query {{ hello }}" for n in range(60))),
    "61 fragments": document(doubling(61)),
    "20,000 fields": document("{ item { " + "id " * 20_000 + "} }"),
    "21 repetitions": document("{ item { " + "id " * 21 + "} }"),
    "21 root fields": document("{ " + " ".join(f"a{n}: hello" for n in range(21)) + " }"),
    "11 operations": document(" ".join(f"query Q{n} {{ hello }}" for n in range(11))),
    "660 inline fragments": document(inline_nesting(600)),
    "a long chain of fragments": document(chained_inline(50, 12)),
    "a cycle of fragments": document("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
    "a fragment in itself": document("{ ...A } fragment A on Query { hello ...A }"),
    "1,900 unknown fields": document("{ " + " ".join(f"u{n}" for n in range(1900)) + " }"),
    "deep introspection": document(
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    ),
    "the dearest page": document("{ items(first: 100) { nodes { inner(first: 100) { nodes { id } } } } }"),
    "a page of a billion": document("{ items(first: 999999999) { total } }"),
    "a number of 4,000 digits": document("{ items(first: " + "9" * 4000 + ") { total } }"),
    "4,000 digits in variables": b'{"query":"query($n: Int) { items(first: $n) { total } }",'
    b'"variables":{"n":' + b"9" * 4000 + b"}}",
    "an unclosed block string": document('{ hello(name: """' + "a" * 50_000),
    "only braces": document("{" * 5000),
    "1,900 arguments": document("{ hello(" + " ".join(f"a{n}: 1" for n in range(660)) + ") }"),
    "a list literal 190 deep": document("{ hello(name: " + "[" * 190 + "]" * 190 + ") }"),
    "an object literal 150 deep": document("{ hello(name: " + "{a:" * 150 + "1" + "}" * 150 + ") }"),
    "a list of 15,000 strings": document("query($n: String) { hello(name: $n) }", variables={"n": ["x"] * 15_000}),
    "an empty document": document(""),
    "only a comment": document("# nothing"),
    "a type definition": document("type Query { hello: String }"),
    "an unknown operation": document("query A { hello }", operationName="B"),
    "a long unknown operation": document("query A { hello }", operationName="B" * 90_000),
    "a long unknown id": json.dumps({"documentId": "sha256:" + "0" * 90_000}).encode(),
    "90,000 unknown parameters": json.dumps({f"p{n}": n for n in range(6000)}).encode(),
}
