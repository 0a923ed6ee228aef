-- Tools withdrawn from annex 4, and given back by a version that is cancelled.

/*
 * A tool that leaves annex 4 loses its grants at that instant, and they do not come back with it (AGR-12). They open
 * nothing from that instant on (ctx.held_grants); this writes their end, from what is published alone, whoever runs it.
 * Says how many.
 */
create or replace function ctx.settle_withdrawn_tools()
returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  update public.grants g set revoked_at = t.in_force_until, revoke_reason = 'L’outil ne fait plus partie de l’annexe 4.'
    from public.annex_4_tools t where t.tool = g.tool and t.in_force_until <= ctx.clock()
      and g.granted_at < t.in_force_until
      and (g.revoked_at is null or g.revoked_at > t.in_force_until)
      and (g.ends_on is null or g.ends_on >= ctx.paris_day(t.in_force_until));
  get diagnostics ended = row_count;
  return ended;
end $$;
select pg_temp.as_definer('ctx.settle_withdrawn_tools()', 'cc_web', 'cc_worker');

-- The version of annex 4 in force at an instant. Null: none is. Versions follow one another by their instants.
create or replace function ctx.annex_in_force(at timestamptz) returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select v.id from public.annex_4_versions v
    where v.cancelled_at is null and v.in_force_from <= at
    order by v.in_force_from desc limit 1);
end $$;
select pg_temp.as_definer('ctx.annex_in_force(timestamptz)');

-- When the last version of annex 4 that was not cancelled takes effect. Null: none is published.
create or replace function ctx.last_annex_effect()
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (select max(v.in_force_from) from public.annex_4_versions v where v.cancelled_at is null and ctx.ok());
end $$;
select pg_temp.as_definer('ctx.last_annex_effect()', 'cc_web');

/*
 * A cancelled version of annex 4 changes no tool: those it took away are open again as if never closed, with the grants
 * that ended for that alone; those it brought close, now or before they open. What versions cancelled before it did to
 * these tools goes with it.
 * By an administrator, while no other version stands at its instant: twice is once.
 * Says how many grants are in effect again, and how many ended.
 */
create or replace function ctx.settle_cancelled_annex(version uuid) returns table (restored int, ended int)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare cancelled timestamptz; effect timestamptz;
begin
  restored := 0;
  ended := 0;
  if ctx.ok() and ctx.holds_role('administrateur') then
    select v.in_force_from, v.cancelled_at into effect, cancelled from public.annex_4_versions v
      where v.id = version and v.cancelled_at is not null
      and not exists (select from public.annex_4_versions n where n.in_force_from = v.in_force_from
        and n.cancelled_at is null);
  end if;
  if effect is null then return next; return; end if;
  -- It was the last to stand: what a withdrawn tool did since, versions now cancelled did.
  delete from public.annex_4_tools n using public.annex_4_tools t where t.tool = n.tool and t.in_force_until = effect
    and n.in_force_from >= effect;
  with reopened as (update public.annex_4_tools t set in_force_until = null where t.in_force_until = effect
    returning t.tool),
  back as (update public.grants g set revoked_at = null, revoke_reason = null from reopened t, public.accounts a
    where g.tool = t.tool and g.revoked_at >= effect and g.revoked_by is null
      and g.revoke_reason = 'L’outil ne fait plus partie de l’annexe 4.' and a.id = g.account_id
      and a.status <> 'deleted' returning g.id)
  select count(*)::int into restored from back;
  -- With no version left, no tool is open, not even one of an older installation: rights given wait for the next, none
  -- ends.
  delete from public.annex_4_tools t where t.in_force_from = effect and t.in_force_from > cancelled
    or t.in_force_until is null and not exists (select from public.annex_4_versions v where v.cancelled_at is null);
  update public.annex_4_tools t set in_force_until = cancelled where t.in_force_from = effect
    and t.in_force_until is null;
  ended := ctx.settle_withdrawn_tools();
  return next;
end $$;
select pg_temp.as_definer('ctx.settle_cancelled_annex(uuid)', 'cc_web');

-- The tool of a category of data, as the contract says it (categoriesOf).
create or replace function ctx.tool_of(category text) returns text language sql immutable
  as $$ select case category when 'besoins' then 'campagnes' else 'fiche-etablissement' end $$;

-- The categories of data that annex 4 opens at an instant and not at another, of the tools that stay. The SQL twin of
-- categoryChangesOf.
create or replace function ctx.categories_only_at(here timestamptz, there timestamptz, moved text[])
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return array(
    select c.code from unnest(ctx.open_categories(here)) c (code)
      where c.code <> all (ctx.open_categories(there))
        and ctx.tool_of(c.code) <> all (moved)
      order by c.code);
end $$;
select pg_temp.as_definer('ctx.categories_only_at(timestamptz, timestamptz, text[])');

/*
 * For the nightly announcements (AGR-6): a version of annex 4 to come, so many days before it takes effect, with the
 * tools and the categories of data that it opens and withdraws. Its publication told all partners at once: one that
 * was published within those days is not told again.
 */
