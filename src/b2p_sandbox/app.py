"""The stand-in as an ASGI application."""

import asyncio
from urllib.parse import unquote

from b2p_sandbox.access import admit_request
from b2p_sandbox.control import answer_control
from b2p_sandbox.delivery import Receive, Scope, Send, reset_connection, send_answer, spoil_answer
from b2p_sandbox.faults import BEFORE_KINDS, FaultRule
from b2p_sandbox.operations import Operation, find_operation
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.settings import Settings
from b2p_sandbox.timetable import Timetable, load_timetable
from b2p_sandbox.wire import Request, Response, parse_query

MAX_BODY_BYTES = 1_000_000


class SandboxApp:
    """Takes a call, draws its faults, answers it. All state is in `sandbox`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request (the server runs without lifespan events and web sockets)."""
        request = Request(
            method=scope["method"],
            path=scope["path"],
            query=parse_query(scope["query_string"]),
            headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
            body=b"",
            now=self.sandbox.clock.now(),
        )
        is_small = await _read_body(request, receive)
        if not is_small:
            problem = B2pProblem("access/body-too-large", "The body is too large.", status=413)
            await send_answer(scope, receive, send, _render_problem(problem), [])
        elif request.path.startswith("/control/"):
            await send_answer(scope, receive, send, self._answer_control(request), [])
        else:
            await self._answer_operation(scope, receive, send, request)

    def _answer_control(self, request: Request) -> Response:
        self.sandbox.store.sweep(self.sandbox.clock.now())
        try:
            return answer_control(self.sandbox, request)
        except B2pProblem as problem:
            return _render_problem(problem)

    async def _answer_operation(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        raw_path = scope["raw_path"].split(b"?")[0].decode("latin-1")
        found = find_operation(request.method, [unquote(part) for part in raw_path.strip("/").split("/")])
        if found is None:
            problem = B2pProblem("access/not-found", "There is no such operation.", status=404)
            await send_answer(scope, receive, send, _render_problem(problem), [])
            return
        operation, request.path_values = found
        rules = self.sandbox.faults.draw(operation.name, request.headers.get("x-contract-id", ""))
        entry = self.sandbox.requests.add(operation.name, request, at=request.now)
        entry["faults"] = [rule.kind for rule in rules]
        await self._delay_before(operation, rules)
        response = self._refuse_by_fault(rules)
        is_cut = any(rule.kind == "reset_before" for rule in rules)
        if not is_cut and response is None:
            request.now = self.sandbox.clock.now()
            response = spoil_answer(self._perform(operation, request), rules)
            for rule in rules:
                if rule.kind == "delay_after":
                    await asyncio.sleep(rule.seconds)
            is_cut = any(rule.kind == "reset_after" for rule in rules)
        if is_cut or response is None:
            await reset_connection(scope, receive)
            return
        entry["status"] = response.status
        await send_answer(scope, receive, send, response, rules)

    async def _delay_before(self, operation: Operation, rules: list[FaultRule]) -> None:
        seconds = sum(rule.seconds for rule in rules if rule.kind == "delay_before")
        if self.sandbox.settings.is_realistic:
            seconds += self.sandbox.random.uniform(*operation.latency_seconds)
        if seconds > 0:
            await asyncio.sleep(seconds)

    def _refuse_by_fault(self, rules: list[FaultRule]) -> Response | None:
        """The answer of the first rule that answers before anything is done, if there is one."""
        for rule in rules:
            if rule.kind not in BEFORE_KINDS or rule.kind == "reset_before":
                continue
            if rule.kind == "token_expired":
                self.sandbox.tokens.clear()
                return _render_problem(B2pProblem("access/token-expired", "The token has expired.", status=401))
            if rule.kind == "too_many_requests":
                answer = _render_problem(B2pProblem("access/too-many-requests", "Too many requests.", status=429))
                answer.headers = {"Retry-After": str(round(rule.seconds))}
                return answer
            return _render_problem(B2pProblem("service/unavailable", "The service is unavailable.", status=rule.status))
        return None

    def _perform(self, operation: Operation, request: Request) -> Response:
        """Do what was asked, in one go: nothing else runs in between."""
        self.sandbox.store.sweep(self.sandbox.clock.now())
        try:
            if not operation.is_public:
                admit_request(self.sandbox, request)
            return operation.handler(self.sandbox, request)
        except B2pProblem as problem:
            return _render_problem(problem)


def _render_problem(problem: B2pProblem) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return Response(problem.status, problem.render_document(), headers=headers)


async def _read_body(request: Request, receive: Receive) -> bool:
    """Collect the body; False when it is larger than the stand-in takes (the rest is read and dropped)."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size <= MAX_BODY_BYTES:
            parts.append(part)
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            break
    request.body = b"".join(parts) if size <= MAX_BODY_BYTES else b""
    return size <= MAX_BODY_BYTES


def create_app(settings: Settings, *, timetable: Timetable | None = None) -> SandboxApp:
    """The composition root. Loading the timetable takes a moment; tests may hand one in."""
    return SandboxApp(Sandbox(settings, timetable or load_timetable(settings.seed)))
