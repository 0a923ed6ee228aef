-- Account managers (RGC): the deed that designates them, what the operator answers, and what opens their tool to them (convention, annex 1, articles 1 and 4; annex 1 bis).
-- Nothing here is corrected: a deed, a signature, an answer are added, and what they come to is read from them at each instant (server/rgc/deadlines.ts).

create table rgc_deeds (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  organisation_name text not null check (length(organisation_name) between 1 and 200),
  siret bigint not null check (siret between 1 and 99999999999999),
  address text not null check (length(address) between 5 and 300),
  signatory_id uuid not null references accounts,
  signatory_name text not null check (length(signatory_name) between 1 and 200), -- personal
  signatory_title text not null check (length(signatory_title) between 1 and 120),
  conditions_given boolean not null check (conditions_given), -- the partner gave them the general access conditions (RGC-9)
  digest bytea not null check (length(digest) = 32), -- of all it says: what each signs
  created_by uuid not null references accounts,
  created_at timestamptz not null,
  abandoned_at timestamptz,
  sent_at timestamptz, -- the CSSI has it
  silence_accepts_at timestamptz, -- of a proposal after a refusal, and of it only
  check (abandoned_at is null or sent_at is null),
  check (silence_accepts_at > sent_at)
);
create index rgc_deeds_organisation on rgc_deeds (organisation_id, sent_at);
create unique index rgc_deeds_one_to_sign on rgc_deeds (organisation_id) where sent_at is null and abandoned_at is null;

create table rgc_members (
  deed_id uuid not null references rgc_deeds,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  position text not null check (position in ('titulaire', 'suppleant')),
  rank int not null check (rank between 1 and 20),
  given_name text not null check (length(given_name) between 1 and 100), -- personal
  family_name text not null check (length(family_name) between 1 and 100), -- personal
  phone text not null check (length(phone) between 6 and 20), -- personal
  email text not null check (email = lower(email) and length(email) <= 254), -- personal
  primary key (deed_id, account_id)
);
create index rgc_members_account on rgc_members (account_id);
-- Apart, so that a right of its own stands in front of it: the CSSI and the person.
create table rgc_birth_dates (
  deed_id uuid not null,
  account_id uuid not null,
  born_on date not null, -- personal
  primary key (deed_id, account_id),
  foreign key (deed_id, account_id) references rgc_members
);
create table rgc_signatures (
  deed_id uuid not null references rgc_deeds,
  account_id uuid not null references accounts,
  capacity text not null check (capacity in ('signataire', 'rgc')),
  digest bytea not null check (length(digest) = 32),
  signed_at timestamptz not null,
  primary key (deed_id, account_id, capacity)
);
create table rgc_decisions (
  deed_id uuid primary key references rgc_deeds,
  kind text not null check (kind in ('acceptation', 'refus')),
  reason text check (length(reason) between 1 and 1000),
  decided_by uuid not null references accounts,
  decided_at timestamptz not null,
  check (kind <> 'refus' or reason is not null)
);
-- The signed deed as a file, made once; it says the dates of birth, and is kept under the same right.
create table rgc_documents (
  deed_id uuid primary key references rgc_deeds,
  content bytea not null check (length(content) between 1 and 5000000), -- personal
  sha256 bytea not null check (sha256 = sha256(content)),
  made_at timestamptz not null
);
-- The certificate of the RGC module, recorded by the CSSI as it was received.
create table rgc_certificates (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  issued_on date not null,
  file_name text not null check (length(file_name) between 1 and 200),
  content bytea not null check (length(content) between 1 and 1500000),
  sha256 bytea not null check (sha256 = sha256(content)),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
create index rgc_certificates_account on rgc_certificates (account_id);

-- Departures, changes of function, absences over two months (RGC-6).
create table rgc_events (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('depart', 'changement-de-fonction', 'absence')),
  last_day date,
  absent_from date,
  back_on date check (back_on > absent_from),
  known_on date not null,
  declare_by date not null,
  late boolean not null,
  rights_end_at timestamptz not null,
  declared_by uuid not null references accounts,
  declared_at timestamptz not null,
  check ((kind = 'absence') = (absent_from is not null)),
  check ((kind = 'absence') = (last_day is null)),
  check (rights_end_at >= declared_at)
);
create index rgc_events_organisation on rgc_events (organisation_id, declared_at);
-- A revocation that the operator requires and the partner makes (RGC-7).
create table rgc_revocations (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  reason text not null check (length(reason) between 1 and 1000),
  required_by uuid not null references accounts,
  required_at timestamptz not null,
  made_by uuid references accounts,
  made_at timestamptz check (made_at >= required_at),
  check (num_nonnulls(made_by, made_at) in (0, 2))
);
create unique index rgc_revocations_waiting on rgc_revocations (account_id) where made_at is null;
create index rgc_revocations_organisation on rgc_revocations (organisation_id, required_at);

