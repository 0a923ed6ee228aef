-- Conditions due, tools withdrawn, awareness to remind.

/*
 * A tool that leaves annex 4 loses its grants at that instant, and they do not come back with it (AGR-12). They open nothing from
 * that instant on (ctx.held_grants); this writes their end, from what is published alone, whoever runs it. Says how many.
 */
create or replace function ctx.settle_withdrawn_tools() returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  update public.grants g set revoked_at = t.in_force_until, revoke_reason = 'L’outil ne fait plus partie de l’annexe 4.'
    from public.annex_4_tools t where t.tool = g.tool and t.in_force_until <= ctx.clock() and g.granted_at < t.in_force_until
      and (g.revoked_at is null or g.revoked_at > t.in_force_until) and (g.ends_on is null or g.ends_on >= ctx.paris_day(t.in_force_until));
  get diagnostics ended = row_count;
  return ended;
end $$;
select pg_temp.as_definer('ctx.settle_withdrawn_tools()', 'cc_web', 'cc_worker');

/*
 * Whether a text in force is still to be accepted: the general conditions and the rules by all, a tool's conditions by who holds a
 * grant of it.
 */
create or replace function ctx.conditions_due() returns boolean language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return false; end if;
  return not (ctx.accepted(ctx.account(), 'cgu', null, at) and ctx.accepted(ctx.account(), 'confidentialite', null, at) and ctx.accepted(ctx.account(), 'securite', null, at))
    or exists (select from ctx.held_grants(ctx.account(), at) h where 'cpu' = any (h.missing) and not 'annex-4' = any (h.missing));
end $$;
select pg_temp.as_definer('ctx.conditions_due()', 'cc_web');

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
