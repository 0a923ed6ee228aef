import type { Static, TSchema } from 'typebox'
import type { Body, Params, Query, Reply, Route } from '../../contract/route.ts'
import { newKey } from './new-key.ts'
import { someoneIsThere } from './presence.ts'
import { ApiProblem, offline, tooSlow } from './problem.ts'
import { askProof } from './proof.ts'
import { type OnReceived, received } from './received.ts'
import { saveFile } from './save-file.ts'
import { signal } from './signal.ts'

type Sent<R> = (Params<R> extends undefined ? { params?: never } : { params: Params<R> }) &
  (Query<R> extends undefined ? { query?: never } : { query?: Query<R> }) &
  (Body<R> extends undefined ? { body?: never } : { body: Body<R> })
type Options = {
  /** The version one has read, on what people edit together. */
  ifMatch?: number
  /**
   * Give the same key to send the same intention again: it is then written once. Left out, each call is one intention.
   */
  idempotencyKey?: string
  signal?: AbortSignal
  timeoutMs?: number
  /** Fetched before anyone asked for it: the service does not count it as used. */
  ahead?: boolean
  /** The sign-in pages handle their own 401. */
  plain?: boolean
}
type NeedsNothing<R> = Record<never, never> extends Sent<R> ? [sent?: Sent<R> & Options] : [sent: Sent<R> & Options]

/** Whether the last call reached the service; the shell shows a banner when not. */
export const reachable = signal(true)
/**
 * Whether this tab has shown a signed-in page: an expired session is then renewed over the page instead of replacing
 * it.
 */
export const working = signal(false)

export const pathOf = (route: Pick<Route, 'path'>, params: Record<string, unknown> = {}) =>
  route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))

const searchOf = (query: Record<string, unknown> = {}) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') search.append(name, String(one))
  }
  const text = search.toString()
  return text && `?${text}`
}