grant select on rgc_deeds, rgc_members, rgc_signatures, rgc_decisions, rgc_certificates, second_factors to cc_definer;
grant update (sent_at, silence_accepts_at) on rgc_deeds to cc_definer;
grant insert, update (ends_at) on role_assignments to cc_definer;
grant insert on accounts, account_contacts to cc_definer;

-- A deed that the operator has and did not refuse, once it need no longer answer. The SQL twin of deedState in server/rgc/deadlines.ts.
create function ctx.deed_in_force(deed public.rgc_deeds, at timestamptz) returns boolean language plpgsql stable security definer set search_path = '' as $$
declare said text;
begin
  if deed.sent_at is null or deed.sent_at > at then return false; end if;
  select d.kind into said from public.rgc_decisions d where d.deed_id = deed.id and d.decided_at <= at;
  return coalesce(said <> 'refus', true) and (coalesce(said = 'acceptation', false) or deed.silence_accepts_at is null or deed.silence_accepts_at <= at);
end $$;
-- Named by a deed in force, and by every deed sent since: the partner has not let them go.
create function ctx.stands_on_deed(of_account uuid, at timestamptz) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.rgc_deeds d join public.rgc_members m on m.deed_id = d.id and m.account_id = of_account
    join public.accounts a on a.id = of_account and a.organisation_id = d.organisation_id
    where ctx.deed_in_force(d, at) and not exists (
      select from public.rgc_deeds later where later.organisation_id = d.organisation_id and later.sent_at > d.sent_at and later.sent_at <= at
        and not exists (select from public.rgc_members n where n.deed_id = later.id and n.account_id = of_account)));
end $$;
-- What a partner's account manager lacks before the tool opens (RGC-4). The SQL twin of missingToManage in server/rgc/gate-rules.ts.
create function ctx.rgc_missing(of_account uuid, at timestamptz) returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select array_remove(array[
    case when not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when not ctx.stands_on_deed(a.id, at) then 'deed' end,
    case when not exists (select from public.rgc_certificates c where c.account_id = a.id and c.recorded_at <= at) then 'certificate' end,
    case when not ctx.accepted(a.id, 'cgu', null, at) then 'cgu' end,
    case when not exists (select from public.second_factors f where f.account_id = a.id)
      and not exists (select from public.sessions s where s.account_id = a.id and s.second_factor is not null) then 'second-factor' end], null)
    from public.accounts a where a.id = of_account);
end $$;

create or replace function ctx.effective_roles(of_account uuid, at timestamptz) returns table (role text, region_id int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select r.role, r.region_id from public.role_assignments r
    join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where r.account_id = of_account and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (o.kind = 'operateur' or r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur'))
      and not exists (select from public.account_blocks b where b.account_id = a.id and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at))
      and case when r.role <> 'rgc' then true when o.kind = 'operateur' then ctx.accepted(a.id, 'cgu', null, at) else ctx.rgc_missing(a.id, at) = '{}' end;
end $$;

-- What one lacks oneself; null when nothing designates one. Read before the tool opens, hence without the role.
create function ctx.own_rgc_missing() returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.rgc_members m where m.account_id = ctx.account()) then return null; end if;
  return ctx.rgc_missing(ctx.account(), ctx.clock());
