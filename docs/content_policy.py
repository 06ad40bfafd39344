"""Give each built page a content security policy with the hashes of its own scripts."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_commands: list[str] = []


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember the command: a page that reloads itself has a script of its own."""
    _commands.append(command)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the policy into every page that is served; a folder has no own origin."""
    if "serve" not in _commands and config.use_directory_urls:
        for path in Path(config.site_dir).rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            path.write_text(add_policy(text), encoding="utf-8", newline="\n")


def add_policy(html: str) -> str:
    """Return a page with its policy, before everything that it loads."""
    hashes = {
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE.findall(html)
    }
    scripts = " ".join(f"'sha256-{value}'" for value in sorted(hashes))
    policy = POLICY.format(scripts=scripts)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    charset = '<meta charset="utf-8">'
    return html.replace(charset, charset + meta, 1)
