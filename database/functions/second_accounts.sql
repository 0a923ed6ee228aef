-- One person in two structures (ACC-16, decision 0044): asked by the second structure, accepted by the person, opened
-- as any account.

-- Asks for it, as account manager. Says why not; null: it waits. Nothing tells where the person works.
create or replace function ctx.ask_shared_address(id uuid, wanted text, given text, family text, why text)
returns text language plpgsql security definer set search_path = '' as $$
declare had public.account_contacts; at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  wanted := lower(wanted);
  if not exists (select from public.account_contacts k where k.email = wanted) then return 'release/free'; end if;
  if exists (select from public.account_contacts k where k.email = wanted
    and k.organisation_id = ctx.organisation()) then
    return 'release/own-structure';
  end if;
  select k.* into had from public.account_contacts k where k.email = wanted and k.beside_id is null for key share;
  -- Two structures have it, or one is awaited: of a third, nothing is asked.
  if not found or exists (select from public.shared_addresses s
      where had.account_id in (s.first_id, s.second_id) and s.outcome = 'accepted' and s.ended_at is null
        and (s.second_id is not null or s.open_until > at)) then
    return 'second-account/shared';
  end if;
  -- What was not answered, or not opened, in thirty days is over.
  update public.shared_addresses s set outcome = 'lapsed', settled_at = at
    where s.first_id = had.account_id and s.asker_id = ctx.organisation() and s.settled_at is null
      and s.asked_at <= at - interval '30 days';
  insert into public.shared_addresses (id, first_id, former_id, asker_id, email, given_name, family_name, reason,
    asked_by, asked_at)
    values (ask_shared_address.id, had.account_id, had.organisation_id, ctx.organisation(), had.email, given, family,
      why,
      ctx.account(), at)
    on conflict (asker_id, first_id) where settled_at is null do nothing;
  return case when found then null else 'second-account/asked' end;
end $$;
select pg_temp.as_definer('ctx.ask_shared_address(uuid, text, text, text, text)', 'cc_web');

-- What the person may answer, in a session of the account that has the address. The SQL twin of mayAnswer in
-- server/people-and-rights/second-accounts/second-accounts.policy.ts, as the next one is of mayTakeBack.
create or replace function ctx.answerable_shares()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select s.id from public.shared_addresses s
    where s.settled_at is null
      and s.first_id = ctx.account()
      and s.asked_at > ctx.clock() - interval '30 days';
end $$;
select pg_temp.as_definer('ctx.answerable_shares()', 'cc_web');

create or replace function ctx.withdrawable_shares()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select s.id from public.shared_addresses s
    where s.settled_at is null
      and s.asker_id = ctx.organisation()
      and ctx.holds_role('rgc');
end $$;
select pg_temp.as_definer('ctx.withdrawable_shares()', 'cc_web');

