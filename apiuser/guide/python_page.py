"""Public names of a module with their signatures and docstrings."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from types import FunctionType, ModuleType

_WIDTH = 80
_ENTRY = re.compile(r"(\w+): (.*)")


def render_names(module: ModuleType) -> str:
    """Render what a module offers as Markdown: each public class and function."""
    parts = [f"## {module.__name__}", "", *_render_docstring(module), ""]
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            anchor = f"{module.__name__}.{name}".replace(".", "-").lower()
            parts += [f"### {name} {{ #{anchor} }}", ""]
            parts += [*_render_signature(name, value), *_render_docstring(value), ""]
            parts += [*_list_members(value)]
    return "\n".join(parts)


def _list_members(value: type | FunctionType) -> Iterator[str]:
    """List a class's own methods and properties, each by its first sentence."""
    for name, member in vars(value).items():
        plain = getattr(member, "__func__", member)
        call = "()" if inspect.isfunction(plain) else ""
        if not name.startswith("_") and (
            call or isinstance(member, property | cached_property)
        ):
            sentence = (inspect.getdoc(member) or "").partition("\n")[0]
            yield f"- `{name}{call}`: {sentence}"
    yield ""


def _render_signature(name: str, value: object) -> Iterator[str]:
    """Render a function's signature as the code has it, defaults by their names."""
    if not inspect.isfunction(value):
        return
    tree = ast.parse(inspect.getsource(value)).body[0]
    if isinstance(tree, ast.FunctionDef):
        answer = f" -> {ast.unparse(tree.returns)}" if tree.returns else ""
        line = f"{name}({ast.unparse(tree.args)}){answer}"
        if len(line) > _WIDTH:
            parts = "".join(f"    {part},\n" for part in _list_arguments(tree.args))
            line = f"{name}(\n{parts}){answer}"
        yield from ("```python", line, "```", "")


def _list_arguments(arguments: ast.arguments) -> list[str]:
    """Render each argument by itself: one per line."""
    parts: list[str] = []
    depth = 0
    for piece in ast.unparse(arguments).split(", "):
        if depth:
            parts[-1] += f", {piece}"
        else:
            parts.append(piece)
        depth += sum(piece.count(c) for c in "([") - sum(piece.count(c) for c in ")]")
    return parts


def _render_docstring(value: object) -> Iterator[str]:
    """Turn a docstring into Markdown: sections become lists of names."""
    listing = False
    for line in (inspect.getdoc(value) or "").splitlines():
        entry = _ENTRY.fullmatch(line.strip())
        if re.fullmatch(r"(Args|Attributes|Raises|Returns):", line):
            yield from (line, "")
            listing = line != "Returns:"
        elif listing and line.startswith("    ") and not line.startswith("     "):
            yield f"- `{entry[1]}`: {entry[2]}" if entry else line.strip()
        else:
            listing = listing and (not line or line.startswith(" "))
            yield line.strip() if not listing else f"  {line.strip()}".rstrip()
