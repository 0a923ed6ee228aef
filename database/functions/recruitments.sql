-- Recruitments (DPAE): what a declaration counts as, the counts, and the lines that are dropped (REC-1, REC-2).

/*
 * What a declaration counts as, by the codes of the file: 1 CDD, 2 CDI, 3 CTT, 11 and 12 work-study. A month is 30.4
 * days, six are 182.6.
 * A CDD that says neither its days nor its end is apart: no class holds it.
 */
create or replace function hiring_kind(contract smallint, duration_days int)
returns text language sql immutable parallel safe
return case contract when 2 then 'cdi' when 3 then 'ctt' when 11 then 'apprentissage'
  when 12 then 'professionnalisation'
  when 1 then case when duration_days = 0 then 'cdd-unsaid' when duration_days <= 30 then 'cdd-short'
    when duration_days <= 182
    then 'cdd-medium' else 'cdd-long' end end;

/*
 * Whether the sum of these hires of companies, the most first, says nothing of one: at least six, so that five stay
 * beside each;
 * beside any other, none makes more than 85 %. The SQL twin of tellsNobody.
 */
create or replace function hirings_tell_nobody(hires int[]) returns boolean language sql immutable parallel safe
  as $$ select coalesce(cardinality(hires) >= 6
    and 100 * hires[1]::bigint <= 85 * ((select sum(h) from unnest(hires) h) - hires[2]), false) $$;

/*
 * The years that are whole, of these: their twelve months were brought, and the last of them after the year was over.
 */
create or replace function whole_hiring_years(years int[])
returns table (year int) language sql stable set search_path = public as $$
  select extract(year from m.month)::int from hiring_months m group by 1
  having extract(year from m.month)::int = any (years) and count(*) = 12
    and max(m.brought_at) >= make_timestamptz(extract(year from m.month)::int + 1, 1, 1, 0, 0, 0, 'Europe/Paris')
$$;

/*
 * Writes anew what groups are compared on, of these years. A year counts once its twelve months were brought and it was
 * over at the last file. Cells are told from the smallest territory to the largest: one that holds told ones is told
 * when what is beside them tells nobody either, and when it cuts none of them. What subtractions give is thus always a
 * sum that is told. The establishments of a company count as one: whoever knows its hires knows them all. The SQL twin
 * of toldCells.
 */
