import { createHash } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { Problem } from '../../contract/common.ts'
import type { RefusalCode } from '../../contract/refusals.ts'
import { commonBodyLimit, isDeliberate, type Route } from '../../contract/route.ts'
import type { Action, Input } from './action.ts'
import { addressGroup } from './address.ts'
import { answerBeforeRequest, permissions } from './before-request.ts'
import { budget, type Limits, limitsOf } from './budgets.ts'
import type { Database } from './database.ts'
import { deviceInWords } from './device.ts'
import { perform } from './envelope.ts'
import { Refused } from './errors.ts'
import { uuidv7 } from './ids.ts'
import { isSession, knownSessions } from './known-sessions.ts'
import { politeLeave } from './leave.ts'
import { originDigest, refuseOtherOrigin } from './origin.ts'
import { type Place, type PlaceHeaders, placeOf } from './place.ts'
import { problem } from './problem.ts'
import { nothingStays, sessionToken, setSessionCookie, tokenHash } from './session-cookie.ts'
import { endRequestSpan, poolWaiting, refusalsTotal, requestSeconds, startRequestSpan } from './telemetry.ts'
import { parisDay, systemClock } from './time.ts'
import { compileValidator, fieldErrors } from './validation.ts'
import type { Viewer } from './viewer.ts'

export interface Parts {
  readonly database: Database
  readonly actions: readonly Action[]
  /** `https://…` in production; decides the cookie's name and the accepted Origin. */
  readonly publicUrl: string
  /** Keys the digest of addresses in the trail. */
  readonly originKey: Buffer
  readonly clock?: () => Date
  readonly logLevel?: string
  /** Where the log goes, one JSON object a line; the standard output by default. */
  readonly logTo?: { write(line: string): void }
  /** True, or the addresses of the proxies that are believed when they say whom they ask for. */
  readonly trustProxy?: boolean | readonly string[]
  /** Where the trusted proxy says places; without it, none is known. */
  readonly placeHeaders?: PlaceHeaders | undefined
  /** What one session may ask; the other limits follow from it. */
  readonly requestsPerMinute?: number
  readonly limits?: Limits
  /** False where the program itself keeps the loop busy (seeds, tests): nobody is to be sent away. */
  readonly shedLoad?: boolean
  /** Told after each action that was answered: what usage figures count. */
  readonly onAnswered?: (viewer: Viewer, route: Route) => void
  /**
   * Told of each reply that tells of persons (`revealsPersons`) or of the trail (`readsTrail`), pages fetched ahead
   * included.
   */
  readonly onRevealed?: (reading: Reading) => void
  /** Told of each refusal to someone whose session is known. */
  readonly onRefused?: (refusal: Refusal) => void
  /** Told of each sign-in and deliberate act whose place is known. */
  readonly onPlaced?: (act: PlacedAct) => void
  /** The named exceptions to `load → may → run`: sign-in redirects, health, pages (server/platform/exceptions.ts). */
  readonly exceptions?: readonly ((server: FastifyInstance) => void | Promise<void>)[]
}

export interface Reading {
  readonly viewer: Viewer
  readonly route: Route
  readonly input: Input<Route>
  readonly reply: unknown
  readonly request: { readonly id: string; readonly origin: string }
}

export interface Refusal {
  readonly sessionId: string
  readonly code: RefusalCode
  /** `GET /api/campaigns/:campaignId`. */
  readonly route: string
  readonly params: unknown
  readonly request: { readonly id: string; readonly origin: string }
}

export interface PlacedAct {
  readonly sessionId: string
  readonly place: Place
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route served, as `METHOD /path`: what the fence on exceptions reads. */
    served: ReadonlySet<string>
  }
  interface FastifyRequest {
    span?: ReturnType<typeof startRequestSpan>
  }
  interface FastifyContextConfig {
    /** Counted by no budget: pages, files, and whether the process lives. */
    rateLimit?: false
  }
}

