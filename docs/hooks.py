"""What the site adds to the pages.

The notebooks come from the folder they live in, without a copy. A mark at the end
of a statement, such as `[[medium: cloud_depot]]`, becomes numbered links to a list
of sources at the end of the page. Sketches become part of the page, so that they take
its colours; the place of a form, dead without a kernel, shows a picture of it.
"""

import re
import tomllib
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from apiuser.guide import Claim, join_claims, name_sources, read_claims
from apiuser.howto import Job
from apiuser.rules.rule import Source

DOCS = Path(__file__).parent
READ = "2026-11-24"
KINDS = {
    "official": "official page",
    "vendor": "another vendor's guide",
    "code": "public code or its discussion",
}
CERTAINTIES = {
    "medium": "certainty: medium",
    "low": "certainty: low",
    "inferred": "inferred",
    "advice": "our advice",
    "unknown": "not known",
}
CHECKLIST_PICTURE = (
    "The form in the stage Fill in: the stages on top, then the fields of "
    "Autotask's page in their order, each with its value and a button that copies it"
)
AUDIT_PICTURE = (
    "The audit form after a check: names that were asked about, the exports, the "
    "verdict, whether the list is complete, the conflicts and what else was found"
)
LIVE = (
    '<div id="apiuser-form"><p>A picture of the form: it runs in this page too, if '
    "the browser has scripts and WebAssembly and the site is served.</p></div>"
)
NO_FORM = (
    "The form does not open from a folder: it needs the guide on a web server, or "
    "[JupyterLab](index.md#install-it)."
)
RUNS = "The form runs in your browser and sends nothing anywhere.\n"
"""What the guide says below a button that opens the form."""
PICTURE_OF_FORM = "\n\nA picture of the form, which does not open from a folder."
ONLY_A_PICTURE = "<p>A picture: the form itself works in JupyterLab.</p>"
PICTURES = {
    "WorkSheet()": ("create-form", CHECKLIST_PICTURE, LIVE),
    "AuditSheet()": ("audit-form", AUDIT_PICTURE, ONLY_A_PICTURE),
}
_PAGES = tomllib.loads((DOCS / "pages.toml").read_text(encoding="utf-8"))
# What the code writes whole, so that nobody edits it by hand.
WRITTEN = {
    *("command-line.md", "export-words.md", "hostile.md", "leaks.md", "rules.md"),
    *("scan-table.md", "speed.md"),
}
JOBS = {f"{job}.md" for job in Job}
_SOURCES = "## Sources { data-search-exclude }"
_CHOICE = re.compile(
    r"<!-- with a repository -->\n(.*?)<!-- without a repository -->\n(.*?)<!-- end -->\n",
    re.DOTALL,
)
_FORM_LINK = re.compile(
    r"(\[[^]!\n]*)\]\(try\.md\?[^)\s]*\)(\{[^}\n]*\})?",
)
"""A link that opens the form; it is a button if attributes follow."""
_FORM_PICTURE = re.compile(
    r"\[(!\[[^]]*\]\([^)]*\)(?:\n!\[[^]]*\]\([^)]*\))*)\]\(try\.md\?[^)\s]*\)"
)
"""Pictures that open the form."""
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_PLAIN_COLUMNS = 2
"""A table of so many columns is clear without its header."""
_CODE = re.compile(r"<code>[^<\n]*</code>")
_FLAG = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
_MARK = re.compile(
    r"(?<!`) ?\[\[(?:(claim|medium|low|inferred|advice|unknown)\b(?:: )?)?([\w, -]*)\]\]"
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Show the version at the foot of each page."""
    project = Path(config.config_file_path).parent / "pyproject.toml"
    version = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    config.copyright = f"apiuser {version}. {config.copyright}"
    return config


@event_priority(100)  # before the plugin that renders notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each notebook."""
    root = Path(config.config_file_path).parent
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        name = f"notebooks/{path.name}"
        files.append(File(name, str(root), config.site_dir, config.use_directory_urls))
    return files


def read_sources() -> dict[str, Source]:
    """Return the sources of the program and those that only the guide names."""
    text = (DOCS / "sources.toml").read_text(encoding="utf-8")
    own = {
        key: Source(**{"certainty": "high", "date": READ} | values)
        for key, values in tomllib.loads(text).items()
    }
    return name_sources() | own


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, **_: object
) -> str:
    """Number the sources of a page and list them at its end."""
    of_page = _PAGES[page.file.src_path]
    page.meta["description"] = of_page["description"]
    page.meta["search"] = {"boost": of_page.get("boost", 1)}
    page.edit_url = _name_edit_url(page.file.src_path, config)
    markdown = choose_commands(markdown, config.repo_url)
    if not config.use_directory_urls:  # it is read from a folder
        markdown = offer_form(markdown, page.file.src_path)
    if config.repo_url:
        address = f"{config.repo_url.rstrip('/')}/issues/new"
        markdown = markdown.replace(
            "[tell us](contributing.md)", f"[tell us]({address})"
        )
    sources = read_sources()
    claims = read_claims((DOCS / "claims.toml").read_text(encoding="utf-8"), sources)
    used: list[str] = []

    def link(mark: re.Match[str]) -> str:
        named = [key.strip() for key in mark[2].split(",") if key.strip()]
        known = claims if mark[1] == "claim" else sources
        if unknown := [key for key in named if key not in known]:
            message = f"{page.file.src_path}: nothing is named {unknown}."
            raise PluginError(message)
        if mark[1] == "claim":
            said = join_claims(claims[name] for name in named)
        else:
            said = Claim(says="", certainty=mark[1] or "high", sources=tuple(named))
        keys = [key for key in said.sources if sources[key].kind != "inference"]
        used.extend(key for key in keys if key not in used)
        badge = (
            f' <span class="certainty {said.certainty}">'
            f"{CERTAINTIES[said.certainty]}</span>"
            if said.certainty != "high"
            else ""
        )
        links = ", ".join(
            f'<a href="#source-{number}" title="{escape(sources[key].title)}" '
            f'aria-label="Source {number}">{number}</a>'
            for key in keys
            for number in [used.index(key) + 1]
        )
        return badge + (f'<sup class="sources">{links}</sup>' if links else "")

    text = _MARK.sub(link, markdown)
    if not used:
        return text
    rows = "".join(
        f'<li id="source-{number}">{_render_source(sources[key])}</li>\n'
        for number, key in enumerate(used, start=1)
    )
    return f'{text}\n\n{_SOURCES}\n\n<ol class="source-list">\n{rows}</ol>\n'