end $$;
create function ctx.deeds_naming_me() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.deed_id from public.rgc_members m where m.account_id = ctx.account() union select d.id from public.rgc_deeds d where d.signatory_id = ctx.account();
end $$;
-- Those that name nobody else: the signed file of the others says other people's dates of birth.
create function ctx.deeds_naming_me_alone() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.deed_id from public.rgc_members m group by m.deed_id having bool_and(m.account_id = ctx.account());
end $$;
-- Who manages the accounts of a structure at an instant: designated, the gate aside.
create function ctx.rgc_in_place(of_organisation uuid, at timestamptz) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select distinct r.account_id from public.role_assignments r join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    where r.organisation_id = of_organisation and r.role = 'rgc' and r.starts_at <= at and (r.ends_at is null or r.ends_at > at) and ctx.stands_on_deed(r.account_id, at);
end $$;

/* Who may propose: the partner's signatory or account manager. */
create function ctx.proposes_deeds() returns boolean language sql stable as $$ select ctx.holds_role('signataire') or ctx.holds_role('rgc') $$;

/*
 * To whom notices about a structure's account managers go, by role on that day: the operator's CSSI, and the structure's own contacts. The application reads no
 * role of another structure; this answers the structure itself and the operator's security officers, account ids only.
 */
create function rgc_contacts(of_organisation uuid) returns table (account_id uuid, role text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees()) then return; end if;
  return query select distinct r.account_id, r.role from public.role_assignments r join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    join public.organisations o on o.id = r.organisation_id
    where r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (o.kind = 'operateur' and r.role = 'cssi' or r.organisation_id = of_organisation and r.role in ('signataire', 'rgc', 'correspondant-si', 'responsable-operationnel'));
end $$;
create function rgc_in_place(of_organisation uuid, at timestamptz) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees()) then return; end if;
  return query select * from ctx.rgc_in_place(of_organisation, at);
end $$;

-- Under a convention in force, and nobody to manage their accounts (RGC-8).
create function structures_without_rgc() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not ctx.oversees() then return; end if;
  return query select c.organisation_id from public.conventions c where c.effective_from <= at and (c.ends_at is null or c.ends_at > at) and not exists (select from ctx.rgc_in_place(c.organisation_id, at));
end $$;

/*
 * The account of a person whom the deed names, by their own address: the one they have in this structure, else a new one that holds no grant, so that they may come in,
 * sign, and fulfil the gate. Null: the address is of an account elsewhere, or of one that is not the partner's permanent staff (RGC-2).
 */
create function rgc_account(new_id uuid, of_email text, given_name text, family_name text) returns uuid language plpgsql security definer set search_path = '' as $$
declare known record;
begin
  if not ctx.ok() or not ctx.proposes_deeds() then return null; end if;
  select a.id, a.organisation_id, a.status, a.contract_ends_on into known from public.account_contacts c join public.accounts a on a.id = c.account_id where c.email = lower(of_email);
  if found then
    return case when known.organisation_id = ctx.organisation() and known.status in ('active', 'suspended') and known.contract_ends_on is null then known.id end;
  end if;
  insert into public.accounts (id, organisation_id, given_name, family_name, function, created_at) values (new_id, ctx.organisation(), rgc_account.given_name, rgc_account.family_name, 'Gestion des comptes', ctx.clock());
  insert into public.account_contacts (account_id, organisation_id, email) values (new_id, ctx.organisation(), lower(of_email));
  return new_id;
end $$;

/*
 * Sends a deed that all have signed, the same bytes each: from then on those it names hold the role, as far as their gate opens it, and nobody else of the structure does.
 * False: a signature is missing. The operator has it as soon as this is committed.
 */