create or replace function compare_hirings(years int[]) returns void language plpgsql set search_path = public as $$
declare level text;
begin
  delete from hirings_compared where year = any (years);
  drop table if exists pg_temp.hirer;
  create temp table hirer as
    select extract(year from h.month)::int as year, coalesce(e.naf_nomenclature, 'NAFRev2') as nomenclature,
      left(e.naf, 4) as naf_group,
      e.siret, e.siren, e.epci_id, e.clpe_id, e.departement_id, e.region_id,
      coalesce(sum(h.hires) filter (where h.kind in ('cdi', 'cdd-long')), 0)::int as durable,
      coalesce(sum(h.hires) filter (where h.kind in ('cdd-medium', 'cdd-short', 'ctt')), 0)::int as other,
        '{}'::int[] as told
    from hirings_by_month h join establishments e using (siret)
    where extract(year from h.month)::int in (select w.year from whole_hiring_years(years) w)
      and h.month >= make_date((select min(y) from unnest(years) y), 1, 1)
      and h.month < make_date((select max(y) from unnest(years) y) + 1, 1, 1)
      and h.kind in ('cdi', 'cdd-long', 'cdd-medium', 'cdd-short', 'ctt')
      and e.naf is not null and coalesce(e.naf_nomenclature, 'NAFRev2') in ('NAFRev2', 'NAF25')
      and left(e.naf, 2) not in ('01', '02', '03')
    group by 1, 2, 3, 4;
  foreach level in array array['epci_id', 'clpe_id', 'departement_id', 'region_id'] loop
    execute format($level$
      with cutting as (
        select year, nomenclature, naf_group, territory_id from (
          select year, nomenclature, naf_group, %1$I as territory_id,
            count(*) over (partition by year, nomenclature, naf_group, t) as parts
          from hirer, unnest(told) t group by 1, 2, 3, 4, t) reached
        where parts > 1 and territory_id is not null),
      company as (
        select h.year, h.nomenclature, h.naf_group, h.%1$I as territory_id, count(*)::int as establishments,
          count(*) filter (where h.told = '{}') as beside, sum(h.durable)::int as durable, sum(h.other)::int as other,
          coalesce(sum(h.durable) filter (where h.told = '{}'), 0)::int as durable_beside,
          coalesce(sum(h.other) filter (where h.told = '{}'), 0)::int as other_beside
        from hirer h where h.%1$I is not null
        group by 1, 2, 3, 4, siren),
      cell as (
        select year, nomenclature, naf_group, territory_id, sum(establishments)::int as establishments,
          sum(durable)::int as durable, sum(other)::int as other
        from company
        -- One list, hashed once: a subquery for each hirer would read them all for each.
        where (year, nomenclature, naf_group, territory_id)
          not in (select year, nomenclature, naf_group, territory_id from cutting)
        group by 1, 2, 3, 4
        having hirings_tell_nobody(array_agg(durable order by durable desc) filter (where durable > 0))
          and hirings_tell_nobody(array_agg(other order by other desc) filter (where other > 0))
          and (sum(beside) = 0
            or hirings_tell_nobody(array_agg(durable_beside order by durable_beside desc)
              filter (where durable_beside > 0))
            and hirings_tell_nobody(array_agg(other_beside order by other_beside desc)
              filter (where other_beside > 0)))),
      written as (
        insert into hirings_compared (year, territory_id, naf_group, naf_nomenclature, establishments, durable, other)
        select year, territory_id, naf_group, nomenclature, establishments, durable, other from cell)
      update hirer h set told = h.told || c.territory_id from cell c
        where c.year = h.year and c.nomenclature = h.nomenclature and c.naf_group = h.naf_group
          and c.territory_id = h.%1$I
    $level$, level);
  end loop;
  drop table hirer;
end $$;

/*
 * Writes anew the season of each group of activity, by year: the part of each month in its hires, to a quarter of its
 * mean month. A year counts as compare_hirings counts it. It is told where thirty companies hired in each month and
 * none made over a tenth of it: all others known, a quarter of the mean month is then two and a half of the mean month
 * of that one.
 */
create or replace function season_hirings(years int[]) returns void language sql set search_path = public as $$
  delete from hiring_seasons where year = any (years);
  insert into hiring_seasons (naf_group, naf_nomenclature, year, quarters)
  select naf_group, nomenclature, year, array_agg(round(48 * hires / whole)::int order by month)
  from (
    select naf_group, nomenclature, year, month, sum(hires) as hires, sum(sum(hires)) over same_year as whole,
      bool_and(count(*) >= 30
        and 10 * max(hires) <= sum(hires)) over same_year as tells_nobody, count(*) over same_year as months
    from (
      select left(e.naf, 4) as naf_group, coalesce(e.naf_nomenclature, 'NAFRev2') as nomenclature,
        extract(year from h.month)::int as year,
        h.month, e.siren, sum(h.hires) as hires
      from hirings_by_month h join establishments e using (siret)
      where extract(year from h.month)::int in (select w.year from whole_hiring_years(years) w)
        and h.month >= make_date((select min(y) from unnest(years) y), 1, 1)
        and h.month < make_date((select max(y) from unnest(years) y) + 1, 1, 1)
        and e.naf is not null and coalesce(e.naf_nomenclature, 'NAFRev2') in ('NAFRev2', 'NAF25')
        and left(e.naf, 2) not in ('01', '02', '03')
      group by 1, 2, 3, 4, 5) one
    group by naf_group, nomenclature, year, month
    window same_year as (partition by naf_group, nomenclature, year)) each
  where tells_nobody and months = 12
  group by naf_group, nomenclature, year;
$$;

/*
 * Counts anew, of each establishment of the register, the last twelve months that files tell whole: those of the card.
 * Employers that declare elsewhere (MSA, ENIM) have no figure there, hence none here. Rows that stay the same are not
 * written.
 */