-- False: settled meanwhile, the address has its second structure, or it is not this viewer's to settle.
create or replace function ctx.settle_shared_address(of_share uuid, said text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return false; end if;
  -- The account first, as whatever ends it or changes its address does.
  perform from public.accounts a where a.id = (select s.first_id from public.shared_addresses s
    where s.id = of_share) for update;
  perform from public.shared_addresses s where s.id = of_share for update;
  if not (case said
      when 'accepted' then of_share in (select ctx.answerable_shares())
      when 'refused' then of_share in (select ctx.answerable_shares())
      when 'withdrawn' then of_share in (select ctx.withdrawable_shares())
      else false end) then return false; end if;
  if said = 'accepted' then
    -- One that nobody opened in time leaves its place.
    update public.shared_addresses s set ended_at = at
      where s.first_id = ctx.account() and s.outcome = 'accepted' and s.ended_at is null and s.second_id is null
        and s.open_until <= at;
    if exists (select from public.shared_addresses s
        where ctx.account() in (s.first_id, s.second_id) and s.outcome = 'accepted' and s.ended_at is null)
          then return false; end if;
  end if;
  update public.shared_addresses s
    set outcome = said, settled_at = greatest(at, s.asked_at), settled_by = ctx.account(),
      open_until = case when said = 'accepted' then at + interval '30 days' end
    where s.id = of_share;
  return true;
end $$;
select pg_temp.as_definer('ctx.settle_shared_address(uuid, text)', 'cc_web');

/*
 * Those of the month, each with what its reader may know. The asking structure reads neither the account nor where it
 * is.
 * The first one reads, once accepted, that the person has another account, neither where nor why. The person reads who
 * asks.
 * The security officer of either reads both. The twin of sideOf.
 */
create or replace function ctx.shares_shown()
returns table (id uuid, side text, email text, person jsonb, asked_for text, reason text, asker jsonb, former jsonb,
  asked_at timestamptz, settled_at timestamptz, outcome text, open_until timestamptz, opened boolean,
    ended_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query
    with seen as (
      select s.*, case
          when s.first_id = ctx.account() then 'person'
          when ctx.holds_role('rgc') and s.asker_id = ctx.organisation() then 'asker'
          when ctx.holds_role('rgc') and s.former_id = ctx.organisation() and s.outcome = 'accepted' then 'first'
          when s.asker_id <> ctx.organisation() and s.former_id <> ctx.organisation()
            and (ctx.officer_for(s.asker_id) or ctx.officer_for(s.former_id)) then 'officer' end as side
        from public.shared_addresses s
        where coalesce(s.ended_at, case when s.outcome is distinct from 'accepted' then s.settled_at end, 'infinity')
          > ctx.clock() - interval '30 days')
    select s.id, s.side, s.email,
      case when s.side <> 'asker' then jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
        'organisationId', a.organisation_id) end,
      case when s.side <> 'first' then s.given_name || ' ' || s.family_name end,
      case when s.side <> 'first' then s.reason end,
      case when s.side <> 'first' then jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) end,
      case when s.side <> 'asker' then jsonb_build_object('id', f.id, 'name', f.name, 'kind', f.kind) end,
      s.asked_at, s.settled_at, s.outcome,
      case when s.side <> 'first' then s.open_until end,
      s.second_id is not null, s.ended_at
    from seen s
      join public.accounts a on a.id = s.first_id
      join public.organisations f on f.id = s.former_id
      join public.organisations o on o.id = s.asker_id
    where s.side is not null;
end $$;
select pg_temp.as_definer('ctx.shares_shown()', 'cc_web');

-- Of these addresses, those whose person accepted a second account in this structure: nothing else keeps it from being
-- opened.
create or replace function ctx.address_shared_with(address text, of_organisation uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.account_contacts k
    join public.shared_addresses s on s.first_id = k.account_id and s.asker_id = of_organisation
    where k.email = lower(address) and k.beside_id is null
      and s.outcome = 'accepted' and s.ended_at is null and s.second_id is null and s.open_until > ctx.clock());
end $$;
select pg_temp.as_definer('ctx.address_shared_with(text, uuid)');

/*
 * Who writes an address writes whom it stands beside: the other account of an accepted pair, and nobody else. Of two
 * that open
 * at once, the second waits for the row of the pair. Without a pair, the unique index refuses, as ever.
 */
create or replace function ctx.pair_address() returns trigger
language plpgsql security definer set search_path = '' as $$
declare other uuid;
begin
  if tg_op = 'UPDATE' then
    if new.email = old.email then return new; end if;
    perform ctx.end_pairs(old.account_id);
  end if;
  new.beside_id := null;
  select k.account_id into other from public.account_contacts k
    where k.email = new.email and k.account_id <> new.account_id and k.beside_id is null for key share;
  if not found then return new; end if;
  -- An account given back finds its pair again.
  update public.shared_addresses s set second_id = coalesce(s.second_id, new.account_id), ended_at = null
    where s.outcome = 'accepted'
      and (s.first_id = other and s.second_id = new.account_id
        or s.second_id = other and s.first_id = new.account_id
        or s.first_id = other and s.asker_id = new.organisation_id and s.second_id is null
          and s.ended_at is null and s.open_until > ctx.clock())
      and not exists (select from public.shared_addresses x where x.id <> s.id and other in (x.first_id, x.second_id)
        and x.outcome = 'accepted' and x.ended_at is null);
  if found then new.beside_id := other; end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.pair_address()');

