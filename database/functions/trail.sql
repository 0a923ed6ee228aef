-- The trail (SEC-1) and its sealing, and in whose name it is written: the application writes in the name of its session
-- alone; what nobody signed in did, the database writes by functions that know their acts; the command line says in its
-- origin who was at it.
-- A detail leaves the trail in two ways only: after its retention, or with its account. Whatever removes one tells it
-- in the trail in the same statement, by audit_tell_erased: the verification (server/oversight/audit/verify-details.ts)
-- finds each missing detail in one of these reports, or says that it was removed.

-- A UUIDv7 made by the database, for the entries that it writes itself.
create or replace function ctx.new_id() returns uuid language sql volatile set search_path = '' as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
select pg_temp.as_definer('ctx.new_id()');

create or replace function audit_detail_digest(salt bytea, detail jsonb)
returns bytea language sql immutable as $$ select sha256(salt || convert_to(detail::text, 'UTF8')) $$;

create or replace function audit_leaf(e audit_entries) returns bytea language sql stable as $$
  select sha256('\x00'::bytea || convert_to(jsonb_build_array(e.id, extract(epoch from e.at), e.actor_id,
    e.organisation_id, e.action, e.subject_kind, e.subject_id,
    e.origin, e.request_id, encode(e.detail_digest, 'hex'))::text, 'UTF8'))
$$;

-- Named whole: called from a function without a search_path too.
create or replace function audit_set_leaf()
returns trigger language plpgsql as $$ begin new.leaf := public.audit_leaf(new); new.xid := pg_current_xact_id();
  return new; end $$;

create or replace function audit_refuse_change()
returns trigger language plpgsql as $$ begin raise exception 'the trail is append-only'; end $$;

-- Entries without an actor: by whom, and which acts. Functions of cc_definer see past the policies, so that a trigger
-- looks at them too.
create or replace function audit_check_actor() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.actor_id is null and current_user <> 'cc_owner' and (new.action, new.subject_kind) not in (
    ('sign-in.failed', 'sign-in'), ('sign-in.failed', 'account'), ('account.link-asked', 'account'),
      ('password.chosen', 'account'), ('password.code-refused', 'account'),
    ('account.blocked-for-suspect-use', 'account'), ('account.suspect-use-told', 'account'),
      ('account.departed', 'account'), ('account.departure-held', 'account'), ('structure.read-beyond-ordinary',
        'organisation'), ('account.opens-beyond-ordinary', 'account'), ('notice.role-empty', 'organisation'),
      ('campaign.closed-by-itself', 'campaign'), ('bulk-work.stopped', 'campaign'), ('bulk-work.stopped', 'account'),
      ('next-action.proposal-lapsed', 'next-action'), ('view.watch-stopped', 'account'), ('calendar.lapsed', 'account'),
      ('grant.lapsed', 'account'), ('notification.unsubscribed', 'account'), ('satisfaction.asked', 'need'),
      ('satisfaction.not-asked', 'need'), ('satisfaction.answered', 'need'), ('satisfaction.refused', 'need'),
      ('register-move.applied', 'establishment'), ('register-move.undone', 'establishment'),
      ('figures.frozen', 'frozen-month'), ('personal-data.purged', 'personal-data'), ('trail.details-purged', 'trail'),
      ('trail.details-erased', 'account'))
  then raise exception 'an act without an actor: % on %', new.action, new.subject_kind using errcode = '42501'; end if;
  return new;
end $$;

/*
 * Runs as who deletes: cc_definer, whatever function or hand it was. The report of a retention holds the stretch of the
 * trail, the count and the digest of the ids in order; the report of an account holds the ids. A term is reckoned from
 * the transaction's own instant, in UTC as the verification reckons it: months end on the same day for both.
 */
create or replace function audit_tell_erased() returns trigger language plpgsql set search_path = '' as $$
declare
  salt bytea := extensions.gen_random_bytes(16);
  report uuid;
  told record;
  account uuid;
  organisation uuid;
  said jsonb;