create or replace function count_recent_hirings() returns void language sql set search_path = public as $$
  with told as (
      select date_trunc('month',
        least(max((f.counts -> 'days' ->> 1)::date), max(ctx.paris_day(f.finished_at))) + 1)::date as until
      from hiring_files f where f.finished_at is not null),
    counted as (
      select siret, sum(hires)::int as total,
        coalesce(sum(hires) filter (where kind = 'cdi'), 0)::int as cdi,
        coalesce(sum(hires) filter (where kind = 'cdd-long'), 0)::int as cdd_long,
        coalesce(sum(hires) filter (where kind in ('cdd-medium', 'cdd-short')), 0)::int as cdd,
        coalesce(sum(hires) filter (where kind = 'ctt'), 0)::int as ctt,
        coalesce(sum(hires) filter (where kind in ('apprentissage', 'professionnalisation')), 0)::int as work_study
      from hirings_by_month
      where month >= (select until - interval '12 months' from told) and month < (select until from told)
      group by 1),
    recent as materialized (
      select c.*, e.region_id, e.departement_id, e.epci_id, e.clpe_id
      from counted c join establishments e using (siret)
      where e.diffusion <> 'N' and coalesce(left(e.naf, 2) not in ('01', '02', '03'), true)),
    gone as (delete from hirings_recent r where not exists (select from recent n where n.siret = r.siret))
  insert into hirings_recent as r (siret, region_id, departement_id, epci_id, clpe_id, total, cdi, cdd_long, cdd,
    ctt, work_study)
  select siret, region_id, departement_id, epci_id, clpe_id, total, cdi, cdd_long, cdd, ctt, work_study from recent
  on conflict (siret) do update set (region_id, departement_id, epci_id, clpe_id, total, cdi, cdd_long, cdd,
    ctt, work_study)
    = (excluded.region_id, excluded.departement_id, excluded.epci_id, excluded.clpe_id, excluded.total, excluded.cdi,
      excluded.cdd_long,
      excluded.cdd, excluded.ctt, excluded.work_study)
    where r is distinct from excluded;
$$;

/*
 * Counts these months anew from the declarations, except those whose lines are dropped: their counts are all that is
 * left.
 */
create or replace function count_hirings(months date[]) returns void language sql set search_path = public as $$
  delete from hirings_by_month where month = any (months)
    and month in (select month from hiring_months where dropped_at is null);
  insert into hirings_by_month (siret, month, kind, hires)
  select d.siret, m.month, hiring_kind(d.contract, d.duration_days), sum(d.hires)
  from hiring_months m join hiring_declarations d on d.hired_on >= m.month and d.hired_on < m.month + interval '1 month'
  where m.month = any (months) and m.dropped_at is null
  group by 1, 2, 3;
  select count_recent_hirings();
  select compare_hirings((select array_agg(distinct extract(year from m)::int) from unnest(months) m));
$$;
revoke all on function count_recent_hirings(), count_hirings(date[]), compare_hirings(int[]),
  hirings_tell_nobody(int[]),
  whole_hiring_years(int[]), season_hirings(int[]) from public;

-- Where the viewer reads the recruitment card: its grants are in no list of the context, and are worked out.
create or replace function ctx.recrutement()
returns int[] language plpgsql stable security definer set search_path = '' as $$
declare refused text[] := coalesce(nullif(current_setting('ctx.refused', true), '')::text[], '{}');
begin
  return case when ctx.ok() then array(select distinct g.territory_id
    from ctx.effective_grants(ctx.account(), ctx.clock()) g
    where g.tool = 'fiche-recrutement' and not g.profile = any (refused)) else '{}' end;
end $$;
select pg_temp.as_definer('ctx.recrutement()', 'cc_web', 'cc_worker');

-- The last month that files tell whole. The SQL twin of lastWholeMonth.
create or replace function ctx.last_hiring_month()
returns date language plpgsql stable security definer set search_path = '' as $$
begin
  return (select (pg_catalog.date_trunc('month',
    least(max((f.counts -> 'days' ->> 1)::date), max(ctx.paris_day(f.finished_at))) + 1)
    - interval '1 month')::date from public.hiring_files f where f.finished_at is not null and ctx.ok());
end $$;
select pg_temp.as_definer('ctx.last_hiring_month()', 'cc_web', 'cc_worker');

