"""Who may ask: this machine's browser, with the token of this run, from the desk's own pages.

A page of another origin, a name that was bound to 127.0.0.1 by its owner (DNS rebinding), and a
program that does not know the token get nothing. Sources: Fetch Metadata (W3C), the Origin header
(RFC 6454, 7), Content Security Policy 3.
"""

import hmac
import sys
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_MOST_DRAINED = 2**20  # bytes
_HEADERS = (
    (b"cache-control", b"no-store"),  # nothing of a report stays in the browser
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class Guard:
    """Stands before the application. ``hosts``: as the Host header may name the desk, with its port."""

    def __init__(self, app: App, token: str, hosts: Collection[str]) -> None:
        self.app, self.token, self.hosts = app, token, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it."""
        if scope["type"] != "http":
            return
        begun = False

        async def sent(said: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if said["type"] == "http.response.start":
                begun = True
                there = {name for name, _ in said.get("headers", ())}
                policy = [] if b"content-security-policy" in there else [(b"content-security-policy", POLICY.encode())]
                said["headers"] = [*said.get("headers", ()), *_HEADERS, *policy]
            await send(said)

        refused = self._refused(scope)
        if refused:
            await _drain(receive)  # a connection that is closed before all is read looks broken to who asks
            await _answer(sent, *refused)
            return
        try:
            await self.app(scope, receive, sent)
        except Exception as error:  # the words of an error may be those of the report: they stay out of every log
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
            sys.stderr.write(f"error: {type(error).__name__} in {where}. This is a bug of gri-index.\n")
            if not begun:
                await _answer(sent, 500, f"{type(error).__name__} in {where}. This is a bug of gri-index; nothing was written.")

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """(status, why) of a request that is not answered."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if host not in self.hosts:
            return 403, "The desk answers under its own address alone."
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return 403, "Another page may not ask the desk."
        if scope["method"] not in ("GET", "HEAD") and headers.get("origin") != f"http://{host}":
            return 403, "What is entered comes from the desk's own pages alone."
        token = scope["path"].lstrip("/").split("/")[0]
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return 404, "Open the address that gri-index desk has printed."
        return None


async def _drain(receive: Receive) -> None:
    """Takes what is sent with a request that is refused, up to a limit."""
    size, more = 0, True
    while more and size < _MOST_DRAINED:
        said = await receive()
        size += len(said.get("body", b""))
        more = said.get("more_body", False)


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