begin
  select count(*) as count, max(e.at) as last_at, min(e.subject_id) as subject,
      bool_and(e.subject_kind = 'account' and e.action in ('account.opened', 'account.edited', 'address.asked',
        'address.changed', 'address.refused')) and count(distinct e.subject_id) = 1 as of_one_account,
      bool_or(e.action in ('trail.details-purged', 'trail.details-erased')) as reports,
      pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(string_agg(e.id::text, ''
        order by e.at, e.id), 'UTF8')), 'hex') as digest,
      (array_agg(jsonb_build_array(extract(epoch from e.at)::text, e.id) order by e.at, e.id))[1] as first,
      (array_agg(jsonb_build_array(extract(epoch from e.at)::text, e.id) order by e.at desc, e.id desc))[1] as last
    into told from gone g join public.audit_entries e on e.id = g.entry_id;
  if told.count = 0 then return null; end if;
  report := ctx.new_id();
  if told.of_one_account then
    select a.id, a.organisation_id into account, organisation from public.accounts a where a.id::text = told.subject
      and a.status = 'deleted';
  end if;
  if account is not null then
    said := jsonb_build_object('entries', (select jsonb_agg(g.entry_id order by g.entry_id) from gone g));
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind,
      subject_id, detail_digest)
      values (report, now(), ctx.account(), organisation, 'trail.details-erased', 'account', account::text,
        public.audit_detail_digest(salt, said));
  elsif not told.reports and told.last_at < (now() at time zone 'UTC' - interval '6 months') at time zone 'UTC' then
    said := jsonb_build_object('count', told.count, 'first', told.first, 'last', told.last, 'sha256', told.digest);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind,
      subject_id, detail_digest)
      values (report, now(), null, null, 'trail.details-purged', 'trail', 'details',
        public.audit_detail_digest(salt, said));
  else
    raise exception 'a detail of the trail leaves after its retention, or with its account' using errcode = '42501';
  end if;
  insert into public.audit_details (entry_id, salt, detail) values (report, salt, said);
  return null;
end $$;

/*
 * What an entry of the trail said in detail is personal, and goes after its retention (PRI-4). The entry and its leaf
 * stay: they hold the digest of what was said, and verify without it. Erases at most so many, the oldest first; a
 * trigger tells the trail how many, in the same statement. One purge at a time: what each erases is one stretch of the
 * trail, save what left with an account before. The trail's own reports hold nothing personal and stay. Answers how
 * many.
 */
create or replace function ctx.purge_trail_details(months int, at_most int)
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  if months not between 6 and 120 or at_most not between 1 and 100000 then
    raise exception 'a retention is of 6 to 120 months' using errcode = '22023'; end if;
  perform ctx.await_holds();
  -- Kept whole: a stretch of the trail that was erased in part could no longer be verified.
  if ctx.is_held('trail', null, null) then
    perform ctx.report_purge('trail', 'audit_details', 'P' || months || 'M', e.organisation_id, 0, count(*))
      from public.audit_entries e join public.audit_details d on d.entry_id = e.id
      where e.at < (now() at time zone 'UTC' - make_interval(months => months)) at time zone 'UTC'
        and e.action not in ('trail.details-purged', 'trail.details-erased') group by e.organisation_id;
    return 0;
  end if;
  -- The application has no right to take a lock that this one waits for, whereas an advisory lock is anyone's. Writers
  -- are not held up.
  lock table public.audit_details in share update exclusive mode;
  with over as materialized (
      select d.entry_id, e.organisation_id from public.audit_entries e join public.audit_details d on d.entry_id = e.id
      where e.at < (now() at time zone 'UTC' - make_interval(months => months)) at time zone 'UTC'
        and e.action not in ('trail.details-purged', 'trail.details-erased')
      order by e.at, e.id limit at_most for update of d),
  gone as (
    delete from public.audit_details d using over where d.entry_id = over.entry_id
    returning over.organisation_id)
  select ctx.count_purged('trail', 'audit_details', 'P' || months || 'M', array_agg(g.organisation_id), null)
    into purged from gone g;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_trail_details(int, int)', 'cc_worker');

/*
 * What a person did, told in the transaction that did it, in the name of the session entered. An entry and its detail
 * are one statement: none is without the other, and neither can be given afterwards. Short of its second factor, or
 * locked, a session's context names no organisation: it is the account's.
 */
create or replace function ctx.write_acts(at timestamptz, origin text, request_id text, entries jsonb)
returns void language plpgsql security definer set search_path = '' as $$
declare
  account uuid := ctx.account();
  organisation uuid := coalesce(ctx.organisation(), (select a.organisation_id from public.accounts a
    where a.id = ctx.account()));
