-- A mail when something new matches a saved view: asked by each person, read each morning under their own rights
-- (CAM-10; docs/mails-and-documents.md).

/*
 * The person asks to be written to about a view, whose lines are those of now. How they signed in is read from their
 * session: the worker reads within that. Asked again, or of a view whose lines changed, it starts anew.
 */
create or replace function watch_view(watch uuid, view uuid, called text, of_version int, lines bigint[],
  token_hash bytea, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  insert into public.view_watches as w (id, account_id, view_id, name, way, watched_at, view_version, seen,
    read_at, tried_at)
    select watch, s.account_id, view, called, ctx.sign_in_way(s.signed_in_by, s.second_factor, s.proof), at,
      of_version, lines, at, at
      from public.sessions s where s.token_hash = watch_view.token_hash and s.account_id = ctx.account()
        and s.ended_at is null
    on conflict (account_id, view_id) do update set name = excluded.name, way = excluded.way,
      view_version = excluded.view_version, seen = excluded.seen,
      read_at = at, tried_at = at, news = '{}', news_count = 0, news_at = null, stopped_at = null, stopped_for = null;
  return found;
end $$;
select pg_temp.as_definer('watch_view(uuid, uuid, text, int, bigint[], bytea, timestamptz)', 'cc_web');

-- Whose turn it is this morning: those tried longest ago first.
create or replace function ctx.watchers_due(at timestamptz, size int)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select w.account_id from public.view_watches w where w.stopped_at is null
    and w.tried_at < (ctx.paris_day(at)::timestamp at time zone 'Europe/Paris')
  group by w.account_id order by min(w.tried_at), w.account_id limit size
$$;
select pg_temp.as_definer('ctx.watchers_due(timestamptz, int)', 'cc_worker');

-- One process at a time reads for one person, to the end of its transaction.
create or replace function ctx.hold_watcher(of_account uuid)
returns boolean language plpgsql security definer set search_path = ''
  as $$ begin
    return pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('view watches ' || of_account, 0)); end $$;
select pg_temp.as_definer('ctx.hold_watcher(uuid)', 'cc_worker');

/*
 * The watches of one person to read now. None while the person is away: they wait unread, so that what is new meanwhile
 * is told on their return.
 */
