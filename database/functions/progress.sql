-- The figures of a campaign's progress (CAM-8).

/*
 * All that the progress counts of a campaign, with one reading of its exchanges and one of its targets.
 * Bypasses row-level security, for two members of different perimeters read the same progress; answers nothing of a
 * campaign that is not visible. What policies keep from a reader is kept here by their own words, compared with them by
 * a test:
 * what was heard (exchanges, exchange_contents), what is due (next_actions).
 * `advisors`: all of the viewer's own organisation for who leads there, oneself otherwise; never another
 * organisation's, not even as a count. The SQL twin of mayReadAdvisor.
 * `needs`: those for the network that came from an exchange of the campaign, and the hires they led to; by structure,
 * those it noted and the hires it made.
 * `zone`: one step finer than the campaign's territory. `untouched`: taken until that day and not contacted since.
 * `late`: due before `on_day`.
 */
create or replace function ctx.campaign_progress(campaign uuid, zone_kind text, on_day date, taken_before date)
returns table (groups jsonb, firsts jsonb, results jsonb, advisors jsonb, late int, needs jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare
  own uuid := ctx.organisation();
  me uuid := ctx.account();
  fiche int[] := ctx.fiche();
  leads_here boolean := ctx.leads(campaign);
begin
  if campaign not in (select ctx.visible_campaigns()) then return; end if;
  return query
  with said as materialized (
    select x.siret, x.author_id, x.occurred_on, x.status = 'recorded' as recorded, x.organisation_id = own as ours,
      x.reached and c.visibility = 'reseau' as reached, case when c.visibility = 'reseau' then c.result end as shared,
      ctx.covers(fiche, x.region_id, x.departement_id, x.epci_id, x.clpe_id) as readable,
      case when ctx.covers(fiche, c.region_id, c.departement_id, c.epci_id, c.clpe_id)
        and (c.visibility = 'reseau' or c.organisation_id = own) then c.result end as heard,
      case when n.organisation_id = own then n.owner_id end as due_from,
      ctx.covers(fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
        and (n.visibility = 'reseau' or n.organisation_id = own) as due
    from public.exchanges x left join public.exchange_contents c on c.exchange_id = x.id
    left join public.next_actions n on n.exchange_id = x.id and n.done_at is null and n.cancelled_at is null
      and n.due_on < on_day
    where x.campaign_id = campaign),
  contacted as materialized (
    select s.siret, min(s.occurred_on) as first_on, coalesce(bool_or(s.reached), false) as reached,
      coalesce(bool_or(s.shared = 'rendez-vous-pris'), false) as meeting,
        coalesce(bool_or(s.shared = 'besoin-detecte'), false) as need
    from said s where s.recorded group by s.siret),
  wanted as materialized (
    select n.id, x.siret, n.organisation_id, n.hired,
      n.state in ('ouvert', 'pris-en-charge', 'partiellement-pourvu') as open
    from public.exchanges x join public.needs n on n.exchange_id = x.id and n.visibility = 'reseau'
    where x.campaign_id = campaign),
  hiring as (select w.siret, sum(w.hired)::int as hires from wanted w group by w.siret),
  answered as (
    select organisation_id as id, coalesce(w.noted, 0) as noted, coalesce(h.hires, 0) as hires
    from (select w.organisation_id, count(*)::int as noted from wanted w group by 1) w
    full join (select h.organisation_id, sum(h.number)::int as hires from wanted w
      join public.need_hires h on h.need_id = w.id group by 1) h using (organisation_id)),
  target as (
    select t.status, t.status <> 'ecarte' as live, t.taken_by, c.siret is not null as contacted,
      coalesce(c.reached, false) as reached, coalesce(c.meeting, false) as meeting, coalesce(c.need, false) as need,
      coalesce(h.hires, 0) as hires,
      t.status = 'prise-en-charge' and (t.taken_at at time zone 'Europe/Paris')::date <= taken_before as untouched,
      case when t.taken_by_organisation = own and (t.taken_by = me or leads_here) then t.taken_by end as mine,
      case when e.naf_nomenclature in ('NAFRev2', 'NAF25') then left((public.former_activities(e.naf,
        e.naf_nomenclature, e.naf_former))[1], 2) end as division, e.headcount_band as band,
      case zone_kind when 'departement' then t.departement_id::text when 'epci' then t.epci_id::text
        else e.commune_code end as zone
    from public.campaign_targets t left join contacted c on c.siret = t.siret left join hiring h on h.siret = t.siret
    left join public.establishments e on e.siret = t.siret
    where t.campaign_id = campaign),
  -- 31 bits less the one that is not grouped: all (31), division (15), band (23), zone (27), status (29), advisor (30).
  counted as materialized (
    select grouping(division, band, zone, status, mine) as by, division, band, zone, status, mine,
      count(*)::int as lines,
      count(*) filter (where live)::int as targets, count(*) filter (where live and taken_by is not null)::int as taken,
      count(*) filter (where contacted)::int as contacted, count(*) filter (where reached)::int as reached,
      count(*) filter (where meeting)::int as meetings, count(*) filter (where need)::int as needs,
        count(*) filter (where untouched)::int as untouched,
      count(*) filter (where hires > 0)::int as hiring, coalesce(sum(hires), 0)::int as hires
    from target group by grouping sets ((division), (band), (zone), (status), (mine), ())),
  spoken as (
    select s.author_id as id, count(*)::int as contacts, count(distinct s.siret)::int as contacted from said s
    where s.ours and s.recorded and (s.author_id = me or leads_here) group by 1),
  owed as (select s.due_from as id, count(*)::int as late from said s where s.due_from = me
    or leads_here and s.due_from is not null group by 1),
  advisor as (
    select id, coalesce(h.targets, 0) as taken, coalesce(h.untouched, 0) as untouched,
      coalesce(s.contacts, 0) as contacts, coalesce(s.contacted, 0) as contacted, coalesce(o.late, 0) as late
    from (select c.mine as id, c.targets, c.untouched from counted c where c.by = 30 and c.mine is not null
      and c.targets > 0) h full join spoken s using (id) full join owed o using (id))
  select
    (select jsonb_agg(jsonb_build_object('by', case c.by when 15 then 'division' when 23 then 'band' when 27 then 'zone'
      when 29 then 'status' else 'all' end,
      'division', c.division, 'band', c.band, 'zone', c.zone, 'status', c.status, 'lines', c.lines, 'targets',
        c.targets, 'taken', c.taken, 'contacted', c.contacted,
      'reached', c.reached, 'meetings', c.meetings, 'needs', c.needs, 'untouched', c.untouched, 'hiring', c.hiring,
        'hires', c.hires,
      'zoneName', case when c.by = 27 then case zone_kind when 'commune' then (select z.name from public.communes z
        where z.code = c.zone) else (select z.name from public.territories z where z.id = c.zone::int) end end))
      from counted c where c.by <> 30),
    (select coalesce(jsonb_agg(jsonb_build_object('day', f.first_on, 'count', f.count) order by f.first_on), '[]')
      from (select c.first_on, count(*)::int as count from contacted c group by 1) f),
    (select coalesce(jsonb_agg(jsonb_build_object('result', r.heard, 'count', r.count) order by r.count desc, r.heard),
      '[]') from (select s.heard, count(*)::int as count from said s where s.recorded and s.readable group by 1) r),
    (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from advisor a),
    (select count(*)::int from said s where s.readable and s.due),
    (select jsonb_build_object('noted', count(*), 'open', count(*) filter (where w.open), 'hires',
      coalesce(sum(w.hired), 0),
      'byOrganisation', (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from answered a)) from wanted w);
end $$;
select pg_temp.as_definer('ctx.campaign_progress(uuid, text, date, date)', 'cc_web');
