import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { commonBodyLimit } from '../../contract/route.ts'
import type { Settings } from './action.ts'
import { answerBeforeRequest } from './before-request.ts'
import { uuidv7 } from './ids.ts'
import { knownSessions } from './known-sessions.ts'
import { politeLeave } from './leave.ts'
import { logShape } from './log.ts'
import { admitRequests } from './server/admission.ts'
import { serveApi } from './server/api-routes.ts'
import { shedLoad } from './server/load-shedding.ts'
import { measureRequests } from './server/measures.ts'
import { describeApi } from './server/openapi.ts'
import type { ServerOptions, Serving } from './server/options.ts'
import { answerRefusals, unreadable } from './server/refusals.ts'
import { addSecurityHeaders } from './server/security-headers.ts'
import type { startRequestSpan } from './telemetry.ts'
import { systemClock } from './time.ts'
import { compileValidator } from './validation.ts'

export type { PlacedAct, Reading, Refusal, ServerOptions } from './server/options.ts'

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
    /** What the description says that a route answers. */
    answers?: object
  }
}

/** The API of the contract, and nothing that is not on it save the named exceptions. */
export const buildServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const secure = options.publicUrl.startsWith('https:')
  const given = options.settings ?? {}
  const settings = (given.clock ? given : { clock: systemClock, ...given }) as Settings
  const serving: Serving = { ...options, settings, secure, known: knownSessions() }
  const server = newServer(serving)
  listServed(server)
  measureRequests(server, options.database)
  answerRefusals(server, serving)
  await server.register(cookie)
  await addSecurityHeaders(server, secure)
  if (options.shedLoad !== false) await shedLoad(server)
  politeLeave(server)
  admitRequests(server, serving)
  await describeApi(server, secure)
  await serveApi(server, serving)
  for (const add of options.exceptions ?? []) await server.register(async scope => add(scope))
  await server.ready()
  return server
}

const headerLimit = 16 * 1024
/** Fastify with our limits, our log, and JSON alone. */
const newServer = ({ logLevel = 'silent', logTo, trustProxy, secure }: Serving): FastifyInstance => {
  const server = Fastify({
    logger: {
      level: logLevel,
      base: null,
      ...logShape,
      ...(logTo ? { stream: logTo } : {}),
      serializers: {
        req: request => ({ method: request.method, route: request.routeOptions?.url }),
        err: error => ({ type: error.name, message: error.message, stack: error.stack ?? '' }),
      },
    },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof trustProxy === 'object' ? [...trustProxy] : (trustProxy ?? false),
    bodyLimit: commonBodyLimit,
    genReqId: () => uuidv7(),
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    return503OnClosing: false,
    // HEAD would run a GET whole: make its document, and write its entry, for nobody to read. Pages say that they answer it.
    exposeHeadRoutes: false,
    // The address is among the headers; the contract bounds what stands in it.
    http: { maxHeaderSize: headerLimit },
    routerOptions: { maxParamLength: headerLimit },
    clientErrorHandler: (error, socket) => answerBeforeRequest(error, socket, secure),
    // An address that cannot be decoded goes to an unknown route: answered, counted and logged like any other.
    frameworkErrors: (_error, { raw }, reply) => {
      raw.url = unreadable
      server.routing(raw, reply.raw)
    },
  })
  server.removeContentTypeParser('text/plain') // JSON only: a form of another site cannot send it
  server.setValidatorCompiler(({ schema, httpPart }) => compileValidator(schema, httpPart))
  return server
}

/** Keeps the list of what is served, for the fence on exceptions. */
const listServed = (server: FastifyInstance): void => {
  const served = new Set<string>()
  server.decorate('served', served)
  server.addHook('onRoute', ({ method, url }) => {
    for (const m of [method].flat()) if (m !== 'HEAD') served.add(`${m} ${url}`)
  })
}
