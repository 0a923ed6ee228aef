-- Recruitments (DPAE): what a declaration counts as, the counts, and the lines that are dropped (REC-1, REC-2).

/*
 * What a declaration counts as, by the codes of the file: 1 CDD, 2 CDI, 3 CTT, 11 and 12 work-study. A month is 30.4 days, six are 182.6.
 * A CDD that says neither its days nor its end is apart: no class holds it.
 */
create or replace function hiring_kind(contract smallint, duration_days int) returns text language sql immutable parallel safe
return case contract when 2 then 'cdi' when 3 then 'ctt' when 11 then 'apprentissage' when 12 then 'professionnalisation'
  when 1 then case when duration_days = 0 then 'cdd-unsaid' when duration_days <= 30 then 'cdd-short' when duration_days <= 182
    then 'cdd-medium' else 'cdd-long' end end;

/* Counts these months anew by activity and territory, from the counts of establishments: activity and territory are the register's of now. */
create or replace function count_hirings_by_group(months date[]) returns void language sql set search_path = public as $$
  delete from hirings_by_group where month = any (months);
  insert into hirings_by_group (month, territory_id, naf_group, naf_nomenclature, kind, hires, establishments, largest)
  select h.month, t.id, left(e.naf, 4), coalesce(e.naf_nomenclature, 'NAFRev2'), h.kind, sum(h.hires), count(*), max(h.hires)
  from hirings_by_month h join establishments e using (siret)
    cross join lateral (values (e.region_id), (e.departement_id), (e.epci_id), (e.clpe_id)) t (id)
  where h.month = any (months) and t.id is not null and e.naf is not null
    and coalesce(e.naf_nomenclature, 'NAFRev2') in ('NAFRev2', 'NAF25')
  group by 1, 2, 3, 4, 5;
$$;

/* Counts these months anew from the declarations, except those whose lines are dropped: their counts are all that is left. */
create or replace function count_hirings(months date[]) returns void language sql set search_path = public as $$
  delete from hirings_by_month where month = any (months) and month in (select month from hiring_months where dropped_at is null);
  insert into hirings_by_month (siret, month, kind, hires)
  select d.siret, m.month, hiring_kind(d.contract, d.duration_days), sum(d.hires)
  from hiring_months m join hiring_declarations d on d.hired_on >= m.month and d.hired_on < m.month + interval '1 month'
  where m.month = any (months) and m.dropped_at is null
  group by 1, 2, 3;
  select count_hirings_by_group(months);
$$;
revoke all on function count_hirings_by_group(date[]), count_hirings(date[]) from public;

/*
 * Drops the lines of the oldest month that is due; its counts stay. Answers that month, or nothing: none is due, or an import is at work.
 * A month that a file brought something to waits thirty days: others of the same delivery may follow.
 */
create or replace function ctx.drop_hiring_month(kept_months int) returns date language plpgsql security definer set search_path = '' as $$
declare due date;
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtext('hirings-import')) then return null; end if;
  select m.month into due from public.hiring_months m where m.dropped_at is null and m.brought_at < ctx.clock() - interval '30 days'
    and m.month + pg_catalog.make_interval(months => kept_months) <= ctx.paris_day(ctx.clock()) order by m.month limit 1;
  if due is null then return null; end if;
  delete from public.hiring_declarations d where d.hired_on >= due and d.hired_on < due + interval '1 month';
  update public.hiring_months m set dropped_at = ctx.clock() where m.month = due;
  return due;
end $$;
select pg_temp.as_definer('ctx.drop_hiring_month(int)', 'cc_worker');

/* Forgets the lines set aside of files that ended thirty days ago: the operator has read them. */
create or replace function ctx.forget_hiring_rejects() returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  delete from public.hiring_rejects r using public.hiring_files f
    where f.id = r.file_id and f.finished_at < ctx.clock() - interval '30 days';
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
select pg_temp.as_definer('ctx.forget_hiring_rejects()', 'cc_worker');