begin
  if not ctx.known() then raise exception 'an act without a session' using errcode = '42501'; end if;
  with told as materialized (
      select r.*, extensions.gen_random_bytes(16) as salt
      from jsonb_to_recordset(entries) as r (id uuid, action text, kind text, subject text, detail jsonb)),
    entered as (
      insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
        request_id, detail_digest)
      select t.id, write_acts.at, account, organisation, t.action, t.kind, t.subject, write_acts.origin,
        write_acts.request_id, public.audit_detail_digest(t.salt, t.detail) from told t)
  insert into public.audit_details (entry_id, salt, detail) select t.id, t.salt, t.detail from told t;
end $$;
select pg_temp.as_definer('ctx.write_acts(timestamptz, text, text, jsonb)', 'cc_web');

-- What signing in tells of who just came in: these acts alone.
create or replace function ctx.write_sign_in(at timestamptz, origin text, request_id text, entries jsonb)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from jsonb_to_recordset(entries) as r (action text) where r.action is null
    or r.action not in ('session.opened', 'account.linked')) then
    raise exception 'not an act of signing in' using errcode = '42501';
  end if;
  perform ctx.write_acts(at, origin, request_id, entries);
end $$;
select pg_temp.as_definer('ctx.write_sign_in(timestamptz, text, text, jsonb)', 'cc_sign_in');

/*
 * What is gathered by the web process and written apart, so that no request waits for it (SEC-1, SEC-2): who read which
 * persons, whose recruitments, who searched or read the trail, what was refused by right. The name it is written in
 * comes from the session, found by the digest of its token, which no row tells; one proven meanwhile has another, and
 * is found by the former too. Without a subject, it is on that person. A batch whose COMMIT was made and not heard of
 * is sent again: what of it is written already is passed over, or that batch and all that follow would be refused for
 * ever.
 */
create or replace function record_by_session(act text, entries jsonb)
returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  if act not in ('persons.read', 'access.refused', 'trail.searched', 'trail.entry-read', 'recruitment.read',
    'recruitment.searched') then raise exception 'not an act that is written apart: %', act
    using errcode = '42501'; end if;
  with told as materialized (
      select r.*, s.account_id, a.organisation_id, extensions.gen_random_bytes(16) as salt
      from jsonb_to_recordset(entries) as r (id uuid, at timestamptz, token_hash text, kind text, subject text,
        origin text, request_id text, detail jsonb)
      join public.sessions s on s.id = ctx.session_of(r.token_hash) join public.accounts a on a.id = s.account_id),
    entered as (
      insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
        request_id, detail_digest)
      select id, at, account_id, organisation_id, act, coalesce(kind, 'account'), coalesce(subject, account_id::text),
        origin, request_id, public.audit_detail_digest(salt, detail) from told
      on conflict (id) do nothing returning id)
  insert into public.audit_details (entry_id, salt, detail) select t.id, t.salt, t.detail from told t
    join entered e on e.id = t.id;
  get diagnostics written = row_count;
  return written;
end $$;
select pg_temp.as_definer('record_by_session(text, jsonb)', 'cc_web');

/*
 * What happens at the door, before anyone is signed in: these acts alone, at the database's instant. Only the role of
 * signing in runs it.
 * An identity that ProConnect vouches for may come as often as it likes: of the same thing, it is told once a day
 * (REL-4).
 */
create or replace function record_at_the_door(of_entry uuid, act text, kind text, subject text,
  of_organisation uuid, origin text,
  request_id text, said jsonb)
