/**
 * Which sign-ins at ProConnect are two factors of different categories (convention, art. 7). Pure: no clock, no
 * settings of its own.
 */
export interface FactorSettings {
  /**
   * Levels that prove two factors of different categories, for the identity providers (`idp_id`) that differ from the
   * rule.
   */
  readonly strongByProvider: ReadonlyMap<string, readonly string[]>
  /** Last day, in Europe/Paris, on which a weak level is enough to come in; null: never. */
  readonly weakUntil: string | null
}
/** The operator's directives on a weak level, for this person on this day. Without any, the setting decides. */
export type WeakLevel = 'accepted' | 'refused' | 'not-ruled'
export type Proof = 'strong' | 'weak' | 'none'

const strongByRule: readonly string[] = ['eidas2', 'eidas3']
// Their second factor may be an e-mail or SMS code.
const weakByRule: readonly string[] = ['eidas0-mfa', 'eidas1-mfa']

// An address receives what any device reads: `mail` is no possession.
const categories: ReadonlyMap<string, 'knowledge' | 'possession' | 'inherence'> = new Map(
  Object.entries({
    pwd: 'knowledge',
    pin: 'knowledge',
    otp: 'possession',
    pop: 'possession',
    hwk: 'possession',
    swk: 'possession',
    bio: 'inherence',
    fpt: 'inherence',
    face: 'inherence',
  } as const),
)
/** The methods named are of two categories, or are said to be several by `mfa`. */
const showsTwo = (amr: readonly string[]) =>
  amr.includes('mfa') || new Set(amr.flatMap(m => categories.get(m) ?? [])).size > 1

/** What a sign-in at this identity provider proves. A level contradicted by its own methods proves nothing. */
export const proofOf = (acr: string | null, amr: readonly string[], idpId: string, settings: FactorSettings): Proof => {
  if (acr === null || (amr.length > 0 && !showsTwo(amr))) return 'none'
  if ((settings.strongByProvider.get(idpId) ?? strongByRule).includes(acr)) return 'strong'
  return weakByRule.includes(acr) ? 'weak' : 'none'
}

/**
 * ProConnect's second factor is enough to come in; otherwise one is asked for here. A weak one is never enough to
 * confirm a sensitive act.
 */
export const entersWith = (proof: Proof, today: string, settings: FactorSettings, directives: WeakLevel): boolean =>
  proof === 'strong' ||
  (proof === 'weak' &&
    (directives === 'accepted' ||
      (directives === 'not-ruled' && settings.weakUntil !== null && today <= settings.weakUntil)))

/** The levels that ProConnect proves anew, whatever session the person has there. */
export const freshLevels = ['eidas2', 'eidas3'] as const
export const askedLevels = ['eidas0-mfa', 'eidas1-mfa', 'eidas2', 'eidas3'] as const

const clockSkewSeconds = 30
/**
 * A proof given at ProConnect after it was asked for. The signed time of authentication is demanded: a session that
 * goes on there proves no presence.
 */
export const isFreshProof = (proof: Proof, acr: string | null, authTime: number | undefined, askedAt: Date): boolean =>
  proof === 'strong' &&
  (freshLevels as readonly (string | null)[]).includes(acr) &&
  authTime !== undefined &&
  authTime >= askedAt.getTime() / 1000 - clockSkewSeconds

/** Until when one's first second factor is enrolled without a code, and the sessions where the code was typed. */
export interface FirstEnrolment {
  readonly openUntil: string
  readonly sessions: readonly { readonly id: string; readonly until: string }[]
}
