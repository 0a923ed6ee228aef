/**
 * Executable specification: production runs the SQL (ctx.refused_audiences); directives.test.ts proves them equal.
 */
import type { Audience, SignInWay } from '../../../contract/signing-in/sign-in-rules.ts'
import { accepts, type Directive, inEffect } from './directives-rules.ts'

/**
 * Of the audiences someone belongs to, those for which the way they came in is not accepted. The SQL twin is
 * ctx.refused_audiences.
 */
export const refusedAudiences = (
  directives: readonly Directive[],
  audiences: readonly Audience[],
  way: SignInWay,
  day: string,
): Audience[] =>
  [...new Set(audiences)].filter(audience => !accepts(inEffect(directives, audience, day), way, day)).sort()
