-- The outbox of mails, and to whom notices go (AGR-9).

/*
 * The job of a mail, in the transaction that writes it. The worker installs its queue by itself: where it never started yet, the
 * mail waits in the outbox, and the worker's sweep finds it.
 */
create or replace function ctx.queue_mail_job() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('send-mail', json_build_object('mailId', new.id), job_key => 'mail:' || new.id);
  end if;
  return null;
end $$;
select pg_temp.as_definer('ctx.queue_mail_job()');

/*
 * Where a mail goes: the address of the account on the day it leaves, not that of the day it was written. A mail that left has no
 * address to tell either.
 */
create or replace function mail_address(mail uuid) returns text language sql stable security definer set search_path = '' as $$
  select coalesce(m.to_address, (select c.email from public.account_contacts c where c.account_id = m.to_account_id)) from public.mails m
  where m.id = mail and m.sent_at is null and m.failed_at is null and m.kept_at is null
$$;
select pg_temp.as_definer('mail_address(uuid)', 'cc_worker');

-- What became of a mail that waits: sent, given up, or kept in a file.
create or replace function ctx.settle_mail(of_mail uuid, outcome text, error text)
returns int language plpgsql security definer set search_path = '' as $$
declare settled int;
begin
  if outcome not in ('sent_at', 'failed_at', 'kept_at') then raise exception 'not an outcome: %', outcome using errcode = '22023'; end if;
  update public.mails set attempts = attempts + 1, last_error = error, sent_at = case when outcome = 'sent_at' then now() end, failed_at = case when outcome = 'failed_at' then now() end,
    kept_at = case when outcome = 'kept_at' then now() end
    where id = of_mail and sent_at is null and failed_at is null and kept_at is null;
  get diagnostics settled = row_count;
  return settled;
end $$;
select pg_temp.as_definer('ctx.settle_mail(uuid, text, text)', 'cc_worker');

-- Thirty days after it left, nothing stays but that it did.
create or replace function ctx.purge_mails() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  update public.mails set subject = '', body = '', to_address = null, purged_at = now() where purged_at is null and coalesce(sent_at, failed_at, kept_at) < now() - interval '30 days';
  get diagnostics purged = row_count;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_mails()', 'cc_worker');

/*
 * Mails that never left: refused for good, or still refused after four days of attempts. For who oversees, without what they said;
 * of an address, no more than tells it from another.
 */
create or replace function mails_given_up()
returns table (id uuid, kind text, account_id uuid, masked text, about_kind text, about_id text, created_at timestamptz,
  failed_at timestamptz, attempts int, last_error text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ctx.oversees() then return; end if;
  return query select m.id, m.kind, m.to_account_id, left(m.to_address, 1) || '…@' || split_part(m.to_address, '@', 2), m.about_kind, m.about_id, m.created_at, m.failed_at, m.attempts, m.last_error
    from public.mails m where m.purged_at is null and m.sent_at is null and m.kept_at is null and (m.failed_at is not null or m.attempts > 0 and m.created_at < ctx.clock() - interval '4 days')
    order by coalesce(m.failed_at, m.created_at) desc, m.id limit 200;
end $$;
select pg_temp.as_definer('mails_given_up()', 'cc_web');

-- Tried again from the start, to the address of this day. False: it left meanwhile, or waits already.
create or replace function retry_mail(mail uuid) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.oversees() then return false; end if;
  update public.mails m set failed_at = null, last_error = null, attempts = 0 where m.id = mail and m.purged_at is null and m.sent_at is null and m.kept_at is null
    and (m.failed_at is not null or m.attempts > 0 and m.created_at < ctx.clock() - interval '4 days');
  if not found then return false; end if;
  if to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('send-mail', json_build_object('mailId', mail), job_key => 'mail:' || mail);
  end if;
  return true;
end $$;
select pg_temp.as_definer('retry_mail(uuid)', 'cc_web');

/*
 * To whom a notice goes, by role, on a day (AGR-9): whom annexes 2 and 2 bis name for the role, joined with those who hold it here with
 * an account. A contact whose address is that of an active account comes as that account, so that one address is written to once. The
 * operator's side is that of the region (the structure's own where none is said), else the national one. A notice for a partner's
 * account managers goes to those in place, as everywhere else counts them: a deed refused, or that still waits for an answer, makes
 * nobody one.
 */
create or replace function ctx.recipients_of(of_organisation uuid, of_region int, at timestamptz)
returns table (party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  region int := coalesce(of_region, (select c.region_id from public.conventions c where c.organisation_id = of_organisation
    order by c.effective_from <= at and (c.ends_at is null or c.ends_at > at) desc nulls last, c.created_at desc limit 1), 0);
begin
  return query
    with contact as (
      select x.party, x.role, x.email from public.convention_contacts x
        where x.party = 'partenaire' and x.organisation_id = of_organisation and x.starts_at <= at and (x.ends_at is null or x.ends_at > at)
      union all
      select o.party, o.role, o.email from (select distinct on (x.role) x.party, x.role, x.email from public.convention_contacts x
        where x.party = 'operateur' and x.region_id in (region, 0) and x.starts_at <= at and (x.ends_at is null or x.ends_at > at) order by x.role, x.region_id desc) o)
    select c.party, c.role, a.id, case when a.id is null then lower(c.email) end
      from contact c left join public.account_contacts m on m.email = lower(c.email) left join public.accounts a on a.id = m.account_id and a.status = 'active'
    union
    select s.party, r.role, r.account_id, null
      from (select 'partenaire', o.id, o.kind from public.organisations o where o.id = of_organisation union all select 'operateur', o.id, o.kind from public.organisations o where o.kind = 'operateur') s (party, id, kind)
      join public.role_assignments r on r.organisation_id = s.id
      join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
      where r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
        and case when s.party = 'operateur' then r.role <> 'rgc' and (r.role <> 'direction-regionale' or r.region_id = region)
          when r.role = 'rgc' then s.kind = 'operateur' or ctx.stands_on_deed(r.account_id, at)
          else r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur') end;
end $$;
select pg_temp.as_definer('ctx.recipients_of(uuid, int, timestamptz)', 'cc_worker');

-- For who acts: about their own structure; about any for who oversees or acts for the operator; about those of its region for a
-- regional direction.
create or replace function notice_recipients(of_organisation uuid, of_region int, at timestamptz)
returns table (party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees() or ctx.acts_for_operator()
    or exists (select from public.conventions c where c.organisation_id = of_organisation and c.region_id = any (ctx.regions()))) then return; end if;
  return query select * from ctx.recipients_of(of_organisation, of_region, at);
end $$;
select pg_temp.as_definer('notice_recipients(uuid, int, timestamptz)', 'cc_web');

-- What a job told and nobody was there to read: an act's own entry says it, a job's has none.
create or replace function ctx.note_empty_roles(of_organisation uuid, said jsonb, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
begin
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
    values (entry, at, null, of_organisation, 'notice.role-empty', 'organisation', of_organisation::text, '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.note_empty_roles(uuid, jsonb, timestamptz)', 'cc_worker');
