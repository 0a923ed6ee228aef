import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { extname, join } from 'node:path'
import type { Reply, Route } from '../contract/route.ts'
import { nomenclatureOn, writeActivity } from '../contract/territory-and-register/activities.ts'
import { parisDay } from '../server/platform/time.ts'
import { brokenPromise } from './promised.ts'

/**
 * Exactly what the service sends, and the trusted types it could add: a page that holds under this holds under less.
 */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types react-dsfr default',
].join('; ')

export interface Answer {
  readonly status?: number
  readonly body: unknown
  readonly until?: Promise<void>
}
export interface Sent {
  readonly body: any
  readonly headers: Record<string, string | string[] | undefined>
  readonly search: URLSearchParams
}
type Handler = (sent: Sent) => Answer | undefined

const noSolicitation = { perMonth: 4, perWeek: 1, month: 0, week: 0, kept: 0, leftThisMonth: 4, leftThisWeek: 1 }

const nothingBeside = {
  held: [],
  heldElsewhere: [],
  contacts: [],
  planned: [],
  commitments: [],
  correspondents: [],
  headOffice: null,
  contactsThisMonth: 0,
}

/** The shell, the home page or a list asks for them: there is none, unless a test answers otherwise. */
const noneOfOwn = (method: string, path: string): Answer | undefined => {
  if (method !== 'GET') return undefined
  if (path === '/api/action-proposals') return { body: { received: [], sent: [] } }
  if (
    [
      '/api/views',
      '/api/bulk-works',
      '/api/first-people',
      '/api/do-not-contact',
      '/api/establishments/known-contacts',
    ].includes(path)
  )
    return { body: { items: [] } }
  if (/^\/api\/establishments\/\d{14}\/company-relations$/.test(path)) return { body: nothingBeside }
  if (/^\/api\/campaigns\/[^/]+\/targets\/\d{14}\/origins$/.test(path)) return { body: { items: [] } }
  if (/^\/api\/establishments\/\d{14}\/solicitations$/.test(path))
    return { body: { ...noSolicitation, beside: 0, overruns: [] } }
  if (/^\/api\/territories\/\d+\/solicitation-budget$/.test(path))
    return { body: { perMonth: 4, perWeek: 1, version: 0, history: [], allowed: [] } }
  if (/^\/api\/establishments\/\d{14}\/history$/.test(path)) return { body: { items: [], next: null, total: 0 } }
  if (/^\/api\/establishments\/\d{14}\/facts$/.test(path)) return { body: { items: [] } }
  if (/^\/api\/establishments\/\d{14}\/needs$/.test(path)) return { body: { items: [], mayNote: false } }
  if (path === '/api/habilitations/releases/waiting') return { body: { waiting: 0 } }
  if (path === '/api/habilitations/address-changes') return { body: { items: [], next: null, total: 0 } }
  if (path === '/api/habilitations/second-accounts') return { body: { items: [], next: null } }
  if (path === '/api/awareness') return { body: { items: [], next: null, total: 0, cuts: false, allowed: [] } }
  if (path === '/api/equipment-validations') return { body: { items: [], lacking: [], allowed: [] } }
  if (path === '/api/access-requests') return { body: { items: [], designated: null, candidates: [], allowed: [] } }
  if (path === '/api/need-proposals') return { body: { waiting: [], taken: [], settled: [] } }
  if (path === '/api/commitment-kinds') return { body: { items: [], mayKeep: false } }
  if (/^\/api\/establishments\/\d{14}\/(recruitment\/)?services$/.test(path))
    return { body: { items: [], total: 0, use: 'none', mayEnter: false } }
  if (/^\/api\/establishments\/\d{14}\/referents$/.test(path))
    return { body: { current: [], past: [], mayName: false } }
  if (/^\/api\/establishments\/\d{14}\/commitments$/.test(path)) return { body: { items: [], mayNote: false } }
  return /^\/api\/establishments\/\d{14}\/do-not-contact$/.test(path)
    ? { body: { current: null, past: [], allowed: [] } }
    : undefined
}

/** Drafts of what is typed, held as the service does, unless a test answers otherwise or loses them. */
const heldDrafts = () => {
  const held = new Map<
    string,
    {
      content: object
      startedAt: string
      savedAt: string
      version: number
      form: object | null
      sendKey: string | null
    }
  >()
  let lost = false
  const answer = (method: string, path: string, { body }: Sent): Answer | undefined => {
    const [, kind, subject] = /^\/api\/drafts(?:\/([a-z-]+)\/([0-9a-zA-Z-]+))?$/.exec(path) ?? []
    if (lost || !path.startsWith('/api/drafts')) return undefined
    if (!kind || !subject) return { body: { items: [] } }
    const now = new Date().toISOString()
    const one = held.get(path)
    if (method === 'DELETE') return { body: { discarded: held.delete(path) } }
    if (method === 'PUT')
      held.set(path, {
        content: body.content,
        startedAt: one?.startedAt ?? now,
        savedAt: now,
        version: (one?.version ?? body.seen) + 1,
        form: body.form ?? null,
        sendKey: body.sendKey ?? null,
      })
    const saved = held.get(path) && { ...held.get(path), kind, subject, place: 'here', device: 'Firefox sur Windows' }
    return { body: method === 'PUT' ? saved : { draft: saved ?? null } }
  }
  return {
    held,
    answer,
    lose: (away: boolean) => {
      lost = away
    },
  }
}

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/** A code as a page proposes it the day this runs: in the nomenclature in force. And in the other. */
const inForce = nomenclatureOn(parisDay(new Date()))
export const activityToday = (code: string) => writeActivity({ nomenclature: inForce, code })
export const activityElsewhere = (code: string) =>
  writeActivity({ nomenclature: inForce === 'NAF25' ? 'NAFRev2' : 'NAF25', code })
