-- Conditions due.

/*
 * Whether a text in force is still to be accepted: the general conditions and the rules by all, a tool's conditions by
 * who holds a grant of it.
 */
create or replace function ctx.conditions_due()
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return false; end if;
  return exists (select from unnest(array['cgu', 'confidentialite', 'securite']) k
    where ctx.text_in_force(k, null, at) is not null and not ctx.accepted(ctx.account(), k, null, at))
    or exists (select from ctx.held_grants(ctx.account(), at) h where 'cpu' = any (h.missing)
      and not 'annex-4' = any (h.missing));
end $$;
select pg_temp.as_definer('ctx.conditions_due()', 'cc_web');

/*
 * For the nightly announcements (ACC-7): a text to come, so many days before it takes effect, and whoever it will be
 * asked of then: who has a grant that lasts until that day (of its tool, for the conditions of a tool) or, for the
 * general ones, a role. And whoever was told of a text that was cancelled since. Each was not told so yet. A few at a
 * time.
 */
create or replace function ctx.texts_to_announce(days_before int, most int)
returns table (account_id uuid, document_id uuid, kind text, tool text, title text, in_force_from timestamptz,
  cancelled boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock(); today date := ctx.paris_day(at);
begin
  return query
    select a.id, d.id, d.kind, d.tool, d.title, d.in_force_from, false
    from public.documents d join public.accounts a on a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where d.cancelled_at is null and d.in_force_from > at and ctx.paris_day(d.in_force_from) - days_before <= today
      and (o.kind = 'operateur' or ctx.in_force(o.id, at))
      and (exists (select from public.grants g where g.account_id = a.id and (d.kind <> 'cpu' or g.tool = d.tool)
        and g.revoked_at is null
          and (g.ends_on is null or g.ends_on >= ctx.paris_day(d.in_force_from)))
        or d.kind <> 'cpu' and exists (select from public.role_assignments r where r.account_id = a.id
          and r.starts_at <= at
          and (r.ends_at is null or r.ends_at > d.in_force_from)))
      and not exists (select from public.mails m where m.to_account_id = a.id and m.kind = 'text-to-come'
        and m.about_kind = 'document' and m.about_id = d.id::text)
    union all
    select a.id, d.id, d.kind, d.tool, d.title, d.in_force_from, true
    from public.documents d join public.mails t on t.kind = 'text-to-come' and t.about_kind = 'document'
      and t.about_id = d.id::text
      join public.accounts a on a.id = t.to_account_id and a.status = 'active'
    where d.cancelled_at > at - interval '30 days'
      and not exists (select from public.mails m where m.to_account_id = a.id and m.kind = 'text-cancelled'
        and m.about_kind = 'document' and m.about_id = d.id::text)
    order by 6, 2, 1 limit most;
end $$;
select pg_temp.as_definer('ctx.texts_to_announce(int, int)', 'cc_worker');
