import type pg from 'pg'

export interface World {
  readonly campaigns: number
  readonly targets: number
  readonly exchanges: number
}

/**
 * Campaigns over a register that is there: three partners a CLPE with five people each, six campaigns a CLPE at
 * different moments of their life, up to 500 targets each, and exchanges with six targets in ten and with others; all
 * in a few statements, as the product would have left them. For 3 M establishments or more: 2,000 campaigns, 1.5 M
 * exchanges.
 */
export const fillCampaigns = async (
  owner: pg.ClientBase,
  establishments: number,
  say: (line: string) => void,
): Promise<World> => {
  const wanted = Math.round(establishments / 1500)
  const step = async (what: string, text: string, values: unknown[] = []) => {
    const { rowCount } = await owner.query(text, values)
    say(`  ${what}: ${(rowCount ?? 0).toLocaleString('en')}`)
    return rowCount ?? 0
  }
  await owner.query(`begin; set local work_mem = '256MB';
    create temp table place on commit drop as select clpe_id, row_number() over (order by clpe_id) - 1 as n
      from (select distinct clpe_id from communes where clpe_id is not null and valid_to is null) c;
    create temp table partner on commit drop as select gen_random_uuid() as id, clpe_id, m, n * 3 + m as n
      from place, generate_series(0, 2) m;
    create temp table person on commit drop as
      select gen_random_uuid() as id, p.id as organisation_id, p.clpe_id, m, p.n * 5 + i as n, i
      from partner p, generate_series(0, 4) i;
    create temp table ground on commit drop as
      select siret, region_id, departement_id, epci_id, clpe_id, row_number() over (partition by clpe_id
        order by siret) - 1 as rn from establishments where active and clpe_id is not null;
    analyze place, partner, person, ground`)
  await step(
    'partners',
    `insert into organisations (id, siret, name, kind, created_at)
      select id, 98000000000000 + n, 'Partenaire du bassin ' || clpe_id || ' n° ' || m + 1, 'autre', now()
      from partner`,
  )
  await step(
    'their territories',
    `insert into organisation_territories (id, organisation_id, territory_id, from_at, reason)
      select gen_random_uuid(), id, clpe_id, '2026-01-01', 'Banc' from partner`,
  )
  await step(
    'conventions',
    `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from)
      select gen_random_uuid(), id, 0, 'BANC-' || n, '2026-01-01', '2026-01-01' from partner`,
  )
  await step(
    'people',
    `insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
      select id, organisation_id, 'Camille', 'Banc' || n, 'Conseil aux entreprises', now() from person`,
  )
  await step(
    'grants',
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
    select gen_random_uuid(), id, organisation_id, tool, case when i = 0 and tool = 'campagnes' then 'pilote'
      else 'conseiller' end, clpe_id, 'Prospection de la task force', '2026-01-01', now()
      from person, unnest(array['campagnes', 'fiche-etablissement']) tool`,
  )
  // Two open, three closed, one in preparation; the first two hold their targets.
  const campaigns = await step(
    'campaigns',
    `
    create temp table drive on commit drop as
      select gen_random_uuid() as id, clpe_id, k, (array['open', 'open', 'closed', 'closed', 'archived',
        'draft'])[k % 6 + 1] as status,
        (array['2026-10-01', '2026-09-01', '2026-03-01', '2026-05-01', '2026-01-05',
          '2027-01-04'])[k % 6 + 1]::date as starts_on, n
      from (select p.clpe_id, p.n, s / (select count(*) from place) as k from generate_series(0, ${wanted} - 1) s
        join place p on p.n = s % (select count(*) from place)) d`,
  )
  await owner.query(`insert into campaigns (id, name, purpose, territory_id, region_id, departement_id, epci_id,
    clpe_id, starts_on, ends_on, status, pilot_id, created_by, created_at, opened_at, closed_at)
      select d.id, 'Campagne ' || d.k + 1 || ' du bassin ' || d.clpe_id, case when k % 3 = 2 then 'fidelisation'
        else 'prospection' end, d.clpe_id, c.region_id, c.departement_id, null, d.clpe_id, starts_on, starts_on + 120,
        status, p.id, a.id, starts_on - 10,
        case when status <> 'draft' then starts_on end, case when status in ('closed', 'archived')
          then starts_on + 121 end
      from drive d join partner p on p.clpe_id = d.clpe_id and p.m = 0 join person a on a.organisation_id = p.id
        and a.i = 0
        cross join lateral (select region_id, departement_id from communes where clpe_id = d.clpe_id
          and valid_to is null limit 1) c;
    insert into campaign_members select d.id, p.id from drive d join partner p using (clpe_id);
    update campaign_memberships m set joined_at = c.created_at from campaigns c where c.id = m.campaign_id;
    insert into campaign_goals select id, 'etablissements-contactes', 300 from drive; analyze drive`)
  const targets = await step(
    'targets',
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id, status, taken_by,
      taken_by_organisation, taken_at)
    select d.id, g.siret, g.region_id, g.departement_id, g.epci_id, g.clpe_id, s.status, a.id, a.organisation_id, case
      when a.id is not null then d.starts_on + 3 end
    from drive d join ground g on g.clpe_id = d.clpe_id and g.rn >= d.k * 500 and g.rn < d.k * 500 + 500
      cross join lateral (select case when d.status = 'draft' then 'a-contacter'
        else (array['a-contacter', 'a-contacter', 'prise-en-charge', 'prise-en-charge', 'en-cours', 'en-cours',
        'rendez-vous', 'besoin', 'traite', 'traite'])[g.rn % 10 + 1] end as status) s
      left join lateral (select id, organisation_id from person where clpe_id = d.clpe_id and n % 15 = g.rn % 15
        and s.status <> 'a-contacter') a on true`,
  )
  await step(
    'holds',
    `insert into campaign_holds select t.campaign_id, t.siret, daterange(d.starts_on, d.starts_on + 121) from drive d
      join campaign_targets t on t.campaign_id = d.id where d.status = 'open'`,
  )
  await owner.query(`create temp table talk on commit drop as
    select gen_random_uuid() as id, q.*, (array['besoin-detecte', 'rendez-vous-pris', 'a-rappeler', 'pas-de-besoin',
      'absent', 'injoignable', 'pas-de-besoin'])[h % 7 + 1] as result,
        (array['telephone', 'telephone', 'telephone', 'visite', 'courriel'])[h / 7 % 5 + 1] as channel, case
          when h / 35 % 10 = 0 then 'organisation' else 'reseau' end as visibility, a.id as author_id, a.organisation_id
    from (
      select t.siret, t.region_id, t.departement_id, t.epci_id, t.clpe_id, t.campaign_id,
        d.starts_on + (hashint8(t.siret * 31 + again) & 1023) % greatest(1,
        least(120, date '2026-11-24' - d.starts_on)) as occurred_on, hashint8(t.siret * 17 + again) & 1048575 as h
      from drive d join campaign_targets t on t.campaign_id = d.id cross join generate_series(0, 1) again
        where t.status not in ('a-contacter', 'prise-en-charge') and d.starts_on < date '2026-11-24'
      union all
      select siret, region_id, departement_id, epci_id, clpe_id, null,
        date '2026-11-24' - (hashint8(siret) & 1023) % 330, hashint8(siret * 13) & 1048575 from ground where rn >= 500
        and rn % 3 = 0) q
    join person a on a.clpe_id = q.clpe_id and a.n % 15 = h / 350 % 15 limit ${Math.round(establishments / 2)};
    analyze talk`)
  const exchanges = await step(
    'exchanges',
    `insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, campaign_id, organisation_id,
      author_id, occurred_on, reached, visibility, recorded_at)
    select id, siret, region_id, departement_id, epci_id, clpe_id, campaign_id, organisation_id, author_id, occurred_on,
      result not in ('absent', 'injoignable'), visibility, occurred_on + time '10:00' from talk`,
  )
  await owner.query(`
    insert into exchange_contents (exchange_id, organisation_id, region_id, departement_id, epci_id, clpe_id,
      visibility, channel, result, person_met, notes, need)
      select id, organisation_id, region_id, departement_id, epci_id, clpe_id, visibility, channel, result,
        'Responsable de site', 'Échange sur les besoins du trimestre à venir, à reprendre après l’inventaire.', case
        when result = 'besoin-detecte' then 'Deux préparateurs de commandes' end from talk;
    insert into exchange_versions (exchange_id, version, organisation_id, region_id, departement_id, epci_id, clpe_id,
      visibility, at, by_id, change, occurred_on, content)
      select id, 1, organisation_id, region_id, departement_id, epci_id, clpe_id, visibility,
        occurred_on + time '10:00', author_id, 'recorded', occurred_on,
        jsonb_build_object('channel', channel, 'result', result) from talk;
    insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
      select campaign_id, siret, organisation_id, count(*), count(*) filter (where result = 'besoin-detecte'),
        max(occurred_on) from talk where campaign_id is not null group by 1, 2, 3;
    insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
      visibility, kind, due_on, owner_id, done_at)
      select gen_random_uuid(), id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, visibility,
        'rappel', occurred_on + 14, author_id, case when h % 4 > 0 then occurred_on + 13 end from talk
        where result = 'a-rappeler';
    insert into usage_days (account_id, organisation_id, day, tool, kind, count, perimeter)
      select a.id, a.organisation_id, day::date, 'campagnes', kind, 3, array[a.clpe_id]
        from person a, generate_series(date '2026-09-01', date '2026-11-24', '7 days') day,
        unnest(array['campagnes-consultees', 'echanges-enregistres']) kind;
    commit`)
  await owner.query('vacuum analyze')
  return { campaigns, targets, exchanges }
}
