-- What the purges erased, by structure, without any data of a person, and what holds them back (PRI-4).

-- The structure of each of these accounts, as many as they are: one a row erased. Null where there is no account.
create or replace function ctx.structures_of(accounts uuid[]) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select array_agg(a.organisation_id) from unnest(accounts) x (id) left join public.accounts a on a.id = x.id
$$;
select pg_temp.as_definer('ctx.structures_of(uuid[])');

/*
 * Adds a line to the report, of one structure or of none: how many rows were erased, how many were due and are held.
 * Nothing erased, a number held is told as a hold begins to keep it, then on a later day if it changed: a purge may run
 * every hour, and a hold stand for years. Answers whether a line was added.
 */
create or replace function ctx.report_purge(
  ending text, of_table text, kept_for text, of_organisation uuid, erased bigint, held bigint)
returns boolean language plpgsql security definer set search_path = '' as $$
declare told record;
begin
  if erased = 0 then
    select p.held, p.at into told from public.purges p
      where p.ending = report_purge.ending and p.of_table = report_purge.of_table
        and p.kept_for = report_purge.kept_for
        and (p.organisation_id = of_organisation or of_organisation is null and p.organisation_id is null)
      order by p.at desc, p.id desc limit 1;
    if held = coalesce(told.held, 0)
        or told.held > 0 and ctx.paris_day(told.at) = ctx.paris_day(ctx.clock()) then
      return false;
    end if;
  end if;
  insert into public.purges (id, at, ending, of_table, kept_for, organisation_id, erased, held)
    values (ctx.new_id(), ctx.clock(), ending, of_table, kept_for, of_organisation, erased, held);
  return true;
end $$;
select pg_temp.as_definer('ctx.report_purge(text, text, text, uuid, bigint, bigint)');

/*
 * Adds to the report, in the transaction that erases, by structure. `ending` is a key of endings.ts; `kept_for`, a
 * duration (ISO 8601); each array has one element a row, null for what is of no structure. Answers how many lines.
 */
create or replace function ctx.report_purges(ending text, of_table text, kept_for text, gone uuid[], kept uuid[])
returns bigint language sql volatile security definer set search_path = '' as $$
  select count(*) filter (where ctx.report_purge(ending, of_table, kept_for, s.id, s.erased, s.held))
  from (select o.id, count(*) filter (where not o.held) as erased, count(*) filter (where o.held) as held
    from (select g.id, false as held from unnest(gone) g (id)
      union all select k.id, true from unnest(kept) k (id)) o group by o.id) s
$$;
select pg_temp.as_definer('ctx.report_purges(text, text, text, uuid[], uuid[])');

-- As ctx.report_purges; answers how many rows went.
create or replace function ctx.count_purged(ending text, of_table text, kept_for text, gone uuid[], kept uuid[])
returns int language plpgsql security definer set search_path = '' as $$
begin
  perform ctx.report_purges(ending, of_table, kept_for, gone, kept);
  return coalesce(cardinality(gone), 0);
end $$;
select pg_temp.as_definer('ctx.count_purged(text, text, text, uuid[], uuid[])');

-- As ctx.count_purged, and tells the trail what the report says: of a purge whose function tells nothing there itself.
create or replace function ctx.note_purge(ending text, of_table text, kept_for text, gone uuid[], kept uuid[])
returns int language plpgsql security definer set search_path = '' as $$
declare
  erased int := coalesce(cardinality(gone), 0);
  held int := coalesce(cardinality(kept), 0);
  entry uuid; salt bytea; said jsonb;
begin
  if ctx.report_purges(ending, of_table, kept_for, gone, kept) > 0 then
    entry := gen_random_uuid();
    salt := extensions.gen_random_bytes(16);
    said := jsonb_build_object('table', of_table, 'keptFor', kept_for, 'erased', erased, 'held', held);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
        request_id, detail_digest)
      values (entry, ctx.clock(), null, null, 'personal-data.purged', 'personal-data', ending, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  end if;
  return erased;
end $$;
select pg_temp.as_definer('ctx.note_purge(text, text, text, uuid[], uuid[])');

/*
 * Whether a hold in force covers a row: by the kind of data, or by its account. A row is of the structure that it says,
 * or of its account's. The specification is covers, in legal-holds.model.ts.
 */
create or replace function ctx.is_held(of_ending text, of_account uuid, of_organisation uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.legal_holds h
    where h.lifted_at is null and (h.until is null or h.until >= ctx.paris_day(ctx.clock()))
      and (h.ending is null or h.ending = of_ending)
      and (h.account_id is null or h.account_id = of_account)
      and (h.organisation_id is null or h.organisation_id = coalesce(of_organisation,
        (select a.organisation_id from public.accounts a where a.id = of_account))))
$$;
select pg_temp.as_definer('ctx.is_held(text, uuid, uuid)');

/*
 * Before a purge reads what is held, and until it ends: a hold is placed before it or after it, never meanwhile.
 * Purges do not wait for each other. An advisory lock would be anyone's; this one waits for what writes the table.
 */
create or replace function ctx.await_holds() returns void language plpgsql security definer set search_path = '' as $$
begin
  lock table public.legal_holds in share mode;
end $$;
select pg_temp.as_definer('ctx.await_holds()');

-- Whose account has this address, or had it before they left: of one's structure, of any for the operator's officer.
create or replace function account_to_hold(email text) returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('dpd') then return null; end if;
  return (select x.id from (
      select a.id, a.organisation_id, 0 as rank, now() as left_at, c.beside_id as beside from public.accounts a
        join public.account_contacts c on c.account_id = a.id where lower(c.email) = lower(account_to_hold.email)
      union all
      select p.account_id, p.organisation_id, 1, p.left_at, null from public.departed_people p
        where lower(p.email) = lower(account_to_hold.email)) x
    where x.organisation_id = ctx.organisation()
      or (select o.kind = 'operateur' from public.organisations o where o.id = ctx.organisation())
    order by x.rank, (x.organisation_id = ctx.organisation()) desc, x.left_at desc, x.beside nulls first limit 1);
end $$;
select pg_temp.as_definer('account_to_hold(text)', 'cc_web');

-- A hold is forgotten five years after it was lifted, or after its last day: article 2224 of the Code civil, our
-- choice.
create or replace function ctx.purge_legal_holds() returns int
language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  with gone as (
    delete from public.legal_holds h
      where least(h.until, ctx.paris_day(h.lifted_at)) < ctx.paris_day(ctx.clock()) - interval 'P5Y'
    returning h.placed_organisation)
  select ctx.note_purge('legal-holds', 'legal_holds', 'P5Y', array_agg(g.placed_organisation), null)
    into purged from gone g;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_legal_holds()', 'cc_worker');
