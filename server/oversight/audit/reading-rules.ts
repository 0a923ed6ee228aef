import { personalMembers } from '../../../contract/oversight/audit.ts'
import type { Reveals } from '../../../contract/route.ts'

export interface Revealed {
  readonly subject: readonly [kind: string, id: string]
  /** How many persons, or texts that may name one, were shown. */
  readonly persons: number
  /** Of which employers, in a list. */
  readonly sirets: readonly string[]
}

/** What a reply showed of persons: undefined when it showed nobody. `readerId` names a list of one's own. */
export const revealed = (
  { kind, by, byMember }: Reveals,
  input: { params: unknown; query: unknown },
  reply: unknown,
  readerId: string,
): Revealed | undefined => {
  const shown = personsIn(reply)
  if (shown.persons === 0) return undefined
  const asked = { ...(input.params as object), ...(input.query as object) } as Record<string, string | undefined>
  const id = by === undefined ? byMember && memberOf(reply, byMember) : asked[by]
  return id === undefined
    ? { subject: ['list', readerId], ...shown }
    : { subject: [kind, id], persons: shown.persons, sirets: [] }
}

/** The first word that what is shown says under that name. */
const memberOf = (shown: unknown, name: string): string | undefined => {
  if (shown === null || typeof shown !== 'object') return undefined
  const own = (shown as Record<string, unknown>)[name]
  if (typeof own === 'string') return own
  for (const member of Object.values(shown)) {
    const found = memberOf(member, name)
    if (found !== undefined) return found
  }
  return undefined
}

const tells = (value: unknown) =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== ''

const personsIn = (reply: unknown): { persons: number; sirets: string[] } => {
  const sirets = new Set<string>()
  let persons = 0
  const walk = (value: unknown, siret: string | undefined) => {
    if (Array.isArray(value)) for (const item of value) walk(item, siret)
    else if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
      const members = value as Record<string, unknown>
      const of =
        ([members, members.establishment as Record<string, unknown> | undefined]
          .map(m => m?.siret)
          .find(s => typeof s === 'string') as string | undefined) ?? siret
      if (personalMembers.some(name => tells(members[name]))) {
        persons++
        if (of !== undefined) sirets.add(of)
      }
      for (const member of Object.values(members)) walk(member, of)
    }
  }
  walk(reply, undefined)
  return { persons, sirets: [...sirets] }
}

/** Of which employers a reply told what they do: the one asked, or the lines of a company; none of them, the company. */
export const employersRead = (params: unknown, reply: unknown): (readonly [kind: string, id: string])[] => {
  const { siret, siren } = params as { siret?: string; siren?: string }
  if (siret !== undefined) return [['establishment', siret]]
  const { items } = (reply as { establishments: { items: readonly { siret: string }[] } }).establishments
  return items.length > 0 ? items.map(line => ['establishment', line.siret]) : [['company', siren!]]
}

/** A question to the trail: one act, or a search with its filters. The pages of a search are one search. */
export const trailRead = (
  { params, query }: { params: unknown; query: unknown },
  reply: unknown,
): { subject: readonly [kind: string, id: string]; detail: object } => {
  const { entryId } = params as { entryId?: string }
  if (entryId !== undefined)
    return { subject: ['trail-entry', entryId], detail: { detail: (reply as { detailState?: string }).detailState } }
  const { after: _, limit: __, scope = 'own', ...filters } = query as Record<string, unknown>
  return { subject: ['trail', String(scope)], detail: filters }
}
