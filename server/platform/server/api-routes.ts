import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { commonBodyLimit, isDeliberate, type Route } from '../../../contract/route.ts'
import type { Action, Input } from '../action.ts'
import { deviceInWords } from '../device.ts'
import { sha256 } from '../digest.ts'
import { perform, type RequestContext } from '../envelope.ts'
import { uuidv7 } from '../ids.ts'
import { originDigest } from '../origin.ts'
import { nothingStays, sessionToken, setSessionCookie, tokenHash } from '../session-cookie.ts'
import { parisDay } from '../time.ts'
import { asIs } from './answer-error.ts'
import { compressed } from './compressed.ts'
import { answersOf, describe } from './openapi.ts'
import type { Serving } from './options.ts'
import { header, idempotencyKey, ifMatch } from './request-headers.ts'
import { sessionNotes } from './session-notes.ts'

/** The routes of the contract, each performed by its action, and their description. */
export const serveApi = async (server: FastifyInstance, serving: Serving): Promise<void> => {
  const performs = performer(serving)
  await server.register(
    async api => {
      for (const action of serving.actions)
        api.route({
          method: action.route.method,
          url: action.route.path,
          schema: describe(action.route),
          config: { answers: answersOf(action.route) },
          bodyLimit: action.route.bodyLimit ?? commonBodyLimit,
          handler: performs(action),
        })
      // Anyone may ask for it, and it is half a megabyte: written out once.
      let description: string | undefined
      api.get('/openapi.json', { schema: { hide: true } }, async (request, reply) => {
        description ??= JSON.stringify(server.swagger())
        return reply.type('application/json; charset=utf-8').send(await compressed(request, reply, description))
      })
    },
    { prefix: '/api' },
  )
}

/** Handles the requests of an action: performs it, notes the act, and answers. */
const performer = (serving: Serving) => {
  const { database, settings, secure } = serving
  const note = sessionNotes(serving)
  return (action: Action) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { route } = action
    const input = {
      params: request.params,
      query: request.query,
      body: request.body,
      ifMatch: ifMatch(route, request),
    } as Input<Route>
    const caller = callerOf(request, serving)
    const answer = await perform(database, action, input, caller, {
      today: parisDay,
      newId: uuidv7,
      settings,
      serialize: value => serializerOf(route, reply)(value as Record<string, unknown>),
    })
    // A page fetched ahead is no use of the tool.
    if (!answer.repeated && header(request, 'purpose') !== 'prefetch')
      serving.onAnswered?.(answer.viewer, route, caller.tokenHash!)
    if (route.revealsPersons || route.readsTrail || route.readsEmployer || route.looksByHires)
      serving.onRevealed?.({
        viewer: answer.viewer,
        route,
        input,
        reply: answer.reply,
        request: { ...caller.request, tokenHash: caller.tokenHash! },
      })
    if (answer.sessionToken !== undefined) setSessionCookie(reply, answer.sessionToken, secure)
    if (answer.sessionToken === null) reply.header('clear-site-data', nothingStays)
    if (route.versioned) reply.header('etag', `"${answer.version}"`)
    if (isDeliberate(route) && answer.viewer.state === 'active') note.noteAct(request)
    note.notePlace(request, route, answer.viewer)
    if (
      !route.background &&
      header(request, 'purpose') !== 'background' &&
      !answer.viewer.seenLately &&
      answer.viewer.state === 'active'
    )
      note.keepAwake(request)
    if (route.cacheable && alreadyHeld(request, reply, answer.json)) return reply.code(304).send()
    const sent = await compressed(request, reply, answer.json, { secret: route.secret === true })
    return reply.type('application/json; charset=utf-8').serializer(asIs).send(sent)
  }
}

/** Of each answer's shape: a process that serves several times compiles it once. */
const serializers = new WeakMap<object, (value: Record<string, unknown>) => string>()
const serializerOf = ({ reply: shape }: Route, reply: FastifyReply) => {
  const serialize =
    serializers.get(shape) ?? reply.compileSerializationSchema(shape as unknown as Record<string, unknown>)
  serializers.set(shape, serialize)
  return serialize
}

/** Lets the browser keep an answer, and says whether it holds this very one. */
const alreadyHeld = (request: FastifyRequest, reply: FastifyReply, json: string): boolean => {
  const tag = `"${sha256(json).toString('base64url').slice(0, 22)}"`
  reply.header('etag', tag).header('cache-control', 'private, max-age=3600')
  return header(request, 'if-none-match') === tag
}

/** The caller, as the request tells: session token, origin, device. */
const callerOf = (request: FastifyRequest, { secure, originKey }: Serving): RequestContext => {
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
