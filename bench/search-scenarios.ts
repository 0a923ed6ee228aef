import type pg from 'pg'
import type { Call } from './load.ts'
import { type Advisor, anAdvisor } from './setting.ts'
import { Chance } from './words.ts'

export interface Scenario {
  readonly name: string
  readonly who: Advisor
  readonly calls: readonly Call[]
}

const many = 200
const get = (path: string, query: Record<string, string | number | boolean>): Call => ({
  path: `/api${path}?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)] as [string, string]))}`,
})

/**
 * What people ask of the register, drawn from the register itself: the beginnings of names as they are typed, names
 * whole, misspelt, with filters; lists; cards.
 */
export const searchScenarios = async (owner: pg.Client): Promise<Scenario[]> => {
  const chance = new Chance(7)
  const territory = (await owner.query<{ id: number }>(`select clpe_id as id from communes where code = '33122'`))
    .rows[0]!.id
  const [here, national] = [await anAdvisor(owner, territory), await anAdvisor(owner, 0)]
  interface Sample {
    readonly siret: string
    readonly name: string
    readonly town: string
    readonly naf: string
  }
  const sample = async (where: string) =>
    (
      await owner.query<Sample>(
        `select lpad(siret::text, 14, '0') as siret, name, commune_name as town, naf
          from (select * from establishments tablesample bernoulli (${where === 'true' ? 0.3 : 100}) repeatable (3)
          where ${where} and name is not null and active and not partial_diffusion limit 60000) e
          order by md5(siret::text) limit ${many}`,
      )
    ).rows
  const [around, everywhere] = [await sample(`clpe_id = ${territory}`), await sample('true')]
  // A prefix as it stands at some moment of the typing, three letters at least.
  const begun = (name: string) => name.slice(0, 3 + chance.below(Math.max(1, Math.min(name.length, 22) - 3))).trimEnd()
  // The worst of it: a common trade, then two or three letters of what follows.
  const shortAfterCommon = () =>
    `${chance.pick(['boulangerie', 'garage', 'restaurant', 'coiffure', 'conseil', 'sci', 'transports', 'association'])} ${chance.pick(['ma', 'mar', 'sol', 'du', 'lam', 'pet', 'cen', 'bel', 'fra', 'mou', 'gar', 'le'])}`
  const misspelt = (name: string) => {
    const at = 1 + chance.below(Math.max(1, name.length - 2))
    return name.slice(0, at) + name.slice(at + 1)
  }
  const ahead = { limit: 8 }
  return [
    {
      name: 'type-ahead, own territory',
      who: here,
      calls: around.map(e => get('/establishments', { q: begun(e.name), territory, ...ahead })),
    },
    {
      name: 'type-ahead, own territory, common word and short prefix',
      who: here,
      calls: Array.from({ length: 96 }, () => get('/establishments', { q: shortAfterCommon(), territory, ...ahead })),
    },
    {
      name: 'type-ahead, everywhere',
      who: here,
      calls: everywhere.map(e => get('/establishments', { q: begun(e.name), ...ahead })),
    },
    {
      name: 'type-ahead, everywhere, common word and short prefix',
      who: national,
      calls: Array.from({ length: 96 }, () => get('/establishments', { q: shortAfterCommon(), ...ahead })),
    },
    {
      name: 'search by name, with the count',
      who: here,
      calls: everywhere.map(e => get('/establishments', { q: e.name, total: true })),
    },
    {
      name: 'search by name and town',
      who: here,
      calls: everywhere.map(e => get('/establishments', { q: `${e.name.split(' ').at(-1)} ${e.town}`, total: true })),
    },
    {
      name: 'search by a misspelt name',
      who: here,
      calls: everywhere.map(e => get('/establishments', { q: misspelt(e.name) })),
    },
    {
      name: 'list of a territory by activity and size',
      who: here,
      calls: around.map((e, i) =>
        get('/establishments', {
          territory,
          activity: e.naf.slice(0, 2),
          ...(i % 2 ? { size: '10-49' } : { employer: true }),
          total: true,
        }),
      ),
    },
    { name: 'a card', who: here, calls: everywhere.map(e => ({ path: `/api/establishments/${e.siret}` })) },
    { name: 'search by SIRET', who: here, calls: everywhere.map(e => get('/establishments', { q: e.siret })) },
  ]
}