/** The API of the contract, and nothing that is not on it save the named exceptions. */
export const buildServer = async (parts: Parts): Promise<FastifyInstance> => {
  const {
    database,
    actions,
    publicUrl,
    originKey,
    clock = systemClock,
    logLevel = 'silent',
    requestsPerMinute = 1200,
  } = parts
  const secure = publicUrl.startsWith('https:')
  const server = Fastify({
    logger: {
      level: logLevel,
      base: null,
      ...(parts.logTo ? { stream: parts.logTo } : {}),
      serializers: {
        req: request => ({ method: request.method, route: request.routeOptions?.url }),
        err: error => ({ type: error.name, message: error.message, stack: error.stack ?? '' }),
      },
    },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof parts.trustProxy === 'object' ? [...parts.trustProxy] : (parts.trustProxy ?? false),
    bodyLimit: commonBodyLimit,
    genReqId: () => uuidv7(),
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    return503OnClosing: false,
    // The address is among the headers; the contract bounds what stands in it.
    http: { maxHeaderSize: headerLimit },
    routerOptions: { maxParamLength: headerLimit },
    clientErrorHandler: (error, socket) => answerBeforeRequest(error, socket, secure),
    // An address that cannot be decoded is led to where nothing is: it is answered, counted and logged like any other.
    frameworkErrors: (_error, { raw }, reply) => {
      raw.url = unreadable
      server.routing(raw, reply.raw)
    },
  })
  server.removeContentTypeParser('text/plain') // JSON only: a form of another site cannot send it
  server.setValidatorCompiler(({ schema, httpPart }) => compileValidator(schema, httpPart))

  const served = new Set<string>()
  server.decorate('served', served)
  server.addHook('onRoute', ({ method, url }) => {
    for (const m of [method].flat()) if (m !== 'HEAD') served.add(`${m} ${url}`)
  })
  server.addHook('onRequest', async (request, reply) => {
    request.span = startRequestSpan(request.method, request.routeOptions.url ?? 'unknown')
    reply
      .header('x-request-id', request.id)
      .header('cache-control', 'no-store')
      .header('permissions-policy', permissions)
  })
  server.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode }
    // A stream lasts as long as someone watches: no time of answering.
    if (!String(reply.getHeader('content-type')).startsWith('text/event-stream'))
      requestSeconds.observe(labels, reply.elapsedTime / 1000)
    poolWaiting.set(database.waiting())
    endRequestSpan(request.span, reply.statusCode)
    // No address, no query, no body: they may name a person or an employer being worked.
    request.log.info({ requestId: request.id, ...labels, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  const tellRefusal = (error: unknown, request: FastifyRequest) => {
    if (!(error instanceof Refused) || error.sessionId === undefined) return
    try {
      const route = `${request.method} ${request.routeOptions.url}`
      const origin = originDigest(originKey, request.ip)
      parts.onRefused?.({
        sessionId: error.sessionId,
        code: error.code,
        route,
        params: request.params,
        request: { id: request.id, origin },
      })
    } catch (bug) {
      request.log.error({ requestId: request.id, route: request.routeOptions.url, err: bug }, 'refusal not told')
    }
  }
  server.setErrorHandler((error, request, reply) => {
    tellRefusal(error, request)
    // What was taken for known no longer is: its next reading is asked about alone.
    if (error instanceof Refused && error.code === 'session/required') forget(request)
    return answerError(error, request, reply)
  })
  server.setNotFoundHandler((request, reply) =>
    answerError(new Refused(request.raw.url === unreadable ? 'request/malformed' : 'not-found'), request, reply),
  )

  await server.register(cookie)
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ['react-dsfr', 'default'],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
  })
  // The loop is held while the routes are made ready: the first two measures, one a second, tell of our start and not
  // of our load.
  let measuresHold = 0
  server.addHook('onListen', async () => {
    measuresHold = performance.now() + 2000
  })
  if (parts.shedLoad !== false)
    await server.register(underPressure, {
      maxEventLoopDelay: 1500,
      maxHeapUsedBytes: 1_500_000_000,
      retryAfter: 5,
      pressureHandler: (request, reply) => {
        if (performance.now() > measuresHold)
          answerError(new Refused('service/overloaded', { retryAfterSeconds: 5 }), request, reply)
      },
    })
  politeLeave(server)
  const limits = parts.limits ?? limitsOf(requestsPerMinute)
  const budgets = {
    session: budget(limits.session),
    address: budget(limits.address),
    stranger: budget(limits.stranger),
    signIn: budget(limits.signIn),
  }
  const known = knownSessions()
  // Before any body is parsed or value looked at: who asks, within which budgets, from which site. A cookie counts for
  // something once its session is known.
  server.addHook('onRequest', async request => {
    if (request.routeOptions.config.rateLimit === false) return
    const path = request.routeOptions.url ?? ''
    const address = addressGroup(request.ip)
    const token = sessionToken(request, secure)
    const hash = token === undefined ? undefined : tokenHash(token)
    const toTheApi = path.startsWith('/api/') && path !== '/api/openapi.json'
    if (path.startsWith('/auth/')) budgets.signIn.take(address)
    const lately = hash !== undefined && known.knows(hash)
    if (!lately) budgets.stranger.take(address)
    if (toTheApi) {
      refuseOtherOrigin(request, publicUrl)
      if (!hash) throw new Refused('session/required')
      if (!lately) {
        if (!(await isSession(database, hash))) throw new Refused('session/required')
        known.keep(hash)
        budgets.stranger.giveBack(address)
      }
    }
    if (hash && (lately || toTheApi)) {
      budgets.address.take(address)
      budgets.session.take(hash.toString('latin1'))
    }
  })
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Campagnes coordonnées',
        version: '1',
        description: `L’interface par laquelle tout se fait : les pages du service emploient la même. Un corps tient en ${commonBodyLimit / 1024} Kio, sauf où il est dit autrement.`,
      },
      servers: [{ url: '/api' }],
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: secure ? '__Host-session' : 'session' } },
      },
      security: [{ session: [] }],
    },
    stripBasePath: true,
  })

  const forget = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    if (token) known.forget(tokenHash(token))
  }
  const asked = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    return {
      tokenHash: token === undefined ? undefined : tokenHash(token),
      idempotencyKey: idempotencyKey(request),
      request: {
        id: request.id,
        origin: originDigest(originKey, request.ip),
        device: deviceInWords(header(request, 'user-agent')),
      },
    }
  }

  await server.register(
    async api => {
      for (const action of actions) {
        const { route } = action
        api.route({
          method: route.method,
          url: route.path,
          schema: describe(route),
          bodyLimit: route.bodyLimit ?? commonBodyLimit,
          handler: async (request, reply) => {
            const input = {
              params: request.params,
              query: request.query,
              body: request.body,
              ifMatch: ifMatch(route, request),
            } as Input<Route>
            const from = asked(request)
            const answer = await perform(database, action, input, from, {
              clock,
              today: parisDay,
              newId: uuidv7,
              serialize: value => reply.serializeInput(value as Record<string, unknown>, '200') as string,
            })
            // What a page fetched ahead is no use of the tool.
            if (!answer.repeated && header(request, 'purpose') !== 'prefetch') parts.onAnswered?.(answer.viewer, route)
            if (route.revealsPersons || route.readsTrail)
              parts.onRevealed?.({ viewer: answer.viewer, route, input, reply: answer.reply, request: from.request })
            if (answer.sessionToken !== undefined) setSessionCookie(reply, answer.sessionToken, secure)
            if (answer.sessionToken === null) reply.header('clear-site-data', nothingStays)
            if (route.versioned) reply.header('etag', `"${answer.version}"`)
            if (isDeliberate(route) && answer.viewer.state === 'active') noteAct(request)
            notePlace(request, route, answer.viewer)
            if (
              !route.background &&
              header(request, 'purpose') !== 'background' &&
              !answer.viewer.seenLately &&
              answer.viewer.state === 'active'
            )
              keepAwake(request)
            if (route.cacheable) {
              const tag = `"${createHash('sha256').update(answer.json).digest('base64url').slice(0, 22)}"`
              reply.header('etag', tag).header('cache-control', 'private, max-age=3600')
              if (header(request, 'if-none-match') === tag) return reply.code(304).send()
            }
            return reply.type('application/json; charset=utf-8').serializer(asIs).send(answer.json)
          },
        })
      }
      // Anyone may ask for it, and it is half a megabyte: written out once.
      let description: string | undefined
      api.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
        description ??= JSON.stringify(server.swagger())
        return reply.type('application/json; charset=utf-8').send(description)
      })
    },
    { prefix: '/api' },
  )

  const keepAwake = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    if (token)
      database
        .touch(tokenHash(token))
        .catch(error => request.log.warn({ requestId: request.id, err: error }, 'session not kept awake'))
  }

  // Acts count to the hour: one note each ten minutes a session is enough, and a reading writes no more than that.
  const noted = new Map<string, number>()
  const noteAct = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    const now = clock().getTime()
    if (!token || now - (noted.get(token) ?? 0) < 600_000) return
    if (noted.size > 20_000) noted.clear()
    noted.set(token, now)
    database.act(tokenHash(token)).catch(error => {
      noted.delete(token)
      request.log.warn({ requestId: request.id, err: error }, 'act not noted')
    })
  }

  /**
   * Of what a person does, not of a page left open elsewhere: a deliberate act, or whatever follows a sign-in at once.
   */
  const notePlace = (request: FastifyRequest, route: Route, viewer: Viewer) => {
    if (
      !parts.placeHeaders ||
      viewer.state !== 'active' ||
      !(isDeliberate(route) || clock().getTime() - Date.parse(viewer.signedInAt) < 120_000)
    )
      return
    const place = placeOf(request, parts.placeHeaders)
    if (place) parts.onPlaced?.({ sessionId: viewer.sessionId, place })
  }

  for (const add of parts.exceptions ?? []) await server.register(async scope => add(scope))
  await server.ready()
  return server
}

