import { type Activity, type Nomenclature, readActivity } from '../../../contract/territory-and-register/activities.ts'
import { divisionsOf } from './naf-labels.ts'

/** A code of NAF rév. 2 and one that it may become. A rare one is true of some line, and supposed of no other. */
export interface Pair {
  readonly naf: string
  readonly naf25: string
  readonly rare: boolean
}
/** By code of a nomenclature, the codes of the other one: those that it may be, and those that some line has beside. */
export interface Correspondence {
  readonly usual: Record<Nomenclature, ReadonlyMap<string, readonly string[]>>
  readonly seen: Record<Nomenclature, ReadonlyMap<string, readonly string[]>>
}
export const otherThan = { NAFRev2: 'NAF25', NAF25: 'NAFRev2' } as const satisfies Record<Nomenclature, Nomenclature>

const grouped = (pairs: readonly Pair[]): Correspondence['usual'] => {
  const maps = { NAFRev2: new Map<string, string[]>(), NAF25: new Map<string, string[]>() }
  const add = (map: Map<string, string[]>, code: string, other: string) => {
    const known = map.get(code)
    if (known) known.push(other)
    else map.set(code, [other])
  }
  for (const { naf, naf25 } of pairs) {
    add(maps.NAFRev2, naf, naf25)
    add(maps.NAF25, naf25, naf)
  }
  return maps
}
export const correspondenceOf = (pairs: readonly Pair[]): Correspondence => ({
  usual: grouped(pairs.filter(({ rare }) => !rare)),
  seen: grouped(pairs),
})

/** What is asked in one nomenclature, and how those that have no code of it are found. */
interface Side {
  readonly nomenclature: Nomenclature
  /** Divisions or finer codes, asked as such. */
  readonly own: readonly string[]
  /** Codes of the other nomenclature that may be one of these. */
  readonly through: readonly string[]
  /** The divisions of what some line has in the other nomenclature beside one of these. */
  readonly otherDivisions: readonly string[]
  /** The divisions of this nomenclature that lines of those other divisions have: such lines need no correspondence. */
  readonly backDivisions: readonly string[]
}
export interface SoughtActivities {
  readonly asked: readonly string[]
  readonly sides: readonly Side[]
}

/** A section as its divisions, anything else as itself; each with its nomenclature. */
const finest = (asked: string): Activity[] => {
  const { nomenclature, code } = readActivity(asked)
  return /^[A-Z]$/.test(code)
    ? divisionsOf(code, nomenclature).map(division => ({ nomenclature, code: division }))
    : [{ nomenclature, code }]
}
const once = (codes: Iterable<string>) => [...new Set(codes)].sort()
const division = (code: string) => code.slice(0, 2)

const sideOf = (nomenclature: Nomenclature, own: readonly string[], { usual, seen }: Correspondence): Side => {
  const isAsked = (code: string) => own.some(asked => code.startsWith(asked))
  const across = (maps: Correspondence['usual']) =>
    once([...maps[nomenclature]].filter(([code]) => isAsked(code)).flatMap(([, others]) => others))
  const otherDivisions = once(across(seen).map(division))
  return {
    nomenclature,
    own,
    through: across(usual),
    otherDivisions,
    backDivisions: once(
      [...seen[otherThan[nomenclature]]]
        .filter(([code]) => otherDivisions.includes(division(code)))
        .flatMap(([, back]) => back.map(division)),
    ),
  }
}

/** The activities asked, each side spread over the other nomenclature: the question grows, the register stays. */
export const soughtActivities = (asked: readonly string[], known: Correspondence): SoughtActivities => {
  const all = asked.flatMap(finest)
  return {
    asked,
    sides: (['NAFRev2', 'NAF25'] as const).flatMap(nomenclature => {
      const own = once(all.filter(a => a.nomenclature === nomenclature).map(({ code }) => code))
      return own.length ? [sideOf(nomenclature, own, known)] : []
    }),
  }
}

/**
 * The divisions of a nomenclature in which a line counts: its own, or all those that « ~ » and its code of the other
 * may be in.
 */
export const divisionsHeld =
  (nomenclature: Nomenclature, { usual }: Correspondence) =>
  (key: string | null): readonly string[] =>
    key?.startsWith('~')
      ? once((usual[otherThan[nomenclature]].get(key.slice(1)) ?? []).map(division))
      : key === null
        ? []
        : [key]