create function send_rgc_deed(of_deed uuid, silence_accepts_at timestamptz, at timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
declare d public.rgc_deeds;
begin
  if not ctx.ok() then return false; end if;
  select * into d from public.rgc_deeds x where x.id = of_deed and x.organisation_id = ctx.organisation() and x.sent_at is null and x.abandoned_at is null for update;
  if not found
    or not exists (select from public.rgc_signatures s where s.deed_id = d.id and s.account_id = d.signatory_id and s.capacity = 'signataire' and s.digest = d.digest)
    or not exists (select from public.rgc_members m where m.deed_id = d.id and m.position = 'titulaire')
    or exists (select from public.rgc_members m where m.deed_id = d.id and not exists (select from public.rgc_signatures s where s.deed_id = d.id and s.account_id = m.account_id and s.capacity = 'rgc' and s.digest = d.digest))
  then return false; end if;
  update public.rgc_deeds x set sent_at = at, silence_accepts_at = send_rgc_deed.silence_accepts_at where x.id = d.id;
  update public.role_assignments r set ends_at = greatest(at, r.starts_at) where r.organisation_id = d.organisation_id and r.role = 'rgc' and (r.ends_at is null or r.ends_at > at)
    and not exists (select from public.rgc_members m where m.deed_id = d.id and m.account_id = r.account_id);
  -- Whoever it names and whose role was to end (a departure, an absence over) starts a new one.
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, assigned_by, reason)
    select gen_random_uuid(), m.account_id, d.organisation_id, 'rgc', at, d.signatory_id, 'Acte d’engagement' from public.rgc_members m
    where m.deed_id = d.id and not exists (select from public.role_assignments r where r.account_id = m.account_id and r.role = 'rgc' and r.starts_at <= at and r.ends_at is null);
  return true;
end $$;
-- Ends the role on the day declared, never before now: an event or a revocation of the viewer's own structure.
create function end_rgc_role(of_account uuid, ends timestamptz) returns int language plpgsql security definer set search_path = '' as $$
declare at timestamptz := date_trunc('milliseconds', ctx.clock()); n int; -- as the application reads it
begin
  if not ctx.ok() or not ctx.proposes_deeds() then return 0; end if;
  update public.role_assignments r set ends_at = greatest(ends, at, r.starts_at) where r.account_id = of_account and r.organisation_id = ctx.organisation() and r.role = 'rgc'
    and r.starts_at <= greatest(ends, at) and (r.ends_at is null or r.ends_at > greatest(ends, at));
  get diagnostics n = row_count;
  return n;
end $$;
grant update (id) on rgc_deeds to cc_definer; -- for its row lock

do $$ declare f text; begin
  foreach f in array array['ctx.deed_in_force(public.rgc_deeds, timestamptz)', 'ctx.stands_on_deed(uuid, timestamptz)', 'ctx.rgc_missing(uuid, timestamptz)', 'ctx.own_rgc_missing()', 'ctx.deeds_naming_me()', 'ctx.deeds_naming_me_alone()',
    'ctx.rgc_in_place(uuid, timestamptz)', 'rgc_contacts(uuid)', 'rgc_in_place(uuid, timestamptz)', 'structures_without_rgc()', 'rgc_account(uuid, text, text, text)', 'send_rgc_deed(uuid, timestamptz, timestamptz)', 'end_rgc_role(uuid, timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.own_rgc_missing(), ctx.deeds_naming_me(), ctx.deeds_naming_me_alone(), rgc_contacts(uuid), rgc_in_place(uuid, timestamptz), structures_without_rgc(), rgc_account(uuid, text, text, text),
  send_rgc_deed(uuid, timestamptz, timestamptz), end_rgc_role(uuid, timestamptz) to cc_web;

do $$ declare t text; begin
  foreach t in array array['rgc_deeds', 'rgc_members', 'rgc_birth_dates', 'rgc_signatures', 'rgc_decisions', 'rgc_documents', 'rgc_certificates', 'rgc_events', 'rgc_revocations'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security; create policy owner on %I to cc_owner using (true) with check (true)', t, t, t);
  end loop;
end $$;

/* Read: the CSSI and administrators, those who may propose, those named. Dates of birth and the signed file: the CSSI and the person. */
create policy read on rgc_deeds for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) or id in (select ctx.deeds_naming_me())));
create policy propose on rgc_deeds for insert to cc_web with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and created_by = (select ctx.account())
  and num_nonnulls(abandoned_at, sent_at, silence_accepts_at) = 0);