/** The finer activities, which a test that wants some answers by itself. */
const noActivity: Handler = () => ({ body: { items: [], next: null } })

/**
 * The built pages, and answers at the HTTP edge that a test can change at any moment. What is not answered is a lost
 * network.
 */
export const stubService = async (dist: string) => {
  const answers = new Map<string, Handler>()
  const drafts = heldDrafts()
  const calls: (Sent & { method: string; path: string })[] = []
  const lies = new Set<string>()
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if ((pathname.startsWith('/api/') && !pathname.startsWith('/api/refus/')) || request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString()
      // The pieces of a file are no JSON.
      const bytes = request.headers['content-type'] === 'application/octet-stream'
      const sent = {
        body: bytes ? text : text ? JSON.parse(text) : undefined,
        headers: request.headers,
        search: searchParams,
      }
      calls.push({ method: request.method!, path: pathname, ...sent })
      const answer = (
        answers.get(`${request.method} ${pathname}`) ??
        (pathname === '/api/activities'
          ? noActivity
          : sent => noneOfOwn(request.method!, pathname) ?? drafts.answer(request.method!, pathname, sent))
      )(sent)
      if (!answer) return void response.destroy()
      await answer.until
      const status = answer.status ?? 200
      const broken = pathname.startsWith('/api/')
        ? brokenPromise(request.method!, pathname, status, answer.body)
        : undefined
      if (broken) lies.add(broken)
      return void response
        .writeHead(status, {
          'content-type': status < 400 ? 'application/json' : 'application/problem+json',
          'cache-control': 'no-store',
        })
        .end(JSON.stringify(answer.body))
    }
    const file = extname(pathname) ? pathname : '/index.html'
    const content = await readFile(join(dist, file)).catch(() => undefined)
    if (!content) return void response.writeHead(404).end()
    response
      .writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        // As the service does: the browser keeps what never changes, read and compiled.
        ...(file.startsWith('/assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
      })
      .end(content)
  })
  const opened = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    opened.add(socket)
    socket.once('close', () => opened.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    calls,
    drafts,
    /**
     * Until no browser is connected any more: what its pages still sent has been answered. Idle ones are let go, and
     * those opened ahead on which nothing was ever said: the server alone would keep them for more than a minute.
     */
    left: async () => {
      const connections = () =>
        new Promise<number>((resolve, fail) => server.getConnections((e, n) => (e ? fail(e) : resolve(n))))
      const letGo = () => {
        server.closeIdleConnections()
        for (const socket of opened) if (socket.bytesRead === 0) socket.destroy()
      }
      for (letGo(); (await connections()) > 0; letGo()) await new Promise(resolve => setTimeout(resolve, 10))
    },
    /** `on('GET /me', { body })`, or a function of what was sent; `POST /auth/…` is outside the API. */
    on: (route: string, answer: Answer | Handler) => {
      const [method, path = ''] = route.split(' ')
      answers.set(
        `${method} ${path.startsWith('/auth/') ? path : `/api${path}`}`,
        typeof answer === 'function' ? answer : () => answer,
      )
    },
    /** An answer the compiler holds to the contract. `params` fill the path: `{ siret }`. */
    reply: <R extends Route>(
      route: R,
      params: Record<string, string>,
      answer: Reply<R> | ((sent: Sent) => Reply<R> | { readonly instead: Answer }),
    ) => {
      answers.set(`${route.method} /api${route.path.replace(/:(\w+)/g, (_, name: string) => params[name]!)}`, sent => {
        const given =
          typeof answer === 'function'
            ? (answer as (sent: Sent) => Reply<R> | { readonly instead: Answer })(sent)
            : answer
        return given !== null && typeof given === 'object' && 'instead' in given
          ? (given.instead as Answer)
          : { body: given }
      })
    },
    lose: (route: string) => {
      const [method, path] = route.split(' ')
      answers.delete(`${method} /api${path}`)
    },
    /** Fails where an answer was one that the service could not have made. */
    stop: async () => {
      await new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      assert.deepEqual([...lies], [], 'answers of the stub that the contract would not let out')
    },
  }
}

export const refusal = (status: number, code: string, title: string, detail: string, more: object = {}): Answer => ({
  status,
  body: {
    type: `/api/refus/${code}`,
    title,
    status,
    detail,
    code,
    requestId: '0193a000-0000-7000-8000-000000000001',
    ...more,
  },
})
