import type pg from 'pg'
import type { Call } from './load.ts'
import type { Scenario } from './search-scenarios.ts'
import { anAdvisor } from './setting.ts'

const get = (path: string): Call => ({ path: `/api${path}` })
const found = (q: string): Call => ({ path: '/api/found', method: 'POST', body: JSON.stringify({ q }) })

/**
 * One employer of whom the network tells 2,000 events, three quarters of them exchanges; and what the search box asks
 * beside the register: campaigns, colleagues, people, a phone.
 */
export const knownScenarios = async (owner: pg.Client): Promise<Scenario[]> => {
  const who = await anAdvisor(owner, 2033)
  const { rows } = await owner.query<{ siret: string }>(
    `select lpad(siret::text, 14, '0') as siret from establishments where departement_id = 2033 and active
      and diffusion = 'O' order by siret desc limit 1`,
  )
  const { siret } = rows[0]!
  const line = [siret, who.accountId, who.organisationId]
  await owner.query(
    `with e as (select * from establishments where siret = $1::bigint),
      met as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
        occurred_on, reached, visibility, recorded_at)
        select gen_random_uuid(), siret, region_id, departement_id, epci_id, clpe_id, $3, $2,
          date '2026-11-24' - n, true, 'reseau', now() from e, generate_series(1, 1500 - (select count(*)::int
          from exchanges x where x.siret = $1::bigint)) n returning *)
      insert into exchange_contents (exchange_id, organisation_id, region_id, departement_id, epci_id, clpe_id,
        visibility, channel, result, notes) select id, organisation_id, region_id, departement_id, epci_id, clpe_id,
        visibility, 'telephone', 'pas-de-besoin', 'Effectif complet jusqu’à l’été.' from met`,
    line,
  )
  await owner.query(
    `with e as (select * from establishments where siret = $1::bigint),
      noted as (insert into notes (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
        notes, visibility, noted_on, noted_at)
        select gen_random_uuid(), siret, region_id, departement_id, epci_id, clpe_id, $3, $2,
          'Passer par la rue de derrière.', 'reseau', date '2026-11-23' - 3 * n, now() from e,
          generate_series(1, 500 - (select count(*)::int from notes x where x.siret = $1::bigint)) n returning *)
      insert into note_versions (note_id, version, change, notes, visibility, reason, organisation_id, author_id, at)
        select id, 1, 'noted', notes, visibility, null, organisation_id, author_id, noted_at from noted`,
    line,
  )
  await owner.query('analyze exchanges, exchange_contents, notes')
  const card = `/establishments/${siret}`
  const begun = ['banc1', 'cam', 'prospection', '05 56', 'cinq mille']
  return [
    { name: 'history of 2,000 events, first page', who, calls: [get(`${card}/history?limit=20&total=true`)] },
    { name: 'history of 2,000 events, a hundred at once', who, calls: [get(`${card}/history?limit=100`)] },
    { name: 'before contacting, 2,000 events', who, calls: [get(`${card}/before-contact`)] },
    { name: 'search box beside the register', who, calls: begun.map(found) },
  ]
}
