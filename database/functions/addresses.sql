-- An account's address that changes (ACC-16): asked, then confirmed by another than who asked.

-- Asks for it, for someone one decides for. Says why not; null: it waits. The address is compared as at an opening: no
-- other account has it, no other person of the structure has its mailbox (ACC-4). What waited for a fortnight is over.
create or replace function ctx.ask_address_change(id uuid, of_account uuid, wanted text, why text)
returns text language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock(); had public.account_contacts; taken uuid;
begin
  if not ctx.ok() or of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  wanted := lower(wanted);
  select k.* into had from public.account_contacts k where k.account_id = of_account;
  if not found then return 'person/gone'; end if;
  if had.email = wanted then return 'address/same'; end if;
  if exists (select from public.account_contacts k where k.email = wanted) then return 'person/address-taken'; end if;
  select k.account_id into taken from public.account_contacts k
    where k.organisation_id = had.organisation_id and k.mailbox = public.mailbox_of(wanted)
      and k.account_id <> of_account;
  if found then return case when taken = ctx.account() then 'person/own-mailbox'
    else 'person/mailbox-taken' end; end if;
  update public.address_changes c set outcome = 'lapsed', settled_at = at
    where c.account_id = of_account and c.settled_at is null and c.asked_at <= at - interval '14 days';
  insert into public.address_changes (id, account_id, organisation_id, email, former, new_domain, reason,
    asked_by, asked_at)
    values (ask_address_change.id, of_account, had.organisation_id, wanted, had.email,
      not exists (select from public.account_contacts k
      where k.organisation_id = had.organisation_id and split_part(k.email, '@', 2) = split_part(wanted, '@', 2)
        and not exists (select from public.confirmations c where c.account_id = k.account_id and c.grant_id is null
          and c.outcome is distinct from 'confirmed')),
      why, ctx.account(), at)
    on conflict (account_id) where settled_at is null do nothing;
  return case when found then null else 'address/asked' end;
end $$;
select pg_temp.as_definer('ctx.ask_address_change(uuid, uuid, text, text)', 'cc_web');

/*
 * What the viewer may confirm: their own change, or one of their structure as its account manager or signatory; never
 * what they asked themselves, nor their own alone when the structure does not know the domain. The SQL twin of
 * mayConfirm in server/people-and-rights/addresses/addresses.policy.ts.
 */
create or replace function ctx.confirmable_addresses()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select c.id from public.address_changes c join public.accounts a on a.id = c.account_id
    where c.organisation_id = ctx.organisation() and c.settled_at is null
      and c.asked_at > ctx.clock() - interval '14 days' and a.status <> 'deleted'
      and c.asked_by <> ctx.account()
      and case when c.account_id = ctx.account() then not c.new_domain else ctx.holds_role('rgc')
        or ctx.holds_role('signataire') end;
end $$;
select pg_temp.as_definer('ctx.confirmable_addresses()', 'cc_web');

-- What the viewer may stop: the person, whom it was asked for; who manages the accounts or signs, who asked included.
-- The twin of mayRefuse.
create or replace function ctx.refusable_addresses()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select c.id from public.address_changes c join public.accounts a on a.id = c.account_id
    where c.organisation_id = ctx.organisation() and c.settled_at is null
      and c.asked_at > ctx.clock() - interval '14 days' and a.status <> 'deleted'
      and (c.account_id = ctx.account() or ctx.holds_role('rgc') or ctx.holds_role('signataire'));
end $$;
select pg_temp.as_definer('ctx.refusable_addresses()', 'cc_web');

/*
 * Settles one. Confirmed, the account has the new address, and whatever the former one received opens nothing any more:
 * sessions end (but the one in which the person confirms), links to choose a password, invitations and links that wait
 * go. Null: settled meanwhile, or not this viewer's to settle.
 */
create or replace function ctx.settle_address_change(of_change uuid, said text, because text, kept_session uuid)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock(); c public.address_changes; sessions_ended int; voided int; more int;
begin
  if not ctx.ok() then return null; end if;
  perform from public.accounts a
    where a.id = (select x.account_id from public.address_changes x where x.id = of_change) for update;
  perform from public.address_changes x where x.id = of_change for update;
  if said = 'confirmed' and of_change not in (select ctx.confirmable_addresses())
    or of_change not in (select ctx.refusable_addresses()) then return null; end if;
  update public.address_changes x set outcome = said, settled_at = greatest(at, x.asked_at), settled_by = ctx.account(),
    settle_reason = because where x.id = of_change returning * into c;
  if said <> 'confirmed' then return jsonb_build_object('sessions', 0, 'voided', 0); end if;
  update public.account_contacts k set email = c.email where k.account_id = c.account_id;
  update public.accounts a set version = a.version + 1 where a.id = c.account_id;
  update public.sessions s set ended_at = at, id_token = null where s.account_id = c.account_id and s.ended_at is null
    and (c.account_id <> ctx.account() or s.id is distinct from kept_session);
  get diagnostics sessions_ended = row_count;
  delete from public.password_links l where l.account_id = c.account_id and l.used_at is null;
  get diagnostics voided = row_count;
  delete from public.invitations i where i.account_id = c.account_id and i.used_at is null;
  get diagnostics more = row_count;
  voided := voided + more;
  delete from public.pending_links p where p.account_id = c.account_id and p.decided_at is null;
  get diagnostics more = row_count;
  return jsonb_build_object('sessions', sessions_ended, 'voided', voided + more);
end $$;
select pg_temp.as_definer('ctx.settle_address_change(uuid, text, text, uuid)', 'cc_web');

-- Every night: what was settled a month ago, or waited a fortnight and a month more, is forgotten with its addresses.
create or replace function ctx.purge_address_changes()
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select c.ctid as place, c.organisation_id as structure,
      ctx.is_held('address', c.account_id, c.organisation_id) as held
    from public.address_changes c
    where coalesce(c.settled_at, c.asked_at + interval '14 days') < ctx.clock() - interval 'P30D'
    for update of c),
  gone as (
    delete from public.address_changes c using due where c.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('address', 'address_changes', 'P30D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_address_changes()', 'cc_worker');
