-- Awareness to remind.

/*
 * For the nightly reminders (SEC-4): who has a grant and an awareness that comes due within thirty days, or is past due, and was
 * not told yet of that very date.
 */
create or replace function ctx.awareness_to_remind()
returns table (account_id uuid, due_on date, late boolean) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(ctx.clock());
begin
  return query
    select d.id, d.due_on, d.due_on < today from (
      select a.id, (coalesce((select max(r.done_on) from public.awareness_records r where r.account_id = a.id and r.done_on <= today), ctx.paris_day(a.created_at)) + interval '1 year')::date as due_on
      from public.accounts a where a.status = 'active' and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null and (g.ends_on is null or g.ends_on >= today))) d
    where d.due_on <= today + 30 and not exists (select from public.mails m where m.to_account_id = d.id
      and m.kind = case when d.due_on < today then 'awareness-late' else 'awareness-due' end and m.about_kind = 'awareness' and m.about_id = d.due_on::text);
end $$;
select pg_temp.as_definer('ctx.awareness_to_remind()', 'cc_worker');
