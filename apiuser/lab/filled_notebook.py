"""A notebook that shows its form when it is opened, without a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from tornado.web import HTTPError

if TYPE_CHECKING:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_server.serverapp import ServerApp

_PATIENCE = 120
"""Seconds for a kernel to start, and for a cell to run; both take a few if nothing else
does, and many on a busy machine. A kernel that ends is not waited for."""
_SHOWN = {"display_data", "error", "execute_result", "stream"}


class FillingError(Exception):
    """A notebook shows no form; the message is a sentence that says why."""


async def fill_notebook(server: ServerApp, name: str) -> None:
    """Run the cells of a notebook and keep in it what they show.

    The kernel belongs to a session, by which a page that opens the notebook finds it.

    Args:
        server: A running server.
        name: A notebook of the server's folder.

    Raises:
        FillingError: The kernel did not start or answer, a cell failed, or the file
            cannot be written; the notebook is as it was.
    """
    contents: Any = server.contents_manager  # perhaps of the person's own class
    model = await ensure_async(contents.get(name))
    notebook = model["content"]
    client = await _start_kernel(server, name, notebook)
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                await _run(client, cell, name)
    finally:
        client.stop_channels()
    model = {"type": "notebook", "format": "json", "content": notebook}
    try:
        await ensure_async(contents.save(model, name))
    except HTTPError as error:  # what Jupyter makes of any failure with a file
        message = f"{name} cannot be written ({error.log_message})."
        raise FillingError(message) from error


async def _start_kernel(
    server: ServerApp, name: str, notebook: dict[str, Any]
) -> AsyncKernelClient:
    try:
        session = await ensure_async(
            server.session_manager.create_session(
                path=name,
                name=name,
                type="notebook",
                kernel_name=notebook["metadata"]["kernelspec"]["name"],
            )
        )
        kernel: Any = server.kernel_manager.get_kernel(session["kernel"]["id"])
        client: AsyncKernelClient = kernel.client()
        client.start_channels()
        await client.wait_for_ready(timeout=_PATIENCE)
    except Exception as error:  # there are as many kinds as ways to start kernels
        message = f"The kernel of {name} did not start ({type(error).__name__})."
        raise FillingError(message) from error
    return client


async def _run(client: AsyncKernelClient, cell: dict[str, Any], name: str) -> None:
    messages: list[dict[str, Any]] = []
    try:
        reply = await client.execute_interactive(
            cell["source"],
            allow_stdin=False,
            timeout=_PATIENCE,
            output_hook=messages.append,
        )
    except (RuntimeError, TimeoutError) as error:
        message = f"The kernel of {name} did not answer within {_PATIENCE} seconds."
        raise FillingError(message) from error
    if "ename" in reply["content"]:
        message = f"A cell of {name} failed ({reply['content']['ename']})."
        raise FillingError(message)
    cell["outputs"] = [
        _as_output(message) for message in messages if message["msg_type"] in _SHOWN
    ]
    cell["execution_count"] = reply["content"]["execution_count"]
    # Otherwise the page shows only the text of the form.
    cell["metadata"]["trusted"] = True


def _as_output(message: dict[str, Any]) -> dict[str, Any]:
    content = {k: v for k, v in message["content"].items() if k != "transient"}
    return {"output_type": message["msg_type"]} | content
