/** Requests to our own server. Nothing else on the page talks to it. */
import { NoAnswerError, ProblemError } from './problem'

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Readonly<Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>>
  body?: unknown
  /** Of a POST that sells: the same key again never does it twice. */
  idempotencyKey?: string
  signal?: AbortSignal
}

let onSessionEnded: () => void = () => undefined

/** Called whenever an answer says that nobody is signed in. */
export function watchSessionEnd(callback: () => void): void {
  onSessionEnded = callback
}

export function buildAddress(path: string, query: Call['query'] = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? (value as readonly (string | number)[]) : [value]
    for (const one of values) if (one !== null && one !== undefined && one !== '') parameters.append(name, String(one))
  }
  const text = parameters.toString()
  return text ? `/api${path}?${text}` : `/api${path}`
}

function readCookie(name: string): string | null {
  const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null
}

function buildHeaders(call: Call): Headers {
  const headers = new Headers({ Accept: 'application/json' })
  if (call.body !== undefined) headers.set('Content-Type', 'application/json')
  if (call.idempotencyKey) headers.set('Idempotency-Key', call.idempotencyKey)
  const token = (call.method ?? 'GET') === 'GET' ? null : readCookie('csrftoken')
  if (token) headers.set('x-csrftoken', token)
  return headers
}

async function readProblem(response: Response): Promise<ProblemError> {
  let members: Record<string, unknown> = {}
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null) members = body as Record<string, unknown>
  } catch {
    // A gateway's own page: the status says enough.
  }
  const code = typeof members['code'] === 'string' ? members['code'] : `http-${String(response.status)}`
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return new ProblemError(response.status, code, members, Number.isFinite(seconds) ? seconds : null)
}

async function send(path: string, call: Call): Promise<Response> {
  const request: RequestInit = { method: call.method ?? 'GET', headers: buildHeaders(call), credentials: 'same-origin' }
  if (call.body !== undefined) request.body = JSON.stringify(call.body)
  if (call.signal) request.signal = call.signal
  try {
    return await fetch(buildAddress(path, call.query), request)
  } catch (error) {
    if (call.signal?.aborted) throw error
    throw new NoAnswerError()
  }
}

/** The JSON of an answer; throws `ProblemError` or `NoAnswerError`. */
export async function callApi<T>(path: string, call: Call = {}): Promise<T> {
  const response = await send(path, call)
  if (!response.ok) {
    const problem = await readProblem(response)
    if (problem.code === 'not-signed-in') onSessionEnded()
    throw problem
  }
  if (response.status === 204) return undefined as T
  try {
    return (await response.json()) as T
  } catch (error) {
    if (call.signal?.aborted) throw error
    throw new NoAnswerError()
  }
}

export function makeIdempotencyKey(): string {
  return crypto.randomUUID()
}