create or replace function ctx.annexes_to_announce(days_before int)
returns table (id uuid, number int, note text, in_force_from timestamptz, opened text[], withdrawn text[],
  categories_opened text[], categories_closed text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  return query
    select v.id, v.number, v.note, v.in_force_from,
      o.tools, w.tools,
      ctx.categories_only_at(v.in_force_from, v.in_force_from - interval '1 microsecond', o.tools || w.tools),
      ctx.categories_only_at(v.in_force_from - interval '1 microsecond', v.in_force_from, o.tools || w.tools)
    from public.annex_4_versions v
      cross join lateral (select array(
        select t.tool from public.annex_4_tools t where t.in_force_from = v.in_force_from order by 1) as tools) o
      cross join lateral (select array(
        select t.tool from public.annex_4_tools t where t.in_force_until = v.in_force_from order by 1) as tools) w
    where v.cancelled_at is null
      and v.in_force_from > at and ctx.paris_day(v.in_force_from) - days_before <= ctx.paris_day(at)
      and ctx.paris_day(v.published_at) < ctx.paris_day(v.in_force_from) - days_before
      and not exists (select from public.announcements x where x.kind = 'annex-4-to-come' and x.about_id = v.id)
    order by v.in_force_from;
end $$;
select pg_temp.as_definer('ctx.annexes_to_announce(int)', 'cc_worker');

-- Notes it for the worker that writes to partners, in the name of who published the version.
create or replace function ctx.announce_annex(announcement uuid, version uuid, its_subject text,
  its_text text, its_path text)
returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into public.announcements (id, kind, subject, text, path, about_kind, about_id, region_id,
    announced_by, announced_at)
    select announcement, 'annex-4-to-come', its_subject, its_text, its_path, 'annex-4', v.id, 0,
      v.published_by, ctx.clock()
    from public.annex_4_versions v where v.id = version and v.cancelled_at is null;
end $$;
select pg_temp.as_definer('ctx.announce_annex(uuid, uuid, text, text, text)', 'cc_worker');

/*
 * Whoever holds a grant of a tool that a version of annex 4 withdraws, or of which it closes a category of data, so
 * many days before; and whoever was told so of a version that was cancelled since. Each was not told so yet. A few at a
 * time.
 */
create or replace function ctx.tool_closings_to_tell(days_before int, most int)
returns table (account_id uuid, version_id uuid, closes_at timestamptz, tools text[], categories text[],
  cancelled boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  return query
    select g.account_id, v.id, v.in_force_from,
      coalesce(array_agg(distinct t.tool order by t.tool) filter (where t.category is null), '{}'),
      coalesce(array_agg(distinct t.category order by t.category) filter (where t.category is not null), '{}'), false
    from public.annex_4_versions v
      cross join lateral (select array(
        select w.tool from public.annex_4_tools w where w.in_force_until = v.in_force_from) as tools) gone
      cross join lateral (
        select w.tool, null::text as category from unnest(gone.tools) w (tool)
        union all
        select ctx.tool_of(c.code), c.code
          from unnest(ctx.categories_only_at(
            v.in_force_from - interval '1 microsecond', v.in_force_from, gone.tools)) c (code)) t
      join public.grants g on g.tool = t.tool and g.revoked_at is null and g.granted_at < v.in_force_from
        and (g.ends_on is null or g.ends_on >= ctx.paris_day(v.in_force_from))
      join public.accounts a on a.id = g.account_id and a.status = 'active'
      join public.organisations o on o.id = a.organisation_id
    where v.cancelled_at is null
      and v.in_force_from > at and ctx.paris_day(v.in_force_from) - days_before <= ctx.paris_day(at)
      and (o.kind = 'operateur' or ctx.in_force(o.id, at))
      and not exists (select from public.mails m where m.to_account_id = g.account_id and m.kind = 'tool-closing'
        and m.about_kind = 'annex-4' and m.about_id = v.id::text)
    group by g.account_id, v.id, v.in_force_from
    union all
    select a.id, v.id, v.in_force_from, '{}', '{}', true
    from public.annex_4_versions v join public.mails t on t.kind = 'tool-closing' and t.about_kind = 'annex-4'
      and t.about_id = v.id::text
      join public.accounts a on a.id = t.to_account_id and a.status = 'active'
    where v.cancelled_at > at - interval '30 days'
      and not exists (select from public.mails m where m.to_account_id = a.id and m.kind = 'tool-stays'
        and m.about_kind = 'annex-4' and m.about_id = v.id::text)
    order by 3, 2, 1 limit most;
end $$;
select pg_temp.as_definer('ctx.tool_closings_to_tell(int, int)', 'cc_worker');

/*
 * Whom the signatory of a structure designates by an address, to ask for its access (POR-7): the active account of the
 * structure with this address, else one that it opens. It has no grant: an account manager gives those. Null: the
 * viewer signs for nobody, or the address is that of another structure, or of an account that is over.
 */
create or replace function requester_of_address(new_account uuid, of_email text, given_name text, family_name text,
  of_function text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare known record;
begin
  if not ctx.ok() or not ctx.holds_role('signataire') then return null; end if;
  -- of two at once, the second finds the account
  perform pg_advisory_xact_lock(hashtextextended('requester ' || ctx.organisation(), 0));
  select a.id, a.organisation_id, a.status into known
    from public.account_contacts c join public.accounts a on a.id = c.account_id where c.email = lower(of_email)
    order by (a.organisation_id = ctx.organisation()) desc limit 1;
  if found and not (known.organisation_id <> ctx.organisation()
    and ctx.address_shared_with(of_email, ctx.organisation())) then
    return case when known.organisation_id = ctx.organisation() and known.status = 'active' then known.id end;
  end if;
  insert into public.accounts (id, organisation_id, given_name, family_name, function, created_at)
    values (new_account, ctx.organisation(), requester_of_address.given_name, requester_of_address.family_name,
      of_function, ctx.clock());
  insert into public.account_contacts (account_id, organisation_id, email)
    values (new_account, ctx.organisation(), lower(of_email));
  return new_account;
end $$;
select pg_temp.as_definer('requester_of_address(uuid, text, text, text, text)', 'cc_web');