create or replace function ctx.watches_due(of_account uuid, at timestamptz)
returns table (id uuid, view_id uuid, name text, view_version int, seen bigint[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  if exists (select from public.absences b where b.account_id = of_account and b.withdrawn_at is null
    and today between b.starts_on and b.ends_on) then return; end if;
  return query select w.id, w.view_id, w.name, w.view_version, w.seen from public.view_watches w
    where w.account_id = of_account and w.stopped_at is null
      and w.tried_at < (today::timestamp at time zone 'Europe/Paris') order by w.name collate "fr-x-icu", w.id;
end $$;
select pg_temp.as_definer('ctx.watches_due(uuid, timestamptz)', 'cc_worker');

/*
 * Opens, in this transaction of the worker, the rights that the person has now, those of ctx.enter for the way they had
 * signed in, and for no other account than one that watches. Answers the lists that they may open, as mayOpen does: of
 * that it is the SQL twin. Null:
 * nothing opens at all for now.
 */
create or replace function ctx.enter_watch(watch uuid)
returns text[] language plpgsql security definer set search_path = '' as $$
declare w record; r secret.stored_rights; lists text[]; at timestamptz := ctx.clock();
begin
  select x.account_id, x.way, a.organisation_id, k as rights, k.account_id is not null
    and ctx.rights_hold(k, at) as holds into w
    from public.view_watches x join public.accounts a on a.id = x.account_id and a.status = 'active'
    left join secret.stored_rights k on k.account_id = x.account_id and k.way = x.way where x.id = watch
      and x.stopped_at is null;
  if not found then return null; end if;
  -- As in ctx.enter: those kept while no fact changed, else worked out anew. The next watch of the person finds them
  -- kept.
  if w.holds then r := w.rights;
  else
    r := ctx.worked_out(w.account_id, w.way, at);
    perform ctx.keep_rights(r);
  end if;
  -- As in ctx.enter: a weak sign-in that is no longer accepted opens nothing.
  if w.way = 'proconnect-weak' and r.refused <> '{}' then return null; end if;
  lists := array_remove(array[case when r.campagnes <> '{}' then 'targets' end,
    case when r.conseiller <> '{}' then 'portfolio' end, case when r.fiche <> '{}' then 'search' end], null);
  if lists = '{}' then return null; end if;
  perform set_config('ctx.refused', r.refused::text, true);
  perform ctx.set_context('2', w.account_id, w.organisation_id, r.fiche, r.fiche_conseiller, r.campagnes, r.conseiller,
    r.pilote, r.role_names, r.regions, r.categories);
  return lists;
end $$;
select pg_temp.as_definer('ctx.enter_watch(uuid)', 'cc_worker');

/*
 * A followed search by hires, declared or expected, is a search by hires of its person, in their name and in the
 * transaction that reads, as the web tells theirs (SEC-1, REC-2). Of one establishment too it is a search: cards read
 * are counted as work, and this one is read before dawn. Nothing is told where they read no recruitment card: the
 * search found nothing by it.
 */
create or replace function ctx.tell_watched_hires(watch uuid, of_siret text, hires text, at_least int, expected int,
  territory int, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := ctx.new_id(); salt bytea := extensions.gen_random_bytes(16); said jsonb;
begin
  if not ctx.ok() or ctx.recrutement() = '{}'
    or not exists (select from public.view_watches w where w.id = watch and w.account_id = ctx.account()
      and w.stopped_at is null) then return; end if;
  said := jsonb_strip_nulls(jsonb_build_object('watch', watch, 'hires', hires, 'hiresAtLeast', at_least,
    'expectedHires', expected, 'territory', territory));
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, at, ctx.account(), ctx.organisation(), 'recruitment.searched', case when of_siret is null then 'list'
      else 'establishment' end,
      coalesce(of_siret, ctx.account()::text), '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.tell_watched_hires(uuid, text, text, int, int, int, timestamptz)', 'cc_worker');

-- What a reading found. False: the person stopped it meanwhile, and is told nothing of it.
create or replace function ctx.keep_reading(watch uuid, called text, of_version int, lines bigint[],
  fresh bigint[], at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update public.view_watches w set name = called, view_version = of_version, seen = lines, read_at = at, tried_at = at,
      news = case when fresh = '{}' then w.news
        else fresh[1:50] end, news_count = case when fresh = '{}' then w.news_count else cardinality(fresh) end,
      news_at = case when fresh = '{}' then w.news_at else at end
    where w.id = watch and w.stopped_at is null;
  return found;
end $$;
select pg_temp.as_definer('ctx.keep_reading(uuid, text, int, bigint[], bigint[], timestamptz)', 'cc_worker');

-- Their turn has passed this morning, whatever could be read of it.
create or replace function ctx.pass_watcher(of_account uuid, at timestamptz)
returns void language sql security definer set search_path = ''
  as $$ update public.view_watches w set tried_at = at where w.account_id = of_account and w.stopped_at is null
    and w.tried_at < at $$;
select pg_temp.as_definer('ctx.pass_watcher(uuid, timestamptz)', 'cc_worker');

-- A view that its reader may open no more, or whose lines are too many: no mail goes on without a word. The trail says
-- it.
create or replace function ctx.stop_watch(watch uuid, reason text, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); w record; said jsonb;
begin
  update public.view_watches x set stopped_at = at, stopped_for = reason, tried_at = at, seen = '{}'
    where x.id = watch and x.stopped_at is null
    returning x.id, x.account_id into w;
  if not found then return false; end if;
  said := jsonb_build_object('watch', w.id, 'stoppedFor', reason);
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    select entry, stop_watch.at, null, a.organisation_id, 'view.watch-stopped', 'account', a.id::text, '', '',
      public.audit_detail_digest(salt, said)
      from public.accounts a where a.id = w.account_id;
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return true;
end $$;
select pg_temp.as_definer('ctx.stop_watch(uuid, text, timestamptz)', 'cc_worker');

-- Ninety days after it stopped, its reader knows.
create or replace function ctx.purge_view_watches(at timestamptz)
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select w.ctid as place, w.account_id as account,
      ctx.is_held('view-watches', w.account_id, null) as held
    from public.view_watches w
    where w.stopped_at < at - interval 'P90D'
    for update of w),
  gone as (
    delete from public.view_watches w using due where w.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('view-watches', 'view_watches', 'P90D',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_view_watches(timestamptz)', 'cc_worker');
