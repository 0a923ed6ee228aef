-- The next actions of one person, read by a calendar program at a secret address (CAM-11; docs/decisions/0032).

-- Makes one's own address; the one before answers no more. How one signed in is read from the session.
create or replace function make_calendar_feed(feed uuid, digest bytea, token_hash bytea, at timestamptz)
returns boolean language plpgsql security definer
  set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  insert into public.calendar_feeds as f (account_id, id, digest, way, made_at)
    select s.account_id, feed, make_calendar_feed.digest, ctx.sign_in_way(s.signed_in_by, s.second_factor, s.proof), at
      from public.sessions s where s.token_hash = make_calendar_feed.token_hash and s.account_id = ctx.account()
        and s.ended_at is null
    on conflict (account_id) do update set id = excluded.id, digest = excluded.digest, way = excluded.way,
      made_at = excluded.made_at, read_on = null;
  return found;
end $$;
select pg_temp.as_definer('make_calendar_feed(uuid, bytea, bytea, timestamptz)', 'cc_web');

/*
 * Opens, in this transaction, the rights that the person of an address has now, as ctx.enter does for the way they had
 * signed in. Null: no such address, or an account that is ended or cut; one made under a convention that ended does not
 * come back with the next (AGR-7).
 * False: nothing opens for now.
 */
create or replace function ctx.enter_calendar(feed uuid, digest bytea)
returns boolean language plpgsql security definer set search_path = '' as $$
declare f record; r secret.stored_rights; at timestamptz := ctx.clock(); today date := ctx.paris_day(ctx.clock());
begin
  select x.account_id, x.way, x.read_on, a.organisation_id, k as rights, k.account_id is not null
    and ctx.rights_hold(k, at) as holds into f
    from public.calendar_feeds x join public.accounts a on a.id = x.account_id and a.status = 'active'
    left join secret.stored_rights k on k.account_id = x.account_id and k.way = x.way
    where x.id = feed and x.digest = enter_calendar.digest
      and not exists (select from public.account_blocks b where b.account_id = x.account_id and b.cuts = 'account'
        and b.lifted_at is null)
      and not ctx.contract_over(a, at)
      and not ctx.of_former_convention(a.organisation_id, x.made_at, at);
  if not found then return null; end if;
  if f.read_on is distinct from today then update public.calendar_feeds x set read_on = today where x.id = feed; end if;
  if f.holds then r := f.rights;
  else
    r := ctx.worked_out(f.account_id, f.way, at);
    perform ctx.keep_rights(r);
  end if;
  -- As in ctx.enter: a weak sign-in that is no longer accepted opens nothing.
  if (f.way = 'proconnect-weak' and r.refused <> '{}') or r.conseiller = '{}' then return false; end if;
  perform set_config('ctx.refused', r.refused::text, true);
  perform ctx.set_context('2', f.account_id, f.organisation_id, r.fiche, r.fiche_conseiller, r.campagnes, r.conseiller,
    r.pilote, r.role_names, r.regions, r.categories);
  return true;
end $$;
select pg_temp.as_definer('ctx.enter_calendar(uuid, bytea)', 'cc_web');

-- Addresses that nothing read for ninety days, those of ended accounts and of former conventions: one that is only
-- suspended finds its own again. The trail says each.
create or replace function ctx.lapse_calendar_feeds()
returns int language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock(); f record; entry uuid; salt bytea; said jsonb; lapsed int := 0;
begin
  for f in delete from public.calendar_feeds x using public.accounts a where a.id = x.account_id
      and (a.status = 'deleted' or coalesce(x.read_on, ctx.paris_day(x.made_at)) < ctx.paris_day(at) - 90
        or ctx.of_former_convention(a.organisation_id, x.made_at, at))
    returning x.account_id, a.organisation_id, x.read_on
  loop
    entry := gen_random_uuid();
    salt := extensions.gen_random_bytes(16);
    said := jsonb_build_object('lastReadOn', f.read_on);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      values (entry, at, null, f.organisation_id, 'calendar.lapsed', 'account', f.account_id::text, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
    lapsed := lapsed + ctx.count_purged('calendar', 'calendar_feeds', 'P90D', array[f.organisation_id], null);
  end loop;
  return lapsed;
end $$;
select pg_temp.as_definer('ctx.lapse_calendar_feeds()', 'cc_worker');
