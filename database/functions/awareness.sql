-- Awareness to remind.

/*
 * For the nightly reminders (SEC-4): who has an access, a grant or a role, and an awareness that comes due within
 * thirty days, or is past due; and who came a month ago and was never made aware. Each was not told yet of that very
 * date.
 */
create or replace function ctx.awareness_to_remind()
returns table (account_id uuid, due_on date, late boolean, first boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock(); today date := ctx.paris_day(at);
begin
  return query
    select d.id, d.due_on, d.kind = 'awareness-late', d.kind = 'awareness-first' from (
      select a.id, x.due_on, case when x.due_on < today then 'awareness-late'
        when x.due_on <= today + 30 then 'awareness-due'
        when l.last_on is null and ctx.paris_day(a.created_at) <= today - 30 then 'awareness-first' end as kind
      from public.accounts a
      cross join lateral (select max(r.done_on) as last_on from public.awareness_records r where r.account_id = a.id
        and r.done_on <= today) l
      cross join lateral (select (coalesce(l.last_on,
        ctx.paris_day(a.created_at)) + interval '1 year')::date as due_on) x
      where a.status = 'active'
        and (exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null
          and (g.ends_on is null or g.ends_on >= today))
          or exists (select from public.role_assignments r where r.account_id = a.id
            and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)))) d
    where d.kind is not null and not exists (select from public.mails m where m.to_account_id = d.id
      and m.kind = d.kind and m.about_kind = 'awareness' and m.about_id = d.due_on::text);
end $$;
select pg_temp.as_definer('ctx.awareness_to_remind()', 'cc_worker');
