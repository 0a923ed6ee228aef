import { sections } from '../../../contract/territory-and-register/activities.ts'
import { sizes } from '../../../contract/territory-and-register/establishments.ts'
import type { zoneKinds } from '../../../contract/work-with-employers/progress.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { bandsOf } from '../../territory-and-register/establishments/headcount-bands.ts'

export type ZoneKind = (typeof zoneKinds)[number]

/** One step finer than the campaign's own territory, so that a zone is a place one can go to. */
export const zoneOf = (territoryKind: string): ZoneKind =>
  territoryKind === 'epci'
    ? 'commune'
    : territoryKind === 'clpe' || territoryKind === 'departement'
      ? 'epci'
      : 'departement'

/** The first day without news from which a thing is said to be stuck. */
export const stuckSince = (today: string, days: number): string => addDays(today, -days)

export interface Period {
  readonly startsOn: string
  readonly endsOn: string
}
export interface Week {
  readonly from: string
  readonly until: string
  readonly contacted: number
  readonly expected: number | null
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const earlier = (a: string, b: string) => (a.localeCompare(b) < 0 ? a : b)
const monday = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/**
 * The targets contacted at least once, added up at each week's end, against an even pace to the goal.
 * Weeks run from the start of the period to today, Monday to Sunday, cut at both ends of the period.
 * `firsts`: how many targets were first contacted on each day, in order. Earlier ones count with the first week.
 */
export const coverage = (
  firsts: readonly { readonly day: string; readonly count: number }[],
  { startsOn, endsOn }: Period,
  goal: number | null,
  today: string,
): Week[] => {
  const last = earlier(today, endsOn)
  const weeks: Week[] = []
  const length = dayNumber(endsOn) - dayNumber(startsOn) + 1
  let contacted = 0
  let next = 0
  for (let from = startsOn; from <= last; from = addDays(monday(from), 7)) {
    const until = earlier(addDays(monday(from), 6), last)
    while (next < firsts.length && firsts[next]!.day <= until) contacted += firsts[next++]!.count
    weeks.push({
      from,
      until,
      contacted,
      expected: goal === null ? null : Math.round((goal * (dayNumber(until) - dayNumber(startsOn) + 1)) / length),
    })
  }
  return weeks
}

export interface Counts {
  readonly targets: number
  readonly taken: number
  readonly contacted: number
  readonly reached: number
  readonly needs: number
  /** Of the needs that came from an exchange with them. */
  readonly hires: number
}
export interface Line extends Counts {
  readonly code: string | null
  readonly label: string
}
const nothing: Counts = { targets: 0, taken: 0, contacted: 0, reached: 0, needs: 0, hires: 0 }
const sum = (a: Counts, b: Counts): Counts => ({
  targets: a.targets + b.targets,
  taken: a.taken + b.taken,
  contacted: a.contacted + b.contacted,
  reached: a.reached + b.reached,
  needs: a.needs + b.needs,
  hires: a.hires + b.hires,
})
const add = (lines: Iterable<Counts>) => [...lines].reduce<Counts>(sum, nothing)
const counts = ({ targets, taken, contacted, reached, needs, hires }: Counts): Counts => ({
  targets,
  taken,
  contacted,
  reached,
  needs,
  hires,
})
const most = (a: Counts, b: Counts) => b.targets - a.targets
const unknown = 'Non connu'

/**
 * Sections of the NAF with their divisions, the largest first; an activity that the nomenclature does not know stands
 * last.
 */
export const bySector = (
  divisions: readonly (Counts & { readonly division: string | null })[],
): (Line & { readonly divisions: Line[] })[] => {
  const of = new Map(divisions.map(d => [d.division, d]))
  const known = new Set(sections.flatMap(s => s.divisions.map(d => d.code)))
  const lines = sections
    .flatMap(section => {
      const found = section.divisions
        .flatMap(({ code, label }) => {
          const d = of.get(code)
          return d ? [{ code, label, ...counts(d) }] : []
        })
        .sort(most)
      return found.length
        ? [{ code: section.code as string | null, label: section.label, ...add(found), divisions: found }]
        : []
    })
    .sort(most)
  const others = divisions.filter(d => d.division === null || !known.has(d.division))
  return others.length ? [...lines, { code: null, label: unknown, ...add(others), divisions: [] }] : lines
}

const sizeNames: Record<(typeof sizes)[number], string> = {
  '0-9': 'Moins de 10 salariés',
  '10-49': '10 à 49 salariés',
  '50-99': '50 à 99 salariés',
  '100-199': '100 à 199 salariés',
  '200+': '200 salariés et plus',
}
/** The network's five classes, in their order. */
export const bySize = (bands: readonly (Counts & { readonly band: string | null })[]): Line[] =>
  sizes.flatMap(size => {
    const found = bands.filter(b => (b.band === null ? size === '0-9' : bandsOf[size].includes(b.band)))
    return found.length ? [{ code: size, label: sizeNames[size], ...add(found) }] : []
  })

export const byZone = (
  zones: readonly (Counts & { readonly code: string | null; readonly name: string | null })[],
): Line[] =>
  zones
    .map(zone => ({ code: zone.code, label: zone.name ?? unknown, ...counts(zone) }))
    .sort(
      (a, b) => Number(a.code === null) - Number(b.code === null) || most(a, b) || a.label.localeCompare(b.label, 'fr'),
    )

/** Since when a campaign's members can have been at work; null when it is not open. */
export const openSinceOf = ({
  status,
  openedAt,
  startsOn,
}: {
  readonly status: string
  readonly openedAt: string | null
  readonly startsOn: string
}): string | null =>
  status === 'open' && openedAt !== null ? [parisDay(new Date(openedAt)), startsOn].sort()[1]! : null

/** Silent: no contact for that long, in a campaign that has been open as long. `openedOn` and days are Europe/Paris. */
export const isSilent = (lastContactOn: string | null, openSince: string | null, since: string): boolean =>
  openSince !== null && openSince <= since && (lastContactOn === null || lastContactOn <= since)
