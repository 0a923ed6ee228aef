import type pg from 'pg'
import { uuidv7 } from '../server/platform/ids.ts'
import { aNeed, insertNeeds } from '../server/work-with-employers/needs/testing.ts'
import { aService, insertServices } from '../server/work-with-employers/services/testing.ts'
import type { Scenario } from './search-scenarios.ts'
import { anAdvisor } from './setting.ts'

/** Sets of establishments that criteria name: one in twelve has a need, one in six used a service, one in four is forecast. */
export const criteriaScenarios = async (owner: pg.Client): Promise<Scenario[]> => {
  const gironde = 2033
  const who = await anAdvisor(owner, gironde)
  await owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
      values ($1, $2, $3, 'fiche-recrutement', 'consultation', $4, 'Banc', '2026-01-01', now())`,
    [uuidv7(), who.accountId, who.organisationId, gironde],
  )
  const { rows } = await owner.query<{ siret: string; epciId: number | null; clpeId: number | null }>(
    `select siret, epci_id as "epciId", clpe_id as "clpeId" from establishments where departement_id = $1 order by siret`,
    [gironde],
  )
  const places = rows.map(row => ({ ...row, siret: Number(row.siret), regionId: 1075, departementId: gironde }))
  const by = { organisationId: who.organisationId, ownerId: who.accountId }
  await insertNeeds(
    owner,
    places
      .filter((_, n) => n % 12 === 0)
      .map((place, n) => aNeed({ ...place, ...by, state: n % 2 ? 'ouvert' : 'abandonne' })),
  )
  await insertServices(
    owner,
    places.filter((_, n) => n % 6 === 0).map((place, n) => aService({ ...place, usedOn: `202${n % 7}-06-01` })),
  )
  await owner.query(
    `insert into hiring_forecasts (siret, month, expected, region_id, departement_id, epci_id, clpe_id)
      select siret, '2026-10-01', siret % 40, region_id, departement_id, epci_id, clpe_id from establishments
      where siret % 4 = 0`,
  )
  await owner.query(
    `insert into hiring_files (name, digest, finished_at, counts)
      values ('criteres.csv', 'criteres', '2026-11-01', '{"days": ["2025-01-01", "2026-10-31"]}')`,
  )
  const list = (name: string, asked: string): Scenario => ({
    name,
    who,
    calls: [{ path: `/api/establishments?territory=${gironde}&${asked}` }],
  })
  return [
    list('list by a need that stands', 'need=any'),
    list('list by services used', 'servicesUsedSince=2026-01-01'),
    list('list by services not used', 'servicesNotUsedSince=2026-01-01'),
    list('list by expected hires', 'expectedHires=30'),
  ]
}
