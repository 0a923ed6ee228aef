/*
 * To whom a notice goes, by role, on a day (AGR-9): whom annexes 2 and 2 bis name for the role, joined with those who hold it here with an account. A contact whose address is that of an
 * active account comes as that account, so that one address is written to once. The operator's side is that of the region (the structure's own where none is said), else the national one.
 */
create function ctx.recipients_of(of_organisation uuid, of_region int, at timestamptz) returns table (party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path = '' as $$
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
    select s.party, r.role, r.account_id, null from public.role_assignments r
      join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
      join public.organisations o on o.id = r.organisation_id
      cross join lateral (values ('partenaire', r.organisation_id = of_organisation and r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur')),
        ('operateur', o.kind = 'operateur' and r.role <> 'rgc' and (r.role <> 'direction-regionale' or r.region_id = region))) s (party, told)
      where s.told and r.starts_at <= at and (r.ends_at is null or r.ends_at > at);
end $$;

-- For who acts: about their own structure; about any for who oversees or acts for the operator; about those of its region for a regional direction.
create function notice_recipients(of_organisation uuid, of_region int, at timestamptz) returns table (party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees() or ctx.acts_for_operator()
    or exists (select from public.conventions c where c.organisation_id = of_organisation and c.region_id = any (ctx.regions()))) then return; end if;
  return query select * from ctx.recipients_of(of_organisation, of_region, at);
end $$;

-- What a job told and nobody was there to read: an act's own entry says it, a job's has none.
create function ctx.note_empty_roles(of_organisation uuid, said jsonb, at timestamptz) returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
begin
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
    values (entry, at, null, of_organisation, 'notice.role-empty', 'organisation', of_organisation::text, '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;

-- A suspect use is blocked as before; the job that asks for it writes to who must know, in the same transaction. Null: it was blocked already.
drop function ctx.block_suspect(uuid, text, timestamptz);
create function ctx.block_suspect(of_account uuid, why text, at timestamptz) returns table (block_id uuid, organisation_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare block uuid := gen_random_uuid(); entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); said jsonb; a record;
begin
  select x.id, x.organisation_id into a from public.accounts x where x.id = of_account;
  if not found then return; end if;
  insert into public.account_blocks (id, account_id, organisation_id, cause, reason, blocked_at) values (block, a.id, a.organisation_id, 'suspect-use', why, at) on conflict (account_id, cause) where lifted_at is null do nothing;
  if not found then return; end if;
  said := jsonb_build_object('block', block, 'why', why);
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest) values (entry, at, null, a.organisation_id, 'account.blocked-for-suspect-use', 'account', a.id::text, '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return query select block, a.organisation_id;
end $$;

-- The reminders of reviews say of which structure; the application finds who is told.
drop function ctx.review_reminders(timestamptz);
create function ctx.review_reminders(at timestamptz) returns table (organisation_id uuid, organisation_name text, due_on date, kind text) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query
    with due as (
      select o.id, o.name, ctx.review_due(o.id, at) as due_on from public.organisations o where o.kind = 'operateur' or ctx.in_force(o.id, at)),
    moment as (
      select d.id, d.name, d.due_on, case when today > d.due_on then 'late' when today = d.due_on then 'today' when today >= d.due_on - 7 then 'seven-days' else 'thirty-days' end as kind
      from due d where today >= d.due_on - 30),
    told as (
      insert into public.access_review_reminders as r (organisation_id, due_on, kind, sent_at) select m.id, m.due_on, m.kind, at from moment m on conflict do nothing returning r.organisation_id, r.due_on, r.kind)
    select t.organisation_id, o.name, t.due_on, t.kind from told t join public.organisations o on o.id = t.organisation_id;
end $$;

-- Whom to tell beside the person is the application's to find.
drop function ctx.note_inactivity();
create function ctx.note_inactivity() returns table (account_id uuid, organisation_id uuid, due_on date, step text) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  today date := ctx.paris_day(at);
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('note-inactivity', 0));
  return query
    with due as (
      select a.id, a.organisation_id, (ctx.paris_day(ctx.inactivity_from(a.id, at)) + interval '2 months')::date + 1 as day from public.accounts a
      where a.status = 'active' and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null and (g.ends_on is null or g.ends_on >= today))),
    told as (
      insert into public.inactivity_notices (account_id, organisation_id, due_on, step, told_at)
      select d.id, d.organisation_id, d.day, case when d.day <= today then 'suspended' when d.day <= today + 3 then 'three-days' else 'fourteen-days' end, at from due d where d.day <= today + 14
      on conflict do nothing returning inactivity_notices.account_id, inactivity_notices.organisation_id, inactivity_notices.due_on, inactivity_notices.step)
    select t.account_id, t.organisation_id, t.due_on, t.step from told t;
end $$;

drop function ctx.convention_people(uuid, text, timestamptz);
drop function rgc_contacts(uuid);
drop function ctx.security_officers();

do $$ declare f text; begin
  foreach f in array array['ctx.recipients_of(uuid, int, timestamptz)', 'notice_recipients(uuid, int, timestamptz)', 'ctx.note_empty_roles(uuid, jsonb, timestamptz)', 'ctx.block_suspect(uuid, text, timestamptz)', 'ctx.review_reminders(timestamptz)', 'ctx.note_inactivity()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function notice_recipients(uuid, int, timestamptz) to cc_web;
grant execute on function ctx.recipients_of(uuid, int, timestamptz), ctx.note_empty_roles(uuid, jsonb, timestamptz), ctx.block_suspect(uuid, text, timestamptz), ctx.review_reminders(timestamptz), ctx.note_inactivity() to cc_worker;
grant select on convention_contacts to cc_definer;
