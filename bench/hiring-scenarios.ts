import type pg from 'pg'
import { uuidv7 } from '../server/platform/ids.ts'
import { sirenText, siretText } from '../server/platform/siret.ts'
import type { Scenario } from './search-scenarios.ts'
import { anAdvisor } from './setting.ts'

const gironde = 2033

/** A firm of forty shops, a farm of its own and seven years of hires, one shop in ten closed since. */
const siren = 899_999_999
const shops = 40

const layFirm = async (owner: pg.Client): Promise<void> => {
  await owner.query(
    `insert into establishments (siret, siren, nic, legal_name, naf, naf_nomenclature, active, head_office, diffusion,
      commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash)
    select $1::bigint * 100000 + n, $1, n, 'ENSEIGNE DE BANC', case n when 1 then '01.21Z' else '96.02A' end, 'NAFRev2',
      n % 10 > 0, n = 2, 'O', code, name, region_id, departement_id, epci_id, clpe_id, 0
    from generate_series(1, $2::int) n, communes where code = '33122'`,
    [siren, shops],
  )
  await owner.query(
    `insert into hirings_by_month (siret, month, kind, hires)
    select $1::bigint * 100000 + n, m, k, 1 + (n + extract(month from m)::int) % 4
    from generate_series(1, $2::int) n, generate_series(date '2019-11-01', '2026-10-01', interval '1 month') m,
      unnest(array['cdi', 'cdd-short']) k`,
    [siren, shops],
  )
  await owner.query(
    `insert into hiring_months (month, brought_at)
    select m, '2026-11-02T03:00:00Z' from generate_series(date '2019-11-01', '2026-10-01', interval '1 month') m
    on conflict do nothing`,
  )
  await owner.query(
    `insert into hiring_files (name, digest, finished_at, counts) values ('enseigne.csv', 'enseigne', '2026-11-02T03:00:00Z',
      '{"days": ["2019-11-01", "2026-10-31"]}')`,
  )
  // With the memory of an import, whose counts are compared again with the firm's.
  await owner.query(`set jit = off; set work_mem = '256MB'`)
  await owner.query('select compare_hirings(array[2024, 2025]), season_hirings(array[2024, 2025])')
  await owner.query('reset jit; reset work_mem')
}

/** What is read of the hires of an establishment, and of its company, by who holds the tool over its department. */
export const hiringScenarios = async (owner: pg.Client): Promise<Scenario[]> => {
  await layFirm(owner)
  const who = await anAdvisor(owner, gironde, [{ tool: 'fiche-recrutement', profile: 'consultation' }])
  const sirets = [7, 11, 13].map(n => siretText(siren * 100_000 + n))
  const ofEach = (more: string) => sirets.map(siret => ({ path: `/api/establishments/${siret}/recruitment${more}` }))
  return [
    { name: 'a recruitment card', who, calls: ofEach('') },
    { name: 'its line on the card of the employer', who, calls: ofEach('/summary') },
    {
      name: 'the recruitments of a company of forty establishments',
      who,
      calls: [{ path: `/api/companies/${sirenText(siren)}/recruitment` }],
    },
  ]
}

/** The same asked of every establishment, and what looks for employers by their hires: beside the floor alone. */
export const hiringCriteria = async (owner: pg.Client): Promise<Scenario[]> => {
  const who = await anAdvisor(owner, gironde, [{ tool: 'fiche-recrutement', profile: 'consultation' }])
  const { rows } = await owner.query<{ siret: number }>(
    `select siret from hirings_recent where departement_id = $1 order by md5(siret::text) limit 200`,
    [gironde],
  )
  const asking = 'hires=cdi&hiresAtLeast=2'
  const list = (more = '') => ({ path: `/api/establishments?territory=${gironde}&${asking}${more}` })
  const campaign = uuidv7()
  await owner.query(
    `insert into campaigns (id, name, purpose, territory_id, region_id, departement_id, starts_on, ends_on, status,
      pilot_id, created_by, created_at)
    select $1, 'Qui embauche', 'prospection', $4, parent_id, $4, '2027-01-04', '2027-06-30', 'draft', $2, $3, now()
      from territories where id = $4`,
    [campaign, who.organisationId, who.accountId, gironde],
  )
  await owner.query('insert into campaign_members values ($1, $2)', [campaign, who.organisationId])
  return [
    {
      name: 'a recruitment card of two hundred',
      who,
      calls: rows.map(({ siret }) => ({ path: `/api/establishments/${siretText(siret)}/recruitment` })),
    },
    { name: 'list of a department by its hires', who, calls: [list()] },
    { name: 'the same, with the count', who, calls: [list('&total=true')] },
    {
      name: 'counts of the search, by hires too',
      who,
      calls: [{ path: `/api/establishments/facets?territory=${gironde}&${asking}` }],
    },
    {
      name: 'targets of a campaign by hires, before they are added',
      who,
      calls: [
        {
          path: `/api/campaigns/${campaign}/targets/preview`,
          method: 'POST',
          body: JSON.stringify({ criteria: { hires: { classes: ['cdi'], atLeast: 2 } } }),
        },
      ],
    },
  ]
}