const asIs = (json: unknown) => json as string
const headerLimit = 16 * 1024
/** Where no route is. */
const unreadable = '/api/unreadable'

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A UUID, or another word of a program's own; a header sent twice is none. */
const idempotencyKey = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key']
  if (key !== undefined && !(typeof key === 'string' && /^[\w.:-]{8,128}$/.test(key)))
    throw new Refused('request/idempotency-key-malformed')
  return key
}

const ifMatch = (route: Route, request: FastifyRequest): number | undefined => {
  const value = header(request, 'if-match')
  const version = value === undefined ? undefined : Number(/^(?:W\/)?"(\d{1,9})"$/.exec(value)?.[1])
  if (version !== undefined && Number.isNaN(version)) throw new Refused('request/malformed')
  if (version === undefined && route.versioned && route.method === 'PUT') throw new Refused('request/if-match-required')
  return version
}

const describe = (route: Route) => ({
  tags: [route.tag],
  summary: route.summary,
  operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  description: [
    `Accès : ${needsInWords[route.needs as keyof typeof needsInWords] ?? `habilitation ${route.needs.replace(':', ', profil ')} ou plus`}.`,
    ...(route.stepUp ? ['Demande de confirmer de nouveau le second facteur.'] : []),
    ...(route.bodyLimit ? [`Corps de ${Math.round(route.bodyLimit / 1024)} Kio au plus.`] : []),
    ...(route.versioned && route.method === 'PUT' ? ['Renvoyer dans If-Match la version lue.'] : []),
    ...(route.refusals?.length ? [`Refus propres : ${route.refusals.join(', ')}.`] : []),
  ].join(' '),
  ...(route.params ? { params: route.params } : {}),
  ...(route.query ? { querystring: route.query } : {}),
  ...(route.body ? { body: route.body } : {}),
  response: {
    200: { description: 'Réponse', ...route.reply },
    default: { description: 'Refus (RFC 9457)', ...Problem },
  },
})
const needsInWords = { identified: 'une session, même verrouillée', 'signed-in': 'deux facteurs' }

