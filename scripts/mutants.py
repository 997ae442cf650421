"""
`make mutants`: does a test notice when the grading is wrong?

Each mutant is `quizzes/grading.py` with one small mistake in it: a comparison turned round, a constant off by one, a step
left out. Its own tests run against each; a mutant that they let pass is printed. Needs neither a database nor Django: grading
is pure, and so are its tests. `.venv/bin/python scripts/mutants.py 34 67` makes mistakes in these lines alone.
"""

import ast
import copy
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "quizzes" / "grading.py"
TESTS = [ROOT / "tests" / "quizzes" / "test_grading.py"]
WANTED = 85  # per cent of the mutants that have to be killed
SECONDS = 90  # a mutant that runs on for ever is noticed too

# Mutants that no test can tell from the original, each with the reason.
EQUIVALENT = {
    (  # no right option, so nothing was hit: whatever is below 0 comes out as 0
        "hits = Fraction(len(chosen & right), len(right)) if right else Fraction(0)",
        "hits = Fraction(len(chosen & right), len(right)) if right else Fraction(-1)",
    ),
    (  # both texts get the same letter between theirs: they differ as they did before
        "text = ' '.join(text.split())",
        "text = 'X '.join(text.split())",
    ),
    (
        "text = ''.join((letter for letter in apart if not unicodedata.combining(letter)))",
        "text = 'X'.join((letter for letter in apart if not unicodedata.combining(letter)))",
    ),
    (  # "12." is twelve as well
        "return Decimal(f'{sign}{whole.replace(' ', '')}.{decimals or '0'}')",
        "return Decimal(f'{sign}{whole.replace(' ', '')}.{decimals or ''}')",
    ),
}

COMPARISONS = {
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
OPERATIONS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
}
NAMES = {
    "max": "min",
    "min": "max",
    "set": "list",
    "ROUND_DOWN": "ROUND_UP",
    "any": "all",
    "all": "any",
}
# Of what a regular expression says, one thing after the other said otherwise.
PATTERNS = [("?", ""), ("+-", "+"), ("+-", "-"), ("1,12", "1,11"), ("1,12", "1,13"), ("1,12", "2,12"), ("{3}", "{2}"),
            ("1,3}(", "1,2}("), ("){1,3}", "){1,2}"), ("){1,3}", "){1,4}"), (".,", "."), (".,", ","), ("1,6", "1,5"),
            ("1,6", "1,7"), ("|", ""), (" ", "")]  # fmt: skip


def changes(node):
    """Every node that may stand for this one by mistake, as (what it is called, node)."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            for place, operator in enumerate(ops):
                for other in COMPARISONS[type(operator)]:
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], comparators)
        case ast.BinOp(left=left, op=op, right=right):
            for other in OPERATIONS.get(type(op), []):
                yield ast.BinOp(left, other(), right)
            yield left
            yield right
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
            yield body
            yield orelse
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant(f"X{value}")
            if value:
                yield ast.Constant("")
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=[]) if name in {"split", "casefold"}:
            yield value
        case ast.Return(value=value) if value is not None:
            yield ast.Return(ast.Constant(None))
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
            yield ast.Pass()


def in_pattern(text):
    """The regular expression with each thing in it said otherwise, place by place."""
    for old, new in PATTERNS:
        for found in re.finditer(re.escape(old), text):
            yield text[: found.start()] + new + text[found.end() :]


def mutants(source):
    """(line, original line, source of the mutant) of every mistake, one at a time; those that can't be read are left out."""
    tree = ast.parse(source)
    skipped = _of_no_meaning(tree)
    count = sum(1 for _node in ast.walk(tree))
    for place in range(count):
        node = list(ast.walk(tree))[place]
        if id(node) in skipped:
            continue
        is_pattern = isinstance(node, ast.Constant) and isinstance(node.value, str) and "\\d" in node.value
        others = [ast.Constant(each) for each in in_pattern(node.value)] if is_pattern else list(changes(node))
        for other in others:
            yield node.lineno, ast.unparse(_replaced(tree, place, other))


def _of_no_meaning(tree):
    """Docstrings, annotations and imports: a mistake there changes no mark."""
    found = set()
    for node in ast.walk(tree):
        apart = []
        if isinstance(node, ast.FunctionDef | ast.Module) and isinstance(node.body[0], ast.Expr):
            apart.append(node.body[0])
        if isinstance(node, ast.FunctionDef):
            apart += [
                each
                for each in (node.returns, *(arg.annotation for arg in node.args.kwonlyargs + node.args.args))
                if each
            ]
        found |= {id(below) for each in apart for below in ast.walk(each)}
    return found


def _replaced(tree, place, other):
    """A copy of the tree with another node at this place of the walk."""
    fresh = copy.deepcopy(tree)
    target = list(ast.walk(fresh))[place]

    class Replace(ast.NodeTransformer):
        def visit(self, node):
            return other if node is target else self.generic_visit(node)

    return ast.fix_missing_locations(Replace().visit(fresh))


def survives(mutant, folder):
    """Do the tests pass with this source in the place of the grading?"""
    (folder / "quizzes" / "grading.py").write_text(mutant)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--noconftest", "-p", "no:django", "-p", "no:cacheprovider"]
    command += [
        "-p",
        "no:xdist",
        "-p",
        "no:cov",
        "-c",
        os.devnull,
        f"--rootdir={folder}",
        *(folder / each.name for each in TESTS),
    ]
    try:
        done = subprocess.run(
            [str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=SECONDS, check=False, env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1, 2):  # 2: the mutant could not even be imported
        raise RuntimeError(done.stdout.decode() + done.stderr.decode())
    return done.returncode == 0


def main():
    source = SOURCE.read_text()
    original = ast.unparse(ast.parse(source)).splitlines()
    wanted = {int(each) for each in sys.argv[1:]}
    killed, equivalent, survivors, seen = 0, 0, [], set()
    with tempfile.TemporaryDirectory(prefix="tiltas-mutants-") as name:
        folder = Path(name)
        (folder / "quizzes").mkdir()
        (folder / "quizzes" / "__init__.py").touch()
        for test in TESTS:
            (folder / test.name).write_text(test.read_text())
        if not survives(source, folder):
            sys.exit("The tests fail with the grading as it is: mend that first.")
        for line, mutant in mutants(source):
            if mutant in seen or mutant.splitlines() == original or (wanted and line not in wanted):
                continue
            seen.add(mutant)
            changed = [pair for pair in zip(original, mutant.splitlines(), strict=False) if pair[0] != pair[1]][:1]
            before, after = (text.strip() for text in changed[0]) if changed else ("", "")
            if (before, after) in EQUIVALENT:
                equivalent += 1
            elif survives(mutant, folder):
                survivors.append(f"line {line}: {before}  →  {after}")
                print(f"survived: {survivors[-1]}", flush=True)
            else:
                killed += 1
    total = killed + len(survivors)
    share = 100 * killed / total
    print(
        f"{SOURCE.relative_to(ROOT)}: {total} mutants, {killed} killed ({share:.1f} %), {equivalent} more are equivalent"
    )
    sys.exit(share < WANTED)


if __name__ == "__main__":
    main()
