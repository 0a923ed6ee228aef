import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../errors.ts'
import { problem } from '../problem.ts'
import { refusalsTotal } from '../telemetry.ts'
import { fieldErrors } from '../validation.ts'

/** A text that is JSON already. */
export const asIs = (json: unknown) => json as string

/** Answers whatever was thrown, in the one form of refusals. */
export const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const [refused, said] = inOneForm(error, request)
  if (refused.code === 'service/bug')
    request.log.error({ requestId: request.id, route: request.routeOptions.url, err: error }, 'bug')
  refusalsTotal.inc({ code: refused.code })
  if (refused.facts.retryAfterSeconds) reply.header('retry-after', refused.facts.retryAfterSeconds)
  return reply.code(refused.status).type('application/problem+json; charset=utf-8').serializer(asIs).send(said)
}

/**
 * Serialised here: every route has the same shape. A refusal that cannot be serialised is a bug, and tells nothing of
 * itself.
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
