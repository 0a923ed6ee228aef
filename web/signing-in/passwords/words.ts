import type { ApiProblem } from '../../platform/problem.ts'

/** How long one waits, said in the unit one counts it in. */
export const inMinutes = ({ retryAfterSeconds = 60 }: Pick<ApiProblem, 'retryAfterSeconds'>): string =>
  `Trop d’essais n’ont pas abouti. Réessayez dans ${retryAfterSeconds < 60 ? `${retryAfterSeconds} seconde${retryAfterSeconds > 1 ? 's' : ''}` : `${Math.ceil(retryAfterSeconds / 60)} minute${retryAfterSeconds > 60 ? 's' : ''}`}.`
