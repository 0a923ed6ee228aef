import type pg from 'pg'
import { uuidv7 } from '../server/platform/ids.ts'
import type { Call } from './load.ts'
import type { Scenario } from './search-scenarios.ts'
import { anAdvisor } from './setting.ts'

const today = '2026-11-25'
const lpad = (siret: number) => String(siret).padStart(14, '0')

/**
 * What an advisor and a pilot do all day, over a campaign of 5,000 targets of a department among the two thousand
 * others.
 */
export const campaignScenarios = async (owner: pg.Client): Promise<Scenario[]> => {
  const gironde = 2033
  const pilot = await anAdvisor(owner, gironde)
  const campaign = uuidv7()
  await owner.query(
    `insert into campaigns (id, name, purpose, territory_id, region_id, departement_id, starts_on, ends_on, status,
      pilot_id, created_by, created_at, opened_at)
    select $1, 'Cinq mille cibles', 'prospection', ${gironde}, (select parent_id from territories
      where id = ${gironde}), ${gironde}, '2026-09-01', '2027-02-28', 'open', $2, $3, '2026-08-25', '2026-09-01'`,
    [campaign, pilot.organisationId, pilot.accountId],
  )
  await owner.query(
    `insert into campaign_members select $1::uuid, $2::uuid union select $1::uuid, id
      from (select id from organisations where kind = 'autre' and id <> $2::uuid order by siret limit 4) o`,
    [campaign, pilot.organisationId],
  )
  await owner.query(`update campaign_memberships set joined_at = '2026-08-25' where campaign_id = $1`, [campaign])
  await owner.query(`insert into campaign_goals values ($1, 'etablissements-contactes', 4000)`, [campaign])
  await owner.query(
    `delete from campaign_holds where campaign_id in (select id from campaigns where name = 'Cinq mille cibles')`,
  ) // of earlier runs
  // Those that no open campaign holds; half of them taken by the pilot's own advisor, four in ten contacted.
  await owner.query(
    `with chosen as (select e.*, row_number() over (order by siret) as n from establishments e
      where departement_id = ${gironde} and active and not exists (select from campaign_holds h where h.siret = e.siret)
      limit 5000),
    target as (insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id, status,
      taken_by, taken_by_organisation, taken_at)
      select $1, siret, region_id, departement_id, epci_id, clpe_id,
        (array['a-contacter', 'prise-en-charge', 'en-cours', 'rendez-vous', 'traite'])[n % 5 + 1], case when n % 2 = 0
        then $2::uuid end, case when n % 2 = 0 then $3::uuid end, case when n % 2 = 0 then timestamptz '2026-09-10' end
        from chosen),
    held as (insert into campaign_holds select $1, siret, daterange('2026-09-01', '2027-03-01') from chosen),
    met as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, campaign_id, organisation_id,
      author_id, occurred_on, reached, visibility, recorded_at)
      select gen_random_uuid(), siret, region_id, departement_id, epci_id, clpe_id, $1, $3, $2,
        date '2026-09-10' + (n % 70)::int, true, 'reseau', now() from chosen where n % 5 > 1 returning *),
    said as (insert into exchange_contents (exchange_id, organisation_id, region_id, departement_id, epci_id, clpe_id,
      visibility, channel, result) select id, organisation_id, region_id, departement_id, epci_id, clpe_id, visibility,
      'telephone', 'a-rappeler' from met),
    due as (insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id,
      organisation_id, visibility, kind, due_on, owner_id)
      select gen_random_uuid(), id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, visibility,
        'rappel', occurred_on + 30, author_id from met)
    insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
      select campaign_id, siret, organisation_id, 1, 0, occurred_on from met`,
    [campaign, pilot.accountId, pilot.organisationId],
  )
  await owner.query('analyze')
  const sirets = (
    await owner.query<{ siret: number }>(
      `select siret from campaign_targets where campaign_id = $1 order by md5(siret::text) limit 400`,
      [campaign],
    )
  ).rows.map(r => lpad(r.siret))
  const get = (path: string): Call => ({ path: `/api${path}` })
  const base = `/campaigns/${campaign}`
  const recorded = (siret: string, i: number): Call => ({
    path: '/api/exchanges',
    method: 'POST',
    keyed: true,
    body: JSON.stringify({
      siret,
      campaignId: campaign,
      occurredOn: today,
      channel: 'telephone',
      result: 'a-rappeler',
      personMet: 'Responsable de site',
      notes: `À reprendre après l’inventaire, dit en ${i}.`,
      nextAction: { kind: 'rappel', dueOn: '2026-12-10' },
    }),
  })
  return [
    { name: 'list of campaigns', who: pilot, calls: [get('/campaigns')] },
    {
      name: 'list of targets',
      who: pilot,
      calls: [
        get(`${base}/targets?limit=25`),
        get(`${base}/targets?limit=25&status=en-cours`),
        get(`${base}/targets?limit=25&mine=true`),
      ],
    },
    { name: 'next actions', who: pilot, calls: [get('/next-actions')] },
    { name: 'before contacting', who: pilot, calls: sirets.map(s => get(`/establishments/${s}/before-contact`)) },
    { name: 'history of an establishment', who: pilot, calls: sirets.map(s => get(`/exchanges?siret=${s}`)) },
    { name: 'progress of a campaign', who: pilot, calls: [get(`${base}/progress`)] },
    { name: 'the four figures, a year', who: pilot, calls: [get(`/indicators?from=2026-01-01&to=${today}`)] },
    { name: 'recording an exchange', who: pilot, calls: sirets.map(recorded) },
  ]
}