const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const [refused, said] = inOneForm(error, request)
  if (refused.code === 'service/bug')
    request.log.error({ requestId: request.id, route: request.routeOptions.url, err: error }, 'bug')
  refusalsTotal.inc({ code: refused.code })
  if (refused.facts.retryAfterSeconds) reply.header('retry-after', refused.facts.retryAfterSeconds)
  return reply.code(refused.status).type('application/problem+json; charset=utf-8').serializer(asIs).send(said)
}

/**
 * Serialised here: the shape is the same on every route, and a refusal that cannot be said is a bug that says nothing
 * of itself.
 */
const inOneForm = (error: unknown, request: FastifyRequest): readonly [Refused, string] => {
  try {
    const refused = asRefusal(error)
    const { validation } = error as { validation?: Parameters<typeof fieldErrors>[0] }
    return [refused, JSON.stringify(problem(refused, request.id, validation && fieldErrors(validation)))]
  } catch (fault) {
    request.log.error(
      { requestId: request.id, route: request.routeOptions.url, err: fault },
      'refusal that cannot be said',
    )
    const bug = new Refused('service/bug')
    return [bug, JSON.stringify(problem(bug, request.id))]
  }
}

const asRefusal = (error: unknown): Refused => {
  if (error instanceof Refused) return error
  const { validation, code, statusCode } = error as { validation?: unknown; code?: string; statusCode?: number }
  if (validation) return new Refused('request/malformed')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refused('request/not-json')
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refused('request/too-large')
  if (statusCode === 400) return new Refused('request/malformed')
  if (statusCode === 503) return new Refused('service/overloaded', { retryAfterSeconds: 5 })
  return new Refused('service/bug')
}