-- The address leaves that account: its pair ends, and what waited for that account waits no more.
create or replace function ctx.end_pairs(of_account uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  update public.shared_addresses s set ended_at = greatest(at, s.settled_at)
    where of_account in (s.first_id, s.second_id) and s.outcome = 'accepted' and s.ended_at is null;
  update public.shared_addresses s set outcome = 'freed', settled_at = greatest(at, s.asked_at)
    where s.first_id = of_account and s.settled_at is null;
end $$;
select pg_temp.as_definer('ctx.end_pairs(uuid)');

-- The other account has the address alone, once it has left this one.
create or replace function ctx.part_addresses() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then perform ctx.end_pairs(old.account_id); end if;
  update public.account_contacts k set beside_id = null where k.beside_id = old.account_id and k.email = old.email;
  return null;
end $$;
select pg_temp.as_definer('ctx.part_addresses()');

-- Whether these two accounts are of one person, by an address that both have today.
create or replace function ctx.are_beside(one uuid, another uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.account_contacts k
    where k.account_id = one and k.beside_id = another or k.account_id = another and k.beside_id = one);
end $$;
select pg_temp.as_definer('ctx.are_beside(uuid, uuid)');

/*
 * Never account manager, signatory or security officer in both structures: one person alone would stand on both sides
 * of a
 * release, or of a second person (0037). Of two roles given at once, one waits for the row of the pair.
 */
create or replace function ctx.keep_to_one_side() returns trigger
language plpgsql security definer set search_path = '' as $$
declare deciding text[] := '{rgc,signataire,cssi}'; pair record;
begin
  if not new.role = any (deciding) or new.ends_at <= ctx.clock() then return new; end if;
  for pair in select s.first_id, s.second_id from public.shared_addresses s
      where new.account_id in (s.first_id, s.second_id) and s.outcome = 'accepted' and s.ended_at is null
      for update loop
    if exists (select from public.role_assignments r
        where r.account_id in (pair.first_id, pair.second_id) and r.account_id <> new.account_id
          and r.role = any (deciding)
          and (r.ends_at is null or r.ends_at > ctx.clock())) then
      raise exception 'this person decides in another structure'
        using errcode = '23514', constraint = 'one_side_of_a_pair';
    end if;
  end loop;
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_to_one_side()');

-- A subject opens one account, or those of one person. Skipped, as by a conflict: whoever writes it sees that nothing
-- was. Of two
-- links at once, the second waits for the first.
create or replace function ctx.keep_one_person() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('subject ' || new.issuer || ' ' || new.subject, 0));
  if exists (select from public.account_identities i where i.issuer = new.issuer and i.subject = new.subject
      and i.account_id <> new.account_id and not ctx.are_beside(i.account_id, new.account_id)) then return null; end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_one_person()');

-- By the worker: who asks writes to nobody there, and learns nothing of it. Each is said once.
create or replace function ctx.shares_to_tell()
returns table (id uuid, first_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query update public.shared_addresses s set told_at = greatest(ctx.clock(), s.asked_at)
    where s.told_at is null and s.settled_at is null returning s.id, s.first_id;
end $$;
select pg_temp.as_definer('ctx.shares_to_tell()', 'cc_worker');

create or replace function ctx.share_answers_to_tell()
returns table (id uuid, first_id uuid, former_id uuid, asked_by uuid, outcome text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query update public.shared_addresses s set answer_told_at = greatest(ctx.clock(), s.settled_at)
    where s.answer_told_at is null and s.outcome in ('accepted', 'refused', 'freed')
      returning s.id, s.first_id, s.former_id, s.asked_by, s.outcome;
end $$;
select pg_temp.as_definer('ctx.share_answers_to_tell()', 'cc_worker');

-- Every night: what was settled, left unanswered or not opened is forgotten a month after, and a pair a month after it
-- ended.
create or replace function ctx.purge_shared_addresses() returns int
language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select s.ctid as place, s.first_id as account, ctx.is_held('release', s.first_id, null) as held
    from public.shared_addresses s
    where coalesce(s.ended_at,
        case when s.outcome is null then s.asked_at + interval 'P30D'
          when s.outcome <> 'accepted' then s.settled_at
          when s.second_id is null then s.open_until end) < ctx.clock() - interval 'P30D'
    for update of s),
  gone as (
    delete from public.shared_addresses s using due where s.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('share', 'shared_addresses', 'P30D',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_shared_addresses()', 'cc_worker');
