/** What the register says of one establishment, and of those that may have taken its place. */
export interface RegisterFacts {
  readonly active: boolean
  readonly closedOn: string | null
  /** A natural person who objects to diffusion. */
  readonly objects: boolean
  readonly links: readonly Link[]
}
export interface Link {
  readonly successor: number
  readonly linkedOn: string
  readonly headOfficeTransfer: boolean
  readonly economicContinuity: boolean
}
/**
 * `open`: nothing changes. `closed`: its work stops; `several`, when the register names more than one successor.
 * `continued`: its work follows to another SIRET. `objects`: open, its person objects: no campaign aims at it any more.
 */
export type Fate =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed'; readonly closedOn: string | null; readonly several: boolean }
  | { readonly kind: 'objects'; readonly closedOn: null }
  | { readonly kind: 'continued'; readonly closedOn: string | null; readonly successor: number }

/**
 * What becomes of an establishment (CAM-14). It continues elsewhere when it closed and one open establishment took its
 * place: its activity went on there, or its head office moved there. The newest such link counts.
 * One that is still open stays where it is, whatever the links.
 */
export const fateOf = (siret: number, register: ReadonlyMap<number, RegisterFacts>): Fate => {
  const facts = register.get(siret)
  if (!facts) return { kind: 'open' }
  if (facts.active) return facts.objects ? { kind: 'objects', closedOn: null } : { kind: 'open' }
  const { closedOn } = facts
  const first = successorsOf(siret, facts)
  if (first.length > 1) return { kind: 'closed', closedOn, several: true }
  const successor = openSuccessor(first[0], register, new Set([siret]))
  return successor === undefined
    ? { kind: 'closed', closedOn, several: false }
    : { kind: 'continued', closedOn, successor }
}

/** A successor may have closed in its turn: the chain is followed to its end, and a ring leads nowhere. */
const openSuccessor = (
  siret: number | undefined,
  register: ReadonlyMap<number, RegisterFacts>,
  seen: Set<number>,
): number | undefined => {
  const facts = siret === undefined ? undefined : register.get(siret)
  if (siret === undefined || !facts || seen.has(siret)) return undefined
  if (facts.active) return siret
  seen.add(siret)
  const next = successorsOf(siret, facts)
  return next.length === 1 ? openSuccessor(next[0], register, seen) : undefined
}

/** The successors that the newest links name. A link much older than the closing tells of an earlier life. */
const successorsOf = (siret: number, { closedOn, links }: RegisterFacts): number[] => {
  const following = links.filter(
    link =>
      link.successor !== siret &&
      (link.economicContinuity || link.headOfficeTransfer) &&
      (closedOn === null || Date.parse(link.linkedOn) >= Date.parse(closedOn) - aYear),
  )
  const newest = following.reduce((latest, { linkedOn }) => (linkedOn > latest ? linkedOn : latest), '')
  return [...new Set(following.filter(link => link.linkedOn === newest).map(link => link.successor))]
}
const aYear = 366 * 24 * 3_600_000