/** Calls a route of the contract. Throws `ApiProblem` and nothing else, save AbortError when the caller gives up. */
export const call = async <R extends Route>(route: R, ...[sent]: NeedsNothing<R>): Promise<Reply<R>> => {
  const {
    params,
    query,
    body,
    ifMatch,
    idempotencyKey = newKey(),
    signal: given,
    timeoutMs = 20_000,
    plain,
    ahead,
  } = (sent ?? {}) as Options & {
    params?: Record<string, unknown>
    query?: Record<string, unknown>
    body?: unknown
  }
  const address = `/api${pathOf(route, params)}${searchOf(query)}`
  const headers: Record<string, string> = { accept: 'application/json' }
  if (ahead) headers['purpose'] = 'prefetch'
  // Polled, or read again after an event, in a page that nobody touches: it must not keep the session awake.
  else if (route.method === 'GET' && !someoneIsThere()) headers['purpose'] = 'background'
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`
  if (route.method !== 'GET') headers['idempotency-key'] = idempotencyKey

  for (let waits = 0; ; ) {
    try {
      return (await send(
        address,
        { method: route.method, headers, body: body === undefined ? undefined : JSON.stringify(body) },
        timeoutMs,
        given,
      )) as Reply<R>
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      // A read is asked again by whoever draws it.
      if (route.method !== 'GET' && waits++ < mostWaits && (await waited(error, given))) continue
      if (plain || !(await provenAnew(error))) throw error
    }
  }
}

/**
 * Asks what stands outside the API because there is no session yet: sign-in by password. Throws `ApiProblem` as `call`
 * does.
 */
export const ask = async <B extends TSchema, R extends TSchema>(
  what: { readonly path: string; readonly body: B; readonly reply: R },
  body: Static<B>,
  { signal: given }: { signal?: AbortSignal } = {},
): Promise<Static<R>> =>
  (await send(
    what.path,
    {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    20_000,
    given,
  )) as Static<R>

/** Sends bytes as they are, where a route stands outside the contract. Throws `ApiProblem` as `call` does. */
export const sendBytes = async (
  path: string,
  bytes: Blob,
  { signal: given, timeoutMs }: { signal?: AbortSignal; timeoutMs: number },
): Promise<unknown> => {
  const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' }
  for (;;) {
    try {
      return await send(`/api${path}`, { method: 'PUT', headers, body: bytes }, timeoutMs, given)
    } catch (error) {
      if (!(error instanceof ApiProblem) || !(await provenAnew(error))) throw error
    }
  }
}

/** How long a document may take; one that is asked with a body is a list, written as it is read. */
const [documentMs, listMs] = [60_000, 600_000]

/**
 * Fetches a document and hands it to the browser to save, under the name the service gives it; tells meanwhile how much
 * of it came. Throws `ApiProblem` as `call` does.
 */
export const download = async (
  path: string,
  query: Record<string, unknown> = {},
  asked?: object,
  { signal: given, onReceived }: { signal?: AbortSignal; onReceived?: OnReceived } = {},
): Promise<void> => {
  const request = asked
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) }
    : {}
  for (;;) {
    try {
      const { response, body } = await fetched(
        `/api${path}${searchOf(query)}`,
        request,
        asked ? listMs : documentMs,
        given,
        whole => received(whole, onReceived),
      )
      if (!response.ok) throw problemOf(response, parse(await body.text()))
      return saveFile(/filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '', body)
    } catch (error) {
      if (!(error instanceof ApiProblem) || !(await provenAnew(error))) throw error
    }
  }
}

const mostWaits = 2
const longestWaitSeconds = 10
/**
 * Waits as long as a service under load asks, and up to half more, for all not to come back at once; false: it asks
 * nothing, or too long for who waits on a page.
 */
const waited = async ({ code, retryAfterSeconds }: ApiProblem, given: AbortSignal | undefined) => {
  if (code !== 'service/overloaded' || !retryAfterSeconds || retryAfterSeconds > longestWaitSeconds) return false
  await new Promise(wake => setTimeout(wake, retryAfterSeconds * (1000 + 500 * Math.random())))
  given?.throwIfAborted()
  return true
}

const send = async (
  address: string,
  request: RequestInit,
  timeoutMs: number,
  given: AbortSignal | undefined,
): Promise<unknown> => {
  const { response, body } = await fetched(address, request, timeoutMs, given, whole => whole.text())
  const json = parse(body)
  if (response.ok && json !== undefined) return json
  throw problemOf(response, json)
}

const fetched = async <T>(
  address: string,
  request: RequestInit,
  timeoutMs: number,
  given: AbortSignal | undefined,
  read: (response: Response) => Promise<T>,
) => {
  const timeout = AbortSignal.timeout(timeoutMs)
  let response: Response
  let body: T
  try {
    response = await fetch(address, { ...request, signal: given ? AbortSignal.any([given, timeout]) : timeout })
    body = await read(response)
  } catch (error) {
    if (given?.aborted) throw error
    const sent = (request.method ?? 'GET') !== 'GET'
    if (timeout.aborted) throw tooSlow(sent)
    reachable.set(false)
    throw offline(sent)
  }
  reachable.set(true)
  return { response, body }
}

const problemOf = (response: Response, json: unknown) => {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined
  const { code, ...problem } = (json ?? {}) as { code?: ApiProblem['code'] }
  return new ApiProblem(
    code ??
      (response.status === 503 || response.status === 502 || response.status === 504
        ? 'service/unavailable'
        : 'service/bug'),
    code ? response.status : Math.max(response.status, 500),
    problem,
    retryAfter,
  )
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * A lock, a sensitive act or an expired session is settled over the page, then the same call goes again: nothing typed
 * is lost.
 */
const provenAnew = async ({ code }: ApiProblem) => {
  if (code === 'session/locked') return askProof('locked')
  if (code === 'session/step-up-required') return askProof('step-up')
  if ((code === 'session/required' || code === 'session/second-factor-required') && working.get())
    return askProof('expired')
  return false
}
