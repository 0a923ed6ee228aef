-- The outbox of mails, and to whom notices go (AGR-9).

-- The kinds that a person may have told otherwise, and how each is told to who chose nothing. That of
-- contract/deliveries.ts, and a test compares them: what is not here leaves at once, whatever was chosen.
create or replace function ctx.usual_deliveries()
returns jsonb language sql immutable parallel safe as $$ select jsonb '{
  "need-proposed": "now", "action-proposed": "now", "targets-meeting-asked": "now", "campaign-closing": "now",
  "work-handed-over": "now", "campaign-handed-over": "now", "campaign-taken-over": "now", "task-force-entrusted": "now",
  "targets-given": "now", "campaign-lead-named": "now", "targets-taken-over": "now", "referent-named": "now",
  "view-news": "now", "targets-taken-back": "morning", "actions-due": "morning", "need-overtaken": "morning",
  "stale-targets": "morning", "stale-needs": "morning", "campaign-opened": "morning", "work-finished": "bell",
  "need-answered": "morning", "action-answered": "morning", "register-moves": "morning",
  "task-force-taken-over": "morning"}' $$;
grant execute on function ctx.usual_deliveries() to cc_web, cc_definer;

-- How this person wants this kind. Imposed kinds leave at once.
create or replace function ctx.delivery_of(of_account uuid, of_kind text)
returns text language plpgsql stable security definer set search_path = '' as $$
declare usual text := ctx.usual_deliveries() ->> of_kind;
begin
  return case when usual is null then 'now'
    else coalesce((select c.delivery from public.notification_choices c where c.account_id = of_account
      and c.kind = of_kind), usual) end;
end $$;
select pg_temp.as_definer('ctx.delivery_of(uuid, text)');

/*
 * What becomes of a mail, in the transaction that writes it: its notification, for who has an account; then its job, or
 * nothing where its person does not want this kind at once. The policies have judged the row before. What stands after
 * a # serves once: it is not kept.
 * The worker installs its queue by itself: where it never started yet, the mail waits in the outbox, and the worker's
 * sweep finds it.
 */
create or replace function ctx.queue_mail_job()
returns trigger language plpgsql security definer set search_path = '' as $$
declare how text := 'now';
begin
  if new.to_account_id is not null and new.kind <> 'digest' then
    how := ctx.delivery_of(new.to_account_id, new.kind);
    -- Nobody is written to while they are away of what may be told otherwise: the digest of their return tells it.
    if how = 'now' and jsonb_exists(ctx.usual_deliveries(), new.kind) and exists (select from public.absences b
      where b.account_id = new.to_account_id and b.withdrawn_at is null
        and ctx.paris_day(new.created_at) between b.starts_on and b.ends_on) then
      how := 'morning';
    end if;
    insert into public.notifications (id, account_id, kind, subject, text, path, about_kind, about_id, delivery, at)
      values (new.id, new.to_account_id, new.kind, new.subject,
        case when jsonb_exists(ctx.usual_deliveries(), new.kind) then new.body end,
        case when new.path not like '%#%' then new.path end, new.about_kind, new.about_id, how, new.created_at);
  end if;
  if how <> 'now' then
    delete from public.mails m where m.id = new.id;
  elsif to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('send-mail', json_build_object('mailId', new.id), job_key => 'mail:' || new.id);
  end if;
  return null;
end $$;
select pg_temp.as_definer('ctx.queue_mail_job()');

/*
 * Where a mail goes: the address of the account on the day it leaves, not that of the day it was written. A mail that
 * left has no address to tell either.
 */
create or replace function mail_address(mail uuid)
returns text language sql stable security definer set search_path = '' as $$
  select coalesce(m.to_address, (select c.email from public.account_contacts c where c.account_id = m.to_account_id))
    from public.mails m
  where m.id = mail and m.sent_at is null and m.failed_at is null and m.kept_at is null
$$;
select pg_temp.as_definer('mail_address(uuid)', 'cc_worker');

