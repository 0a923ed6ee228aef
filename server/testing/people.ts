import { type Profile, profiles, type Tool, tools } from '../../contract/route.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import { addDays, parisDay } from '../platform/time.ts'
import type { House } from './house.ts'

/** The same numbers at each run, so that a disagreement can be looked at again (mulberry32). */
export const seededRandom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
export const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

/** Places of every kind, some inside others: a perimeter and a row are drawn from the same. */
export const places = {
  regions: [1075, 1076],
  departements: [2033, 2040, 2031],
  epcis: [200000001, 200000002, 200000003],
  clpes: [10001, 10002, 10003],
}
export const insertPlaces = async (house: House): Promise<void> => {
  const rows = [
    ['region', places.regions],
    ['departement', places.departements],
    ['epci', places.epcis],
    ['clpe', places.clpes],
  ] as const
  for (const [kind, ids] of rows)
    for (const id of ids)
      await house.owner.query(
        'insert into territories (id, kind, code, name) values ($1, $2, $3, $4) on conflict do nothing',
        [id, kind, String(id), `Territoire ${id}`],
      )
}
/** The territories of a commune somewhere, or of none. */
export const somePlace = (random: () => number) =>
  random() < 0.05
    ? { regionId: null, departementId: null, epciId: null, clpeId: null }
    : {
        regionId: pick(random, places.regions),
        departementId: pick(random, places.departements),
        epciId: pick(random, [...places.epcis, null]),
        clpeId: pick(random, [...places.clpes, null]),
      }

/**
 * Sessions of people of every kind, as hashes: grants of each tool, profile and perimeter, some over, to come or
 * revoked; accounts suspended; sessions locked, ended, or short of their second factor.
 */
export const peopleOfAllKinds = async (
  house: House,
  organisationIds: readonly string[],
  count: number,
  random: () => number,
): Promise<Buffer[]> => {
  const today = parisDay(new Date())
  const perimeters = [0, ...places.regions, ...places.departements, ...places.epcis, ...places.clpes]
  const hashes: Buffer[] = []
  for (let i = 0; i < count; i++) {
    const grants = Array.from({ length: Math.floor(random() * 5) }, () => {
      const tool: Tool = pick(random, tools)
      const profile: Profile = tool === 'fiche-recrutement' ? 'consultation' : pick(random, profiles)
      const when = random()
      return {
        tool,
        profile,
        territoryId: random() < 0.08 ? 0 : pick(random, perimeters.slice(1)),
        startsOn: when < 0.1 ? addDays(today, 1) : '2026-01-01',
        endsOn: when > 0.9 ? addDays(today, -1) : when > 0.8 ? today : null,
        revokedAt: random() < 0.1 ? new Date() : null,
      }
    })
    const kind = random()
    const now = Date.now()
    const person = await house.person(
      pick(random, organisationIds),
      grants,
      kind < 0.06
        ? { secondFactor: null }
        : kind < 0.12
          ? { lastSeenAt: new Date(now - 31 * 60_000) }
          : kind < 0.16
            ? { createdAt: new Date(now - 13 * 3_600_000) }
            : {},
    )
    if (kind > 0.96) await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [person.id])
    hashes.push(tokenHash(person.cookie.slice('session='.length)))
  }
  return hashes
}
