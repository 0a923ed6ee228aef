/**
 * Executable specification: production runs the SQL (database/functions/width.sql); width.parity.test.ts proves them
 * equal.
 */
import { type Profile, profiles, type Tool } from '../../../contract/route.ts'

export interface Territory {
  readonly id: number
  readonly kind: 'national' | 'region' | 'departement' | 'clpe' | 'epci'
  /** Of a department. */
  readonly region: number | null
  /** Territories that share a commune with it. */
  readonly overlaps: readonly number[]
}
/** One that is neither over nor waiting for a second person; an agency's perimeter is the territories that it serves. */
export interface Held {
  readonly tool: Tool
  readonly profile: Profile
  readonly territories: readonly number[]
}

/** The departments that these territories touch. The SQL twin is ctx.departments_of. */
export const departmentsOf = (ids: readonly number[], all: readonly Territory[]): number[] => {
  const touched = new Set([...ids, ...all.filter(t => ids.includes(t.id)).flatMap(t => t.overlaps)])
  return all.filter(t => t.kind === 'departement' && touched.has(t.id)).map(t => t.id)
}
/**
 * A region, the country, more than two departments, or all those of a region that has several. The SQL twin is
 * ctx.is_wide.
 */
export const isWide = (ids: readonly number[], all: readonly Territory[]): boolean => {
  if (all.some(t => ids.includes(t.id) && (t.kind === 'national' || t.kind === 'region'))) return true
  const touched = departmentsOf(ids, all)
  const byRegion = Map.groupBy(
    all.filter(t => t.kind === 'departement' && t.region !== null),
    t => t.region,
  )
  const whole = [...byRegion.values()].some(its => its.length > 1 && its.every(t => touched.includes(t.id)))
  return touched.length > 2 || whole
}
const rank = (profile: Profile) => profiles.indexOf(profile)
/** What is held of one tool or of all, with this profile or a larger one. The SQL twin is ctx.width_of. */
export const widthOf = (held: readonly Held[], tool: Tool | null, from: Profile): number[] => [
  ...new Set(
    held.filter(h => (tool === null || h.tool === tool) && rank(h.profile) >= rank(from)).flatMap(h => h.territories),
  ),
]
/**
 * Whether these territories reach a department more and make wide what is held. In one tool or in all, at that profile
 * or at a smaller one: neither tools nor profiles divide what is wide. The SQL twin is ctx.widens_beyond.
 */
export const widensBeyond = (
  held: readonly Held[],
  asked: Pick<Held, 'tool' | 'profile'> & { readonly had: readonly number[]; readonly added: readonly number[] },
  all: readonly Territory[],
): boolean =>
  profiles
    .filter(profile => rank(profile) <= rank(asked.profile))
    .some(profile =>
      [asked.tool, null].some(tool => {
        const before = [...asked.had, ...widthOf(held, tool, profile)]
        const known = departmentsOf(before, all)
        return isWide([...before, ...asked.added], all) && departmentsOf(asked.added, all).some(d => !known.includes(d))
      }),
    )
