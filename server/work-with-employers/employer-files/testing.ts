import { after, before } from 'node:test'
import type { Static } from 'typebox'
import type { FileRow } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { correspondents } from '../correspondents/index.ts'
import { exchanges } from '../exchanges/index.ts'
import { notes } from '../notes/index.ts'
import { employerFiles } from './index.ts'

export const noon = new Date('2026-11-25T11:00:00Z')
/** Their keys are right: a file's SIRET is checked. */
export const bakery = '73282932000074'
export const garage = '35600000000048'
export const elsewhere = '44306184100047'

/** Three establishments, an advisor, a colleague, an advisor of another structure and one of another department. */
export const openFileHouse = async (clock = () => noon) => {
  const house = await openHouse([...employerFiles, ...exchanges, ...correspondents, ...notes], { clock })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2033, 'departement', '33', 'Gironde'),
      (2040, 'departement', '40', 'Landes')`,
  )
  const employer = (siret: string, name: string, place: { department?: number; street?: string; town?: string } = {}) =>
    house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, street, postal_code, commune_name, row_hash)
        values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, $2, true, true, 'O', 1075, $3, $4, $5, $6, 0)`,
      [
        siret,
        name,
        place.department ?? 2033,
        place.street ?? '1 RUE DES ESSAIS',
        place.department === 2040 ? '40000' : '33500',
        place.town ?? 'LIBOURNE',
      ],
    )
  await employer(bakery, 'BOULANGERIE ESSAI')
  await employer(garage, 'GARAGE ESSAI')
  await employer(elsewhere, 'SCIERIE ESSAI', { department: 2040, town: 'MONT-DE-MARSAN' })
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const at = (organisationId: string, territoryId = 2033) =>
    house.person(organisationId, [
      { tool: 'campagnes', profile: 'conseiller', territoryId },
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
    ])
  return {
    house,
    employer,
    claire: await at(cc.id),
    colleague: await at(cc.id),
    karim: await at(mission.id),
    reader: await house.person(cc.id, [
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
      { tool: 'campagnes', profile: 'consultation', territoryId: 2033 },
    ]),
    close: () => house.close(),
  }
}
export type FileHouse = Awaited<ReturnType<typeof openFileHouse>>

/** The same for all the tests of a file, and the contact that their rows tell. */
export const fileWorld = (): FileHouse => {
  const world = {} as FileHouse
  before(async () => {
    Object.assign(world, await openFileHouse())
  })
  after(() => world.close())
  return world
}
export const called = {
  day: '2026-03-02',
  channel: 'telephone',
  result: 'pas-de-besoin',
  notes: 'Rappeler en juin.',
} as const

/** Many establishments, of numbers that their keys hold. */
export const insertMany = async (house: House, count: number): Promise<string[]> => {
  const sirets = Array.from({ length: count }, (_, n) => keyed(90_000_000_000_000 + n * 10_000))
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id, departement_id,
        street, postal_code, commune_name, row_hash)
      select s, s / 100000, s % 100000, 'ATELIER NUMERO ' || n, true, true, 'O', 1075, 2033, n || ' RUE LONGUE', '33500', 'LIBOURNE', 0
      from unnest($1::bigint[]) with ordinality u (s, n)`,
    [sirets],
  )
  return sirets
}
const luhn = (digits: string) =>
  [...digits].reverse().reduce((sum, digit, i) => {
    const n = Number(digit) * (i % 2 ? 2 : 1)
    return sum + (n > 9 ? n - 9 : n)
  }, 0) % 10
const keyed = (n: number): string => {
  const text = siretText(n)
  return siretText(n + ((10 - luhn(text)) % 10))
}

type Row = Static<typeof FileRow>
const sha256 = 'ab'.repeat(32)
export const post = (house: House, who: Person, path: string, body?: object) =>
  house.call(who, 'POST', `/employer-files${path}`, body, once())
export const open = async (house: House, who: Person, rows: readonly Omit<Row, 'line'>[], over: object = {}) => {
  const opened = await post(house, who, '', {
    fileName: 'contacts.csv',
    sha256,
    rows: rows.length,
    visibility: 'reseau',
    ...over,
  })
  if (opened.status !== 200) throw new Error(JSON.stringify(opened.body))
  const id = opened.body.id as string
  for (let from = 0; from < rows.length; from += 200) {
    const sent = await post(house, who, `/${id}/rows`, {
      rows: rows.slice(from, from + 200).map((row, at) => ({ line: from + at + 2, ...row })),
    })
    if (sent.status !== 200) throw new Error(JSON.stringify(sent.body))
  }
  return id
}
/** Part after part, until nothing is under way. */
export const advance = async (house: House, who: Person, id: string) => {
  for (;;) {
    const { status, body } = await post(house, who, `/${id}/advance`)
    if (status !== 200) throw new Error(JSON.stringify(body))
    if (!['trying', 'doing', 'undoing'].includes(body.state)) return body
  }
}
export const tried = async (house: House, who: Person, id: string) => {
  const asked = await post(house, who, `/${id}/trial`)
  if (asked.status !== 200) throw new Error(JSON.stringify(asked.body))
  return advance(house, who, id)
}
export const confirmed = async (house: House, who: Person, id: string) => {
  await tried(house, who, id)
  const asked = await post(house, who, `/${id}/confirm`)
  if (asked.status !== 200) throw new Error(JSON.stringify(asked.body))
  return advance(house, who, id)
}
export const undone = async (house: House, who: Person, id: string) => {
  const asked = await post(house, who, `/${id}/undo`)
  if (asked.status !== 200) throw new Error(JSON.stringify(asked.body))
  return advance(house, who, id)
}
export const rowsOf = async (house: House, who: Person, id: string, part: string) =>
  (await house.call(who, 'GET', `/employer-files/${id}/rows?part=${part}&limit=200`)).body.items