returns void
language plpgsql security definer set search_path = '' as $$
declare salt bytea := extensions.gen_random_bytes(16);
begin
  if (act, kind) not in (('sign-in.failed', 'sign-in'), ('sign-in.failed', 'account'),
    ('account.link-asked', 'account'), ('password.chosen', 'account'), ('password.code-refused', 'account')) then
    raise exception 'not an act of the door: % on %', act, kind using errcode = '42501';
  end if;
  if length(origin) > 200 or length(request_id) > 200
    or length(said::text) > 4000 then raise exception 'too long for an act of the door' using errcode = '22001'; end if;
  if said ? 'subject' then
    insert into public.told_at_the_door (day, identity) values (ctx.paris_day(ctx.clock()), extensions.hmac(
      convert_to(jsonb_build_array('door', act, case when kind = 'account' then record_at_the_door.subject end,
        said -> 'issuer', said -> 'subject', said -> 'code', said -> 'reason')::text, 'UTF8'),
      (select k.key from secret.context_key k), 'sha256')) on conflict do nothing;
    if not found then return; end if;
  end if;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (of_entry, ctx.clock(), null, of_organisation, act, kind, subject, record_at_the_door.origin,
      record_at_the_door.request_id, public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (of_entry, salt, said);
end $$;
select pg_temp.as_definer('record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb)', 'cc_sign_in');

-- Opens a seal: the head as it stands, or nothing while another sequencer is at work. Held to the end of the
-- transaction, by the row of the head: the application has no right on it, whereas an advisory lock is anyone's to
-- take, and would stop the sealing.
create or replace function ctx.trail_open()
returns table (size bigint, peaks bytea, note text) language plpgsql security definer set search_path = '' as $$
begin
  return query select h.size, h.peaks, (select c.note from public.trail_checkpoints c where c.size = h.size)
    from public.trail_head h for update skip locked;
end $$;
select pg_temp.as_definer('ctx.trail_open()', 'cc_worker');

/*
 * Gives their positions to the next settled entries, at most so many, and answers their leaves in order. Settled: every
 * transaction numbered below xmin is over, so that none can add an entry behind the cursor; what a long transaction
 * holds back waits. After a restore into another server, whose transactions are numbered anew, entries of a number not
 * reached yet come from the former one:
 * settled too, and taken once by what has no position.
 */
create or replace function ctx.trail_take(at_most int)
returns table ("position" bigint, leaf bytea) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  head public.trail_head;
  here text := (select system_identifier::text from pg_control_system());
  settled_below xid8 := pg_snapshot_xmin(pg_current_snapshot());
  not_reached xid8 := pg_snapshot_xmax(pg_current_snapshot());
  taken int;
begin
  select * into head from public.trail_head for update skip locked;
  if not found then return; end if;
  if head.cluster = here then
    return query with settled as (
        select e.id, e.leaf, e.xid from public.audit_entries e
        where (e.xid, e.id) > (head.cursor_xid, head.cursor_id) and e.xid < settled_below
          and not exists (select from public.trail_leaves l where l.entry_id = e.id)
        order by e.xid, e.id limit at_most),
      placed as (insert into public.trail_leaves as l select head.size - 1 + row_number() over (order by xid, id), id,
        leaf from settled returning l.position, l.leaf)
      select p.position, p.leaf from placed p order by p.position;
  else
    return query with settled as (
        select e.id, e.leaf, e.xid from public.audit_entries e
        where (e.xid < settled_below or e.xid >= not_reached) and not exists (select from public.trail_leaves l
          where l.entry_id = e.id) order by e.xid, e.id limit at_most),
      placed as (insert into public.trail_leaves as l select head.size - 1 + row_number() over (order by xid, id), id,
        leaf from settled returning l.position, l.leaf)
      select p.position, p.leaf from placed p order by p.position;
  end if;
  get diagnostics taken = row_count;
  if taken = 0 and head.cluster = here then
    return; -- nothing new: nothing is written
  elsif taken < at_most then
    update public.trail_head
      set cursor_xid = settled_below, cursor_id = '00000000-0000-0000-0000-000000000000', cluster = here;
  elsif head.cluster = here then
    update public.trail_head set (cursor_xid, cursor_id) = (select e.xid, e.id from public.trail_leaves l
      join public.audit_entries e on e.id = l.entry_id order by l.position desc limit 1);
  end if;
end $$;
select pg_temp.as_definer('ctx.trail_take(int)', 'cc_worker');

/*
 * Closes the seal opened in this transaction. What it is given stays for good, so its form is checked: the peaks are as
 * many as the size says, the note names that size and the root of those peaks, and its origin is that of the checkpoint
 * before. Rubbish kept once would stop the sealing for ever.
 */
create or replace function ctx.trail_close(new_size bigint, new_peaks bytea, new_note text,
  all_taken boolean, levels int[],
  indexes bigint[], hashes bytea[])
returns void language plpgsql security definer set search_path = '' as $$
declare
  peaks int := length(new_peaks) / 32;
  root bytea := substr(new_peaks, length(new_peaks) - 31);
  said text[] := regexp_match(new_note,
    '^([^\n]+)\n([1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n'
    '(?:previous (0|[1-9][0-9]{0,14}) at \d{4}-\d\d-\d\dT[\d:.]{12}Z (?:settled|pending)'
    '(?: keeps [1-9]\d{0,2})?(?: rights [A-Za-z0-9+/]{43}=)?\n)?\n(?:— \S+ [A-Za-z0-9+/]+=*\n)+$');
  last_origin text := (select split_part(c.note, E'\n', 1) from public.trail_checkpoints c
    order by c.size desc limit 1);
begin
  perform from public.trail_head for update skip locked;
  if not found then raise exception 'another sequencer is at work'; end if;
  if new_size is distinct from (select max(position) + 1 from public.trail_leaves) then
    raise exception 'the tree is not over all the positions'; end if;
  if length(new_peaks) <> 32 * bit_count(new_size::bit(64)) then
    raise exception 'the tree has not the peaks of its size' using errcode = '22023'; end if;
  if said is null or said[2]::bigint <> new_size then raise exception 'not a checkpoint of this size'
    using errcode = '22023'; end if;
  if said[4]::bigint >= new_size then raise exception 'a checkpoint after the one it names'
    using errcode = '22023'; end if;
  if said[1] <> last_origin then raise exception 'a checkpoint of another origin' using errcode = '22023'; end if;
  for i in reverse peaks - 1 .. 1 loop
    root := sha256('\x01'::bytea || substr(new_peaks, 32 * (i - 1) + 1, 32) || root); end loop;
  if encode(root, 'base64') <> said[3] then raise exception 'a checkpoint of another tree'
    using errcode = '22023'; end if;
  if exists (select from unnest(hashes) h where length(h) <> 32 or h is null) then
    raise exception 'a subtree is 32 bytes' using errcode = '22023'; end if;
  insert into public.trail_nodes select * from unnest(levels, indexes, hashes);
  insert into public.trail_checkpoints (size, note, caught_up) values (new_size, new_note, all_taken);
  update public.trail_head set size = new_size, peaks = new_peaks;
end $$;
select pg_temp.as_definer('ctx.trail_close(bigint, bytea, text, bool, int[], bigint[], bytea[])', 'cc_worker');

-- The checkpoint of that size: what the witness kept is compared with it.
create or replace function ctx.trail_note(of_size bigint)
returns text language sql stable security definer set search_path = ''
  as $$ select note from public.trail_checkpoints where size = of_size $$;
select pg_temp.as_definer('ctx.trail_note(bigint)', 'cc_worker');

-- Seconds that the oldest entry without a position has been waiting; 0 when all are sealed. After a restore into
-- another server, entries of the former one bear numbers not reached yet: they are sealed, or taken at the next seal,
-- and the lag need not read them all.
create or replace function ctx.trail_lag()
returns double precision language sql stable security definer set search_path = '' as $$
  select coalesce(greatest(0, extract(epoch from clock_timestamp() - (
    select e.at from public.audit_entries e, public.trail_head h
      where (e.xid, e.id) > (h.cursor_xid, h.cursor_id) and e.xid < pg_snapshot_xmax(pg_current_snapshot())
        and not exists (select from public.trail_leaves l where l.entry_id = e.id)
      order by e.xid, e.id limit 1))), 0)
$$;
select pg_temp.as_definer('ctx.trail_lag()', 'cc_web', 'cc_worker');

-- Where an entry stands in the sealed tree; null until it is sealed.
create or replace function ctx.trail_position(of_entry uuid)
returns bigint language sql stable security definer set search_path = ''
  as $$ select position from public.trail_leaves where entry_id = of_entry $$;
select pg_temp.as_definer('ctx.trail_position(uuid)', 'cc_web');

-- One at a time, by a lock that the application has no right to take.
create or replace function ctx.trail_confide(witness text)
returns bigint language plpgsql security definer set search_path = '' as $$
begin
  lock table public.trail_witnesses in share row exclusive mode;
  return coalesce((select w.size from public.trail_witnesses w where w.name = witness), 0);
end $$;
select pg_temp.as_definer('ctx.trail_confide(text)', 'cc_worker');

create or replace function ctx.trail_confided(witness text, of_size bigint)
returns void language sql security definer set search_path = '' as $$
  insert into public.trail_witnesses (name, size) values (witness, of_size)
    on conflict (name) do update set size = excluded.size, at = excluded.at where trail_witnesses.size < excluded.size
$$;
select pg_temp.as_definer('ctx.trail_confided(text, bigint)', 'cc_worker');

-- Whether an entry is there to read without a position yet: what a checkpoint calls settled is then not all there is.
create or replace function ctx.trail_waits()
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.audit_entries e, public.trail_head h
    where (e.xid, e.id) > (h.cursor_xid, h.cursor_id)
      and not exists (select from public.trail_leaves l where l.entry_id = e.id))
$$;
select pg_temp.as_definer('ctx.trail_waits()', 'cc_worker');