def _name_edit_url(path: str, config: MkDocsConfig) -> str | None:
    """Name where a page is edited: nowhere if the code writes it."""
    if not config.repo_url or path in WRITTEN:
        return None
    folder = "" if path.endswith(".ipynb") else "docs/"
    return f"{config.repo_url.rstrip('/')}/edit/main/{folder}{path}"


def offer_form(markdown: str, page: str) -> str:
    """Say of each link or picture that opens the form that a folder cannot."""
    if page == "try.md":  # which says so itself
        return markdown

    def offer(link: re.Match[str]) -> str:
        return NO_FORM if link[2] else f"{link[1]}, from a web server](try.md)"

    markdown = _FORM_PICTURE.sub(
        lambda one: one[1] + PICTURE_OF_FORM, markdown.replace(RUNS, "")
    )
    return _FORM_LINK.sub(offer, markdown)


def choose_commands(markdown: str, repository: str | None) -> str:
    """Keep the commands that hold with a repository's address, or those without."""

    def choose(blocks: re.Match[str]) -> str:
        if repository:
            return blocks[1].replace("REPOSITORY", repository.rstrip("/"))
        return blocks[2]

    return _CHOICE.sub(choose, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Put sketches into the page, and pictures in the place of forms."""
    steps = dict(re.findall(r'<h2 id="([\w-]+)">(\d+)\. ', html))
    html = re.sub(
        r'<img alt="[^"]*" src="[./]*assets/(page-\w+\.svg)" ?/>',
        lambda match: _link_steps(DOCS / "assets" / match[1], steps),
        html,
    )
    if config.repo_url:
        address = f"{config.repo_url.rstrip('/')}/issues/new"
        html += (
            f'<p class="tell-us">Wrong or missing? <a href="{address}">Tell us</a>.</p>'
        )
    if page.file.src_path in JOBS:
        html = f'<div class="apiuser-job">{html}</div>'
    if page.file.src_path.endswith(".ipynb"):
        html = _render_notebook(html, page)
    html = _TABLE.sub(lambda table: _name_cells(table[0]), html)
    html = _CODE.sub(
        lambda code: _FLAG.sub(r'<span class="flag">\g<0></span>', code[0]), html
    )
    # A table too wide for a phone scrolls; with nothing inside to stop at, keys would
    # not reach it.
    html = re.sub(
        r"<table>(?=(?:(?!</table>|<a ).)*</table>)",
        '<table tabindex="0">',
        html,
        flags=re.DOTALL,
    )
    # Notebook pages would load a drawing program from another host; none draws.
    return re.sub(
        r'<script type="module">(?:(?!</script>).)*mermaid.*?</script>'
        r'|<script src="">\s*</script>',
        "",
        html,
        flags=re.DOTALL,
    )


def _name_cells(table: str) -> str:
    """Give each cell the words of its header, which a phone shows before it."""
    heads = [
        re.sub(r"<[^>]+>", "", head)
        for head in re.findall(r"<th\b[^>]*>(.*?)</th>", table, flags=re.DOTALL)
    ]
    if len(heads) <= _PLAIN_COLUMNS:
        return table

    def name(row: re.Match[str]) -> str:
        names = iter(["", *heads[1:]])
        return re.sub(
            "<td",
            lambda cell: (
                f'{cell[0]} data-head="{head}"' if (head := next(names)) else cell[0]
            ),
            row[0],
        )

    return re.sub(r"<tr>.*?</tr>", name, table, flags=re.DOTALL)


def on_post_page(output: str, **_: object) -> str:
    """Name the theme's search for those who hear the page; load no page ahead."""
    # Firefox fetches the next page ahead, which the policy refuses with a complaint.
    output = re.sub(r'<link rel="(?:prev|next)"[^>]*>', "", output)
    return output.replace('role="dialog">', 'role="dialog" aria-label="Search">')


def _render_notebook(html: str, page: Page) -> str:
    """Offer the notebook itself, and the form or a picture of it where it stood."""
    for text, (name, words, live) in PICTURES.items():
        pictures = "".join(
            f'<img alt="{escape(words)}" src="{address}#only-{theme}">'
            for theme in ("light", "dark")
            for address in [get_relative_url(f"assets/{name}-{theme}.png", page.url)]
        )
        html = html.replace(
            f"<pre>{text}</pre>", f'{live}<p class="form-picture">{pictures}</p>'
        )
    file = Path(page.file.src_path).name
    html = (
        f'<p><a class="md-button" download href="{page.file.name}.ipynb">'
        f"Download {file}</a></p>{html}"
    )
    html = re.sub(r'href="([\w-]+)\.ipynb"(?!>Download)', r'href="../\1/"', html)
    return html.replace(
        '<div class="highlight-ipynb', '<div tabindex="0" class="highlight-ipynb'
    )


def _link_steps(path: Path, steps: dict[str, str]) -> str:
    """Return a sketch whose numbers lead to the steps of the page."""
    text = path.read_text(encoding="utf-8").strip().replace('"img"', '"group"')
    for code, number in steps.items():
        text = re.sub(
            rf'(<circle class="number"[^>]*/><text [^>]*>{number}</text>)',
            rf'<a href="#{code}" aria-label="Step {number}">\1</a>',
            text,
        )
    return text


def _render_source(source: Source) -> str:
    title = escape(source.title)
    if not source.url:
        return f"{title} ({KINDS[source.kind]})"
    date = f", stored copy, read on {source.date}" if source.date else ""
    return f'<a href="{escape(source.url)}">{title}</a> ({KINDS[source.kind]}{date})'