create policy abandon on rgc_deeds for update to cc_web using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and sent_at is null) with check (sent_at is null and organisation_id = (select ctx.organisation()));
grant select, insert, update (abandoned_at) on rgc_deeds to cc_web;

create policy read on rgc_members for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) or deed_id in (select ctx.deeds_naming_me())));
create policy propose on rgc_members for insert to cc_web with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())
  and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = rgc_members.organisation_id and d.created_by = (select ctx.account()) and d.sent_at is null)
  and not exists (select from rgc_signatures s where s.deed_id = rgc_members.deed_id));
grant select, insert on rgc_members to cc_web;

create policy read on rgc_birth_dates for select to cc_web using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or account_id = (select ctx.account())));
create policy propose on rgc_birth_dates for insert to cc_web with check ((select ctx.ok()) and (select ctx.proposes_deeds())
  and exists (select from rgc_deeds d where d.id = deed_id and d.organisation_id = (select ctx.organisation()) and d.created_by = (select ctx.account()) and d.sent_at is null)
  and not exists (select from rgc_signatures s where s.deed_id = rgc_birth_dates.deed_id));
grant select, insert on rgc_birth_dates to cc_web;

-- What hangs on a deed is read with it.
create policy read on rgc_signatures for select to cc_web using ((select ctx.ok()) and exists (select from rgc_deeds d where d.id = deed_id));
create policy sign on rgc_signatures for insert to cc_web with check ((select ctx.ok()) and account_id = (select ctx.account())
  and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at is null and d.abandoned_at is null and (capacity = 'rgc' or d.signatory_id = (select ctx.account())))
  and (capacity = 'signataire' or exists (select from rgc_members m where m.deed_id = rgc_signatures.deed_id and m.account_id = (select ctx.account()))));
grant select, insert on rgc_signatures to cc_web;

create policy read on rgc_decisions for select to cc_web using ((select ctx.ok()) and exists (select from rgc_deeds d where d.id = deed_id));
create policy decide on rgc_decisions for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and decided_by = (select ctx.account()) and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at <= decided_at));
grant select, insert on rgc_decisions to cc_web;

create policy read on rgc_documents for select to cc_web using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me_alone())));
create policy make on rgc_documents for insert to cc_web with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me_alone())) and exists (select from rgc_deeds d where d.id = deed_id and d.sent_at is not null));
grant select, insert on rgc_documents to cc_web;

create policy read on rgc_certificates for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or account_id = (select ctx.account()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy record on rgc_certificates for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and recorded_by = (select ctx.account()));
grant select, insert on rgc_certificates to cc_web;

create policy read on rgc_events for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or account_id = (select ctx.account()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy declare_event on rgc_events for insert to cc_web with check ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and declared_by = (select ctx.account()));
grant select, insert on rgc_events to cc_web;

create policy read on rgc_revocations for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or account_id = (select ctx.account()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy require on rgc_revocations for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and required_by = (select ctx.account()) and made_at is null);
-- Made by the partner, never by the person themself.
create policy make on rgc_revocations for update to cc_web using ((select ctx.ok()) and (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()) and account_id <> (select ctx.account()) and made_at is null)
  with check (organisation_id = (select ctx.organisation()) and made_by = (select ctx.account()));
grant select, insert, update (made_by, made_at) on rgc_revocations to cc_web;
