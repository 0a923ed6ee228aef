import type { Audience, SignInWay } from '../../../contract/signing-in/sign-in-rules.ts'

/**
 * Ways in that the operator accepts of one audience from a day on (IDN-7).
 * ProConnect with two factors of different categories is always accepted.
 */
export interface Directive {
  readonly audience: Audience
  readonly effectiveOn: string
  /**
   * Last day on which ProConnect's weaker levels are enough: their second factor may be a code by e-mail. Null: never.
   */
  readonly weakUntil: string | null
  /** A second factor proven here, after one factor at ProConnect. */
  readonly local: boolean
  /** A password, then a second factor proven here. */
  readonly password: boolean
  readonly setAt: string
}

const later = (a: Directive, b: Directive) =>
  a.effectiveOn > b.effectiveOn || (a.effectiveOn === b.effectiveOn && a.setAt >= b.setAt)

/**
 * The directive that rules an audience on a day: the last to take effect. Of two of one day, the last set.
 * Undefined when none was set.
 */
export const inEffect = (directives: readonly Directive[], audience: Audience, day: string): Directive | undefined =>
  directives
    .filter(d => d.audience === audience && d.effectiveOn <= day)
    .reduce<Directive | undefined>((last, d) => (last && !later(d, last) ? last : d), undefined)

export const accepts = (directive: Directive | undefined, way: SignInWay, day: string): boolean => {
  if (!directive || way === 'proconnect') return true
  if (way === 'proconnect-weak') return directive.weakUntil !== null && day <= directive.weakUntil
  return way === 'proconnect-local' ? directive.local : directive.password
}

/** In effect today, not yet, or replaced by a later one. */
export const standing = (
  directives: readonly Directive[],
  directive: Directive,
  today: string,
): 'in-effect' | 'to-come' | 'replaced' =>
  directive.effectiveOn > today
    ? 'to-come'
    : inEffect(directives, directive.audience, today) === directive
      ? 'in-effect'
      : 'replaced'