-- The structure of that account, where another has its address: one mailbox then receives the mails of both (0044).
create or replace function ctx.mail_structure(of_account uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return (select o.name from public.account_contacts c join public.organisations o on o.id = c.organisation_id
    where c.account_id = of_account and (c.beside_id is not null
      or exists (select from public.account_contacts k where k.beside_id = of_account)));
end $$;
select pg_temp.as_definer('ctx.mail_structure(uuid)', 'cc_worker');

/*
 * Whether the contacts of a partner's annex are written to: while one of its conventions is prepared or in force,
 * ninety days after its end (as long as a date of it is corrected), and while a disagreement about it is open (article
 * 11). The step that closes it is told as the one that opens it again: before or after what this very transaction
 * notes.
 */
create or replace function ctx.contacts_stand(of_organisation uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.conventions c where c.organisation_id = of_organisation
    and (c.effective_from is null or c.ends_at is null or c.ends_at > at - make_interval(days => ctx.correction_days())
      or exists (select from public.disagreements d cross join (values (false), (true)) v (before)
        where d.convention_id = c.id and coalesce((select s.kind from public.disagreement_steps s
        where s.disagreement_id = d.id and s.kind <> 'attempt'
          and not (v.before and s.xmin is not distinct from pg_current_xact_id_if_assigned()::xid)
            order by s.recorded_at desc, s.id desc limit 1), 'reopen') not in ('settle', 'decide', 'withdraw'))));
end $$;
select pg_temp.as_definer('ctx.contacts_stand(uuid, timestamptz)');

-- The addresses without an account that are written to: who just left it, the one that an account just had, and whom
-- annexes 2 and 2 bis name, or named ninety days ago at most, while they stand. No other.
create or replace function ctx.knows_address(address text)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  return ctx.known()
    and (exists (select from public.departed_people d where d.email = address and d.left_at > at - interval '1 minute')
    or exists (select from public.address_changes d where d.former = address and d.outcome = 'confirmed'
      and d.settled_at > at - interval '1 minute')
    or exists (select from public.convention_contacts c where lower(c.email) = address
      and (c.ends_at is null or c.ends_at > at - make_interval(days => ctx.correction_days()))
      and (c.party = 'operateur' or ctx.contacts_stand(c.organisation_id, at))));
end $$;
select pg_temp.as_definer('ctx.knows_address(text)', 'cc_web');

-- What became of a mail that waits: sent, given up, or kept in a file. Once it left, nobody needs the token of its link
-- again.
create or replace function ctx.settle_mail(of_mail uuid, outcome text, error text)
returns int language plpgsql security definer set search_path = '' as $$
declare settled int;
begin
  if outcome not in ('sent_at', 'failed_at', 'kept_at') then raise exception 'not an outcome: %', outcome
    using errcode = '22023'; end if;
  update public.mails set attempts = attempts + 1, last_error = error,
    sent_at = case when outcome = 'sent_at' then now() end, failed_at = case when outcome = 'failed_at' then now() end,
    kept_at = case when outcome = 'kept_at' then now() end, path = case when outcome = 'failed_at' then path
      else split_part(path, '#', 1) end
    where id = of_mail and sent_at is null and failed_at is null and kept_at is null;
  get diagnostics settled = row_count;
  return settled;
end $$;
select pg_temp.as_definer('ctx.settle_mail(uuid, text, text)', 'cc_worker');

-- Thirty days after it left, nothing stays but that it did.
create or replace function ctx.purge_mails() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select m.id, m.to_account_id as account, ctx.is_held('mails', m.to_account_id, null) as held
    from public.mails m
    where m.purged_at is null and coalesce(m.sent_at, m.failed_at, m.kept_at) < now() - interval 'P30D'
    for update of m),
  gone as (
    update public.mails m set subject = '', body = '', to_address = null, path = split_part(m.path, '#', 1),
        purged_at = now()
      from due where m.id = due.id and not due.held)
  select ctx.note_purge('mails', 'mails', 'P30D',
      ctx.structures_of(array_agg(due.account) filter (where not due.held)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_mails()', 'cc_worker');

/*
 * Mails that never left: refused for good, or still refused after four days of attempts. For who oversees, without what
 * they said;
 * of an address, no more than tells it from another.
 */
create or replace function mails_given_up()
returns table (id uuid, kind text, account_id uuid, masked text, about_kind text, about_id text, created_at timestamptz,
  failed_at timestamptz, attempts int, last_error text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ctx.oversees() then return; end if;
  return query select m.id, m.kind, m.to_account_id, left(m.to_address, 1) || '…@' || split_part(m.to_address, '@', 2),
    m.about_kind, m.about_id, m.created_at, m.failed_at, m.attempts, m.last_error
    from public.mails m where m.purged_at is null and m.sent_at is null and m.kept_at is null
      and (m.failed_at is not null or m.attempts > 0 and m.created_at < ctx.clock() - interval '4 days')
    order by coalesce(m.failed_at, m.created_at) desc, m.id limit 200;
end $$;
select pg_temp.as_definer('mails_given_up()', 'cc_web');

-- Tried again from the start, to the address of this day. False: it left meanwhile, or waits already.
create or replace function retry_mail(mail uuid)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.oversees() then return false; end if;
  update public.mails m set failed_at = null, last_error = null, attempts = 0 where m.id = mail and m.purged_at is null
    and m.sent_at is null and m.kept_at is null
    and (m.failed_at is not null or m.attempts > 0 and m.created_at < ctx.clock() - interval '4 days');
  if not found then return false; end if;
  if to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('send-mail', json_build_object('mailId', mail), job_key => 'mail:' || mail);
  end if;
  return true;
end $$;
select pg_temp.as_definer('retry_mail(uuid)', 'cc_web');

/*
 * To whom a notice goes, by role, on a day (AGR-9): whom annexes 2 and 2 bis name for the role, joined with those who
 * hold it here with an account. A contact whose address is that of an active account comes as that account, so that one
 * address is written to once: of two accounts of one address, that of the side which named it. The operator's side is
 * that of the region (the structure's own where none is said), else the national one; a role held for a region is told
 * of that region alone. A notice for a partner's account managers goes to those in place, as everywhere else counts
 * them: a deed refused, or that still waits for an answer, makes nobody one.
 */
create or replace function ctx.recipients_of(of_organisation uuid, of_region int, at timestamptz)
returns table (party text, role text, account_id uuid, address text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  region int := coalesce(of_region, ctx.region_of(of_organisation, at), 0);
begin
  return query
    with contact as (
      select x.party, x.role, x.email from public.convention_contacts x
        where x.party = 'partenaire' and x.organisation_id = of_organisation
          and x.starts_at <= at and (x.ends_at is null or x.ends_at > at)
          and ctx.contacts_stand(of_organisation, at)
      union all
      select o.party, o.role, o.email
      from (select distinct on (x.role) x.party, x.role, x.email from public.convention_contacts x
        where x.party = 'operateur' and x.region_id in (region, 0)
          and x.starts_at <= at and (x.ends_at is null or x.ends_at > at) order by x.role, x.region_id desc) o)
    select c.party, c.role, a.id, case when a.id is null then lower(c.email) end
      from contact c left join lateral (select x.id from public.account_contacts m
          join public.accounts x on x.id = m.account_id and x.status = 'active'
          join public.organisations o on o.id = x.organisation_id
        where m.email = lower(c.email)
        order by case when c.party = 'operateur' then o.kind = 'operateur' else o.id = of_organisation end desc,
          m.beside_id nulls first limit 1) a on true
    union
    select s.party, r.role, r.account_id, null
      from (select 'partenaire', o.id, o.kind from public.organisations o where o.id = of_organisation union all
        select 'operateur', o.id, o.kind from public.organisations o where o.kind = 'operateur') s (party, id, kind)
      join public.role_assignments r on r.organisation_id = s.id
      join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
      where r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
        and case when s.party = 'operateur' then r.role <> 'rgc' and (r.region_id is null or r.region_id = region)
          when r.role = 'rgc' then s.kind = 'operateur' or ctx.stands_on_deed(r.account_id, at)
          else r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur') end;
end $$;
select pg_temp.as_definer('ctx.recipients_of(uuid, int, timestamptz)', 'cc_worker');

-- For who acts: about their own structure; about any for who oversees or acts for the operator, and for its data
-- protection officer, who hands requests of rights over (PRI-2); about those of its region for a regional direction.
create or replace function notice_recipients(of_organisation uuid, of_region int, at timestamptz)
returns table (party text, role text, account_id uuid, address text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees(of_organisation)
    or ctx.acts_for_operator()
    or ctx.holds_role('dpd') and ctx.of_operator()
    or exists (select from public.conventions c where c.organisation_id = of_organisation
      and c.region_id = any (ctx.acts_in()))) then return; end if;
  return query select * from ctx.recipients_of(of_organisation, of_region, at);
end $$;
select pg_temp.as_definer('notice_recipients(uuid, int, timestamptz)', 'cc_web');

-- What a job told and nobody was there to read: an act's own entry says it, a job's has none.
create or replace function ctx.note_empty_roles(of_organisation uuid, said jsonb, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
begin
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, at, null, of_organisation, 'notice.role-empty', 'organisation', of_organisation::text, '', '',
      public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.note_empty_roles(uuid, jsonb, timestamptz)', 'cc_worker');

-- For the worker's metrics: a number, since it reads no mail that was settled.
create or replace function ctx.count_mails_given_up()
returns int language sql stable security definer set search_path = ''
  as $$ select count(*)::int from public.mails m where m.failed_at is not null and m.purged_at is null $$;
select pg_temp.as_definer('ctx.count_mails_given_up()', 'cc_worker');

/*
 * The oldest announcement that partners are still to be told of, and the next conventions in force that it concerns.
 * Locked: another worker leaves it. No row: nothing is left to tell.
 */
create or replace function ctx.next_to_tell(most int)
returns table (announcement_id uuid, kind text, subject text, text text, path text, about_kind text, about_id uuid,
  announced_by uuid,
  convention_id uuid, organisation_id uuid, region_id int)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare n record; at timestamptz := ctx.clock();
begin
  select x.* into n from public.announcements x
    where x.told_at is null order by x.announced_at, x.id limit 1 for update skip locked;
  if not found then return; end if;
  return query select n.id, n.kind, n.subject, n.text, n.path, n.about_kind, n.about_id, n.announced_by, v.id,
    v.organisation_id, v.region_id
    from (select 1) one
    left join lateral (select v.id, v.organisation_id, v.region_id from public.conventions v
      where v.effective_from is not null and (v.ends_at is null or v.ends_at > at)
        and (n.region_id = 0 or v.region_id = n.region_id) and (n.told_up_to is null or v.id > n.told_up_to)
      order by v.id limit most) v on true;
end $$;
select pg_temp.as_definer('ctx.next_to_tell(int)', 'cc_worker');

-- Notes how far an announcement was told, in the transaction that wrote the mails; the last part ends it.
create or replace function ctx.told_up_to(announcement uuid, convention uuid, written int)
returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.announcements x set told_up_to = coalesce(convention, x.told_up_to), mails = x.mails + written,
    told_at = case when convention is null then ctx.clock() end where x.id = announcement;
end $$;
select pg_temp.as_definer('ctx.told_up_to(uuid, uuid, int)', 'cc_worker');

-- Who has something to be told by a digest, after this account: what was written before these two instants, and was not
-- read meanwhile.
create or replace function ctx.digests_due(morning timestamptz, weekly timestamptz, past uuid, most int)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct n.account_id from public.notifications n
  where n.told_at is null and n.read_at is null and n.delivery in ('morning', 'weekly')
    and n.at < case n.delivery when 'morning' then morning else weekly end
    and (past is null or n.account_id > past)
  order by n.account_id limit most
$$;
select pg_temp.as_definer('ctx.digests_due(timestamptz, timestamptz, uuid, int)', 'cc_worker');

/*
 * Takes, for this transaction, what one person is to be told by a digest, and notes that it was. Nothing: another
 * worker has it, or the person is away, suspended, blocked or gone; what is theirs waits for their return. What they
 * want no more by mail is left to the page.
 */
create or replace function ctx.take_digest(of_account uuid, morning timestamptz, weekly timestamptz, now_is timestamptz)
returns table (id uuid, kind text, subject text, at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(now_is);
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('digest ' || of_account, 0)) then
    return; end if;
  if not exists (select from public.accounts a join public.account_contacts c on c.account_id = a.id
    where a.id = of_account and a.status = 'active' and not ctx.contract_over(a, now_is))
    or exists (select from public.account_blocks b where b.account_id = of_account and b.cuts = 'account'
      and b.lifted_at is null)
    or exists (select from public.absences b where b.account_id = of_account and b.withdrawn_at is null
      and today between b.starts_on and b.ends_on) then return; end if;
  return query update public.notifications n set told_at = now_is
    where n.account_id = of_account and n.told_at is null and n.read_at is null and n.delivery in ('morning', 'weekly')
      and n.at < case n.delivery when 'morning' then morning else weekly end
      and ctx.delivery_of(of_account, n.kind) <> 'bell'
    returning n.id, n.kind, n.subject, n.at;
end $$;
select pg_temp.as_definer('ctx.take_digest(uuid, timestamptz, timestamptz, timestamptz)', 'cc_worker');

-- What a morning said of actions is false the next day, read or not, also for who has nothing due any more.
create or replace function ctx.drop_past_due_lines(today date)
returns int language plpgsql security definer set search_path = '' as $$
declare dropped int;
begin
  delete from public.notifications n where n.kind = 'actions-due' and ctx.paris_day(n.at) < today;
  get diagnostics dropped = row_count;
  return dropped;
end $$;
select pg_temp.as_definer('ctx.drop_past_due_lines(date)', 'cc_worker');

-- Thirty days after it was read, ninety after it was written: gone. So is what was told to who left, and what they had
-- chosen.
create or replace function ctx.purge_notifications()
returns int language plpgsql security definer set search_path = '' as $$
declare purged int; now_is timestamptz := ctx.clock();
begin
  with gone as (
    delete from public.notification_choices c using public.accounts a where a.id = c.account_id and a.status = 'deleted'
    returning a.organisation_id)
  select ctx.note_purge('account', 'notification_choices', 'P0D', array_agg(g.organisation_id), null)
    into purged from gone g;
  perform ctx.await_holds();
  with due as materialized (
    select n.ctid as place, a.organisation_id as structure, case when n.read_at < now_is - interval 'P30D' then 'P30D'
        when n.at < now_is - interval 'P90D' then 'P90D' else 'P0D' end as kept_for,
      ctx.is_held('notifications', n.account_id, a.organisation_id) as held
    from public.notifications n, public.accounts a
    where a.id = n.account_id and (n.read_at < now_is - interval 'P30D' or n.at < now_is - interval 'P90D'
      or a.status = 'deleted')
    for update of n),
  gone as (
    delete from public.notifications n using due where n.ctid = due.place and not due.held
    returning due.place),
  noted as (
    select ctx.note_purge('notifications', 'notifications', due.kept_for,
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held)) as n
    from due left join gone on gone.place = due.place group by due.kept_for)
  select coalesce(sum(n), 0) into purged from noted;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_notifications()', 'cc_worker');

/*
 * The address in a mail was followed (RFC 8058): its kind, or all that the digest told, stays in the application alone.
 * Who calls has read our signature on it; without one, this only makes a mail fewer, of a mail whose id one has. False:
 * no such mail, or nobody there any more.
 */
create or replace function unsubscribe(of_mail uuid, of_kind text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare m record; at timestamptz := ctx.clock(); entry uuid := gen_random_uuid();
  salt bytea := extensions.gen_random_bytes(16); said jsonb;
begin
  select x.to_account_id as account, a.organisation_id into m from public.mails x
    join public.accounts a on a.id = x.to_account_id and a.status <> 'deleted'
    where x.id = of_mail and x.kind = of_kind;
  if not found or of_kind <> 'digest' and not jsonb_exists(ctx.usual_deliveries(), of_kind) then return false; end if;
  with changed as (insert into public.notification_choices as c (account_id, kind, delivery, chosen_at)
    select m.account, k.kind, 'bell', at from jsonb_object_keys(ctx.usual_deliveries()) k (kind)
      where case of_kind when 'digest' then ctx.delivery_of(m.account, k.kind) in ('morning', 'weekly')
        else k.kind = of_kind end
    on conflict (account_id, kind) do update set delivery = excluded.delivery, chosen_at = excluded.chosen_at
      where c.delivery <> 'bell'
    returning c.kind)
  select jsonb_build_object('kinds', jsonb_agg(x.kind order by x.kind)) into said from changed x having count(*) > 0;
  if said is not null then
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      values (entry, at, null, m.organisation_id, 'notification.unsubscribed', 'account', m.account::text, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  end if;
  return true;
end $$;
select pg_temp.as_definer('unsubscribe(uuid, text)', 'cc_web');