-- The establishments expected to hire so many over the three months after the last one told, of the recruitment cards
-- that the asker reads, where the card tells it (REC-4, CAM-2). A forecast of an earlier month is the card's no more.
-- It runs with the asker's rights.
create or replace function hires_expected(at_least int)
returns table (siret bigint, departement_id int) language sql stable parallel safe as $$
  select f.siret, f.departement_id from public.hiring_forecasts f where f.expected >= at_least
    and f.month = (select ctx.last_hiring_month())
$$;
revoke all on function hires_expected(int) from public;
grant execute on function hires_expected(int) to cc_web, cc_worker;

-- The SQL twin of mayReadRecruitment: of an establishment of the register, over a perimeter that covers it. One that
-- the register withdrew stands nowhere, which a whole country would cover.
create or replace function ctx.reads_hirings(of_siret bigint)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.establishments e
    where e.siret = of_siret and e.diffusion <> 'N'
      and ctx.covers(ctx.recrutement(), e.region_id, e.departement_id, e.epci_id, e.clpe_id));
end $$;
select pg_temp.as_definer('ctx.reads_hirings(bigint)', 'cc_web');

-- The hires of an establishment by month and kind, from a month on: to who reads its recruitment card.
create or replace function hirings_at(of_siret bigint, since date) returns table (month date, kind text, hires int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not (ctx.ok() and ctx.reads_hirings(of_siret)) then return; end if;
  return query select h.month, h.kind, h.hires from public.hirings_by_month h where h.siret = of_siret
    and h.month >= since order by h.month, h.kind;
end $$;
select pg_temp.as_definer('hirings_at(bigint, date)', 'cc_web');

-- Which months files brought, and until when they tell: the last day of hire, or the day of the last file where they
-- tell beyond.
create or replace function hirings_known() returns table (as_of date, received_on date, months date[])
language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select least(max((f.counts -> 'days' ->> 1)::date), max(ctx.paris_day(f.finished_at))),
    max(ctx.paris_day(f.finished_at)),
      coalesce((select array_agg(m.month order by m.month) from public.hiring_months m), '{}')
    from public.hiring_files f where f.finished_at is not null;
end $$;
select pg_temp.as_definer('hirings_known()', 'cc_web');

/*
 * What the group of an establishment hired, by year and territory, the smallest territory first: to who reads its card,
 * in the territories that lie whole within their perimeter. Elsewhere, the cards that they read could be subtracted
 * from it.
 */
create or replace function hirings_compared_at(of_siret bigint)
returns table (year int, territory_id int, kind text, code text, name text, establishments int, durable int, other int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare perimeter int[];
begin
  if not (ctx.ok() and ctx.reads_hirings(of_siret)) then return; end if;
  perimeter := ctx.recrutement();
  return query select c.year, t.id, t.kind, t.code, t.name, c.establishments, c.durable, c.other
    from public.establishments e
    cross join lateral unnest(array[e.epci_id, e.clpe_id, e.departement_id, e.region_id]) with ordinality l (id, level)
    join public.territories t on t.id = l.id
    join public.hirings_compared c on c.territory_id = t.id and c.naf_group = left(e.naf, 4)
      and c.naf_nomenclature = coalesce(e.naf_nomenclature, 'NAFRev2')
    where e.siret = of_siret and ctx.perimeter_within(t.id, null, perimeter)
    order by c.year desc, l.level;
end $$;
select pg_temp.as_definer('hirings_compared_at(bigint)', 'cc_web');

-- The season of the group of an establishment, in each year that tells it: to who reads its card.
create or replace function hiring_seasons_at(of_siret bigint) returns table (year int, quarters int[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not (ctx.ok() and ctx.reads_hirings(of_siret)) then return; end if;
  return query select s.year, s.quarters from public.establishments e
    join public.hiring_seasons s on s.naf_group = left(e.naf, 4)
      and s.naf_nomenclature = coalesce(e.naf_nomenclature, 'NAFRev2')
    where e.siret = of_siret order by s.year;
end $$;
select pg_temp.as_definer('hiring_seasons_at(bigint)', 'cc_web');

/*
 * Drops the lines of the oldest month that is due; its counts stay. Answers that month, or nothing: none is due, or an
 * import is at work.
 * A month that a file brought something to waits thirty days: others of the same delivery may follow.
 */
create or replace function ctx.drop_hiring_month(kept_months int)
returns date language plpgsql security definer set search_path = '' as $$
declare due date;
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtext('hirings-import')) then return null; end if;
  select m.month into due from public.hiring_months m where m.dropped_at is null
    and m.brought_at < ctx.clock() - interval '30 days'
    and m.month + pg_catalog.make_interval(months => kept_months) <= ctx.paris_day(ctx.clock())
      order by m.month limit 1;
  if due is null then return null; end if;
  delete from public.hiring_declarations d where d.hired_on >= due and d.hired_on < due + interval '1 month';
  update public.hiring_months m set dropped_at = ctx.clock() where m.month = due;
  return due;
end $$;
select pg_temp.as_definer('ctx.drop_hiring_month(int)', 'cc_worker');

/* Forgets the lines set aside of files that ended thirty days ago: the operator has read them. */
create or replace function ctx.forget_hiring_rejects()
returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select r.ctid as place, null::uuid as structure,
      ctx.is_held('hiring-rejects', null, null) as held
    from public.hiring_rejects r, public.hiring_files f
    where f.id = r.file_id and f.finished_at < ctx.clock() - interval 'P30D'
    for update of r),
  gone as (
    delete from public.hiring_rejects r using due where r.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('hiring-rejects', 'hiring_rejects', 'P30D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into forgotten from due left join gone on gone.place = due.place;
  return forgotten;
end $$;
select pg_temp.as_definer('ctx.forget_hiring_rejects()', 'cc_worker');

/*
 * A company (EST-12, REC-2): what those of its establishments hired together whose card the viewer reads, by month and
 * kind, from a month on. Farms, forestry and fishing declare elsewhere, and are in no sum.
 */
create or replace function hirings_of_company(of_siren bigint, since date)
returns table (month date, kind text, hires int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare perimeter int[];
begin
  if not ctx.ok() then return; end if;
  perimeter := ctx.recrutement();
  return query select h.month, h.kind, sum(h.hires)::int
    from public.establishments e join public.hirings_by_month h on h.siret = e.siret and h.month >= since
    where e.siren = of_siren and e.diffusion <> 'N'
      and ctx.covers(perimeter, e.region_id, e.departement_id, e.epci_id, e.clpe_id)
      and coalesce(left(e.naf, 2), '') not in ('01', '02', '03')
    group by h.month, h.kind order by h.month, h.kind;
end $$;
select pg_temp.as_definer('hirings_of_company(bigint, date)', 'cc_web');

/*
 * Those establishments, each with what it hired from a month to another; of those that declare elsewhere, nothing.
 * The SQL twin of mayReadCompanyRecruitment, and of mayReadRecruitment for each.
 */
create or replace function hirers_of_company(of_siren bigint, since date, until date)
returns table (siret bigint, covered boolean, total int, durable int, other int)
language plpgsql stable rows 40 security definer set search_path = '' as $$
#variable_conflict use_column
declare perimeter int[];
begin
  if not ctx.ok() then return; end if;
  perimeter := ctx.recrutement();
  return query select e.siret, e.covered, coalesce(sum(h.hires), 0)::int,
      coalesce(sum(h.hires) filter (where h.kind in ('cdi', 'cdd-long')), 0)::int,
      coalesce(sum(h.hires) filter (where h.kind in ('cdd-medium', 'cdd-short', 'ctt')), 0)::int
    from (select s.siret, coalesce(left(s.naf, 2), '') not in ('01', '02', '03') as covered from public.establishments s
        where s.siren = of_siren and s.diffusion <> 'N'
          and ctx.covers(perimeter, s.region_id, s.departement_id, s.epci_id, s.clpe_id)) e
      left join public.hirings_by_month h on e.covered and h.siret = e.siret and h.month >= since and h.month <= until
    group by e.siret, e.covered;
end $$;
select pg_temp.as_definer('hirers_of_company(bigint, date, date)', 'cc_web');
