import type { Static } from 'typebox'
import type { Problem } from '../../contract/common.ts'
import type { RefusalCode } from '../../contract/refusals.ts'

/**
 * Refusals of the server, and failures that only the browser sees: no network, no answer, an answer of another service.
 */
export type ProblemCode = RefusalCode | 'offline' | 'too-slow'

type Body = Pick<Static<typeof Problem>, 'title' | 'detail' | 'requestId' | 'errors' | 'current' | 'facts'>

/** The one error a call can throw. `current` is what another person wrote meanwhile (412). */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly requestId: string | undefined
  readonly errors: readonly { field: string; message: string }[]
  readonly current: unknown
  readonly facts: unknown
  readonly retryAfterSeconds: number | undefined

  constructor(code: ProblemCode, status: number, body: Partial<Body>, retryAfterSeconds?: number) {
    super(code)
    this.code = code
    this.status = status
    this.title = body.title ?? 'Erreur du service'
    this.detail = body.detail ?? 'Une erreur inattendue s’est produite.'
    this.requestId = body.requestId
    this.errors = body.errors ?? []
    this.current = body.current
    this.facts = body.facts
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What was typed is said to be there to who sent it alone; a page that reads has nothing typed. */
const again = (sent: boolean, when: string) =>
  `${sent ? 'Ce que vous avez saisi est toujours là ; r' : 'R'}éessayez ${when}.`
export const offline = (sent = false) =>
  new ApiProblem('offline', 0, {
    title: 'Connexion perdue',
    detail: `Le service ne répond pas. ${again(sent, 'quand le réseau sera revenu')}`,
  })
/** The same of a whole page: nothing was typed in it, and it opens by itself. */
export const awaited = (problem: ApiProblem): ApiProblem =>
  problem.code === 'offline'
    ? new ApiProblem('offline', 0, {
        title: problem.title,
        detail: 'Le service ne répond pas. La page s’ouvrira d’elle-même quand le réseau sera revenu.',
      })
    : problem
export const tooSlow = (sent = false) =>
  new ApiProblem('too-slow', 0, {
    title: 'Réponse trop longue',
    detail: `Le service met trop de temps à répondre. ${again(sent, 'dans un instant')}`,
  })

/** Nobody knows whether it was written: the answer never came, or was another's than the service's. */
export const isLost = ({ status, code }: ApiProblem) => status === 0 || code === 'service/unavailable'

/** Worth asking again without anyone doing anything. */
export const isPassing = (error: unknown) => error instanceof ApiProblem && (error.status === 0 || error.status === 503)

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem('service/bug', 500, {
        title: 'Erreur de la page',
        detail:
          'Une erreur inattendue s’est produite dans la page. Rechargez-la ; si cela continue, prévenez votre correspondant SI.',
      })
