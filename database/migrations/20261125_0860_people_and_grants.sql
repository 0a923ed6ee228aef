-- The account manager's tool (ACC-1 to ACC-4, ACC-13): who may come in, on what ground, and who decided it.

-- Delegates and contractors of a structure, each with its capacity under article 6 and the proof that it is bound as the structure is (ACC-13).
create table third_parties (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('delegate', 'contractor')),
  name text not null check (length(name) between 1 and 200),
  siret bigint check (siret between 1 and 99999999999999),
  capacity text not null check (capacity in ('processor', 'joint-controller')),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  evidence text not null check (length(evidence) between 1 and 500), -- the act that binds it, and where it is kept
  evidence_on date not null,
  version int not null default 1,
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  unique (id, organisation_id)
);
create unique index third_parties_name on third_parties (organisation_id, lower(name));

alter table accounts
  add column attachment text not null default 'agent' check (attachment in ('agent', 'delegate', 'contractor')),
  add column third_party_id uuid,
  add column status_reason text check (length(status_reason) between 1 and 300),
  add column version int not null default 1,
  add constraint accounts_in_organisation unique (id, organisation_id),
  add constraint accounts_third_party foreign key (third_party_id, organisation_id) references third_parties (id, organisation_id),
  -- Nobody is a delegate's or a contractor's without its being declared; a contractor's contract has an end.
  add constraint accounts_attachment check ((attachment = 'agent') = (third_party_id is null)),
  add constraint accounts_contract check (attachment <> 'contractor' or contract_ends_on is not null);

alter table grants
  add column purpose text check (purpose in ('prospection', 'recrutement', 'insertion', 'suivi')),
  add column duties text check (length(duties) between 1 and 300), -- why an account manager needs a tool too (ACC-4)
  add column beyond_function boolean not null default false,
  add column replaces uuid references grants,
  add constraint no_self_grant check (granted_by <> account_id);

-- A file of people, read and checked whole; nothing is created before it is confirmed.
create table account_imports (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  checked_by uuid not null references accounts,
  checked_at timestamptz not null,
  people jsonb not null, -- personal; emptied once done or over
  confirmed_at timestamptz,
  created int check (created >= 0),
  check (num_nonnulls(confirmed_at, created) in (0, 2))
);
create index account_imports_open on account_imports (organisation_id, checked_at) where confirmed_at is null;

create table grant_requests (
  id uuid primary key,
  account_id uuid not null,
  organisation_id uuid not null references organisations,
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  profile text not null check (profile in ('consultation', 'conseiller', 'responsable', 'pilote')),
  territory_id int references territories,
  agency_id uuid references agencies,
  purpose text not null check (purpose in ('prospection', 'recrutement', 'insertion', 'suivi')),
  reason text not null check (length(reason) between 1 and 300),
  decided_at timestamptz,
  decided_by uuid references accounts,
  decision text check (decision in ('accepted', 'refused', 'withdrawn')),
  decision_reason text check (length(decision_reason) between 1 and 300),
  grant_id uuid references grants,
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  check (num_nonnulls(territory_id, agency_id) = 1),
  check (tool <> 'fiche-recrutement' or profile = 'consultation'),
  check (num_nonnulls(decided_at, decided_by, decision) in (0, 3)),
  check (decision is distinct from 'refused' or decision_reason is not null),
  check ((decision is not distinct from 'accepted') = (grant_id is not null)),
  constraint decided_by_another check (decision = 'withdrawn' or decided_by <> account_id)
);
create unique index grant_requests_once on grant_requests (account_id, tool, coalesce(territory_id::text, agency_id::text)) where decided_at is null;
create index grant_requests_organisation on grant_requests (organisation_id, asked_at);

-- The account managers of one's organisation, designated and not ended, whether or not their role is in effect.
create function ctx.managers() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.account_id from public.role_assignments r
    where r.organisation_id = ctx.organisation() and r.role = 'rgc' and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock());
end $$;

-- Those of them whose role is in effect: who can act today.
create function ctx.managers_in_effect() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select m.id from (select distinct ctx.managers() as id) m where exists (select from ctx.effective_roles(m.id, ctx.clock()) e where e.role = 'rgc');
end $$;

/*
 * The accounts that the viewer decides for (ACC-4): an account manager, every other of the organisation; its signatory, an account manager who has no other beside them
 * in effect. Never one's own. The SQL twin of mayDecide in server/habilitations/habilitations.policy.ts.
 */
create function ctx.decidable_accounts() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  own uuid := ctx.organisation();
  me uuid := ctx.account();
  in_effect uuid[];
begin
  if not ctx.ok() then return; end if;
  if ctx.holds_role('rgc') then
    return query select a.id from public.accounts a where a.organisation_id = own and a.id <> me;
  elsif ctx.holds_role('signataire') then
    select coalesce(array_agg(m.id), '{}') into in_effect from ctx.managers_in_effect() m (id);
    return query select m.id from (select distinct ctx.managers() as id) m where m.id <> me and array_remove(in_effect, m.id) = '{}';
  end if;
end $$;

-- Leads someone's work: the profile `responsable` or more of a tool, somewhere. They may ask a right for a colleague (ACC-3).
create function ctx.leads() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where h.missing = '{}' and ctx.rank(h.profile) >= 3);
end $$;

/* The grants that accounts of the viewer's organisation hold, each with what it lacks: for its account managers and its signatory; for the operator's security officer, of all. */
create function ctx.grants_of(accounts uuid[], at timestamptz)
returns table (account_id uuid, grant_id uuid, tool text, profile text, territory_id int, agency_id uuid, reason text, starts_on date, ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (ctx.holds_role('rgc') or ctx.holds_role('signataire') or ctx.oversees()) then return; end if;
  return query select a.id, h.grant_id, h.tool, h.profile, h.territory_id, h.agency_id, h.reason, h.starts_on, h.ends_on, h.missing
    from public.accounts a cross join lateral ctx.held_grants(a.id, at) h
    where a.id = any (accounts) and (a.organisation_id = ctx.organisation() or ctx.oversees());
end $$;

-- The first day on which each of these accounts is suspended for inactivity, if nothing is done meanwhile; none without a grant.
create function ctx.inactive_days(accounts uuid[]) returns table (account_id uuid, day date) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select a.id, (ctx.paris_day(ctx.inactivity_from(a.id)) + interval '2 months')::date + 1
    from public.accounts a where a.id = any (accounts) and (a.organisation_id = ctx.organisation() or ctx.oversees()) and ctx.inactivity_from(a.id) is not null;
end $$;

-- Which of these addresses open an account already: one's own organisation's, with its account, or another's, without a word about whose.
create function ctx.addresses_taken(emails text[]) returns table (email text, account_id uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then return; end if;
  return query select c.email, case when c.organisation_id = ctx.organisation() then c.account_id end from public.account_contacts c where c.email = any (emails);
end $$;

-- The operator's security officers, to be told of what goes beyond a function (ACC-2): no more than where a mail goes.
create function ctx.security_officers() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select distinct r.account_id from public.role_assignments r where r.role = 'cssi' and exists (select from ctx.effective_roles(r.account_id, ctx.clock()) e where e.role = 'cssi');
end $$;

-- Ends every session of someone one decides for.
create function ctx.end_sessions_of(of_account uuid) returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  if of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.account_id = of_account and s.ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.managers()', 'ctx.managers_in_effect()', 'ctx.inactive_days(uuid[])', 'ctx.decidable_accounts()', 'ctx.leads()', 'ctx.grants_of(uuid[], timestamptz)', 'ctx.addresses_taken(text[])', 'ctx.security_officers()', 'ctx.end_sessions_of(uuid)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_web', f);
  end loop;
end $$;

alter table third_parties enable row level security; alter table third_parties force row level security;
alter table account_imports enable row level security; alter table account_imports force row level security;
alter table grant_requests enable row level security; alter table grant_requests force row level security;
create policy owner on third_parties to cc_owner using (true) with check (true);
create policy owner on account_imports to cc_owner using (true) with check (true);
create policy owner on grant_requests to cc_owner using (true) with check (true);

create policy read on third_parties for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy declare on third_parties for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) and recorded_by = (select ctx.account()));
create policy keep on third_parties for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
grant select, insert on third_parties to cc_web;
grant update (name, siret, capacity, starts_on, ends_on, evidence, evidence_on, version) on third_parties to cc_web;

create policy declare on agencies for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
create policy keep on agencies for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
create policy declare on agency_territories for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and agency_id in (select a.id from agencies a where a.organisation_id = (select ctx.organisation())));
create policy withdraw on agency_territories for delete to cc_web using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and agency_id in (select a.id from agencies a where a.organisation_id = (select ctx.organisation())));
grant insert on agencies to cc_web;
grant update (name) on agencies to cc_web;
grant insert, delete on agency_territories to cc_web;

create policy opened on accounts for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) and status = 'active');
create policy decide on accounts for update to cc_web using ((select ctx.ok()) and id in (select ctx.decidable_accounts()));
grant insert (id, organisation_id, given_name, family_name, function, attachment, third_party_id, contract_ends_on, created_at) on accounts to cc_web;
grant update (given_name, family_name, function, attachment, third_party_id, contract_ends_on, status, status_reason, version) on accounts to cc_web;

create policy opened on account_contacts for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('rgc')) and account_id in (select ctx.decidable_accounts()));
create policy decide on account_contacts for delete to cc_web using ((select ctx.ok()) and account_id in (select ctx.decidable_accounts()));
grant insert, delete on account_contacts to cc_web;

create policy decide on grants for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and granted_by = (select ctx.account()) and revoked_at is null
  and account_id in (select ctx.decidable_accounts()) and (duties is not null or account_id not in (select ctx.managers())));
create policy settle on grants for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and account_id in (select ctx.decidable_accounts()))
  with check ((select ctx.ok()) and revoked_by = (select ctx.account()));
create policy oversee on grants for select to cc_web using ((select ctx.ok()) and (select ctx.oversees()));
grant insert on grants to cc_web;
grant update (revoked_at, revoked_by, revoke_reason) on grants to cc_web;

create policy own on account_imports to cc_web using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()))
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
grant select, insert, delete on account_imports to cc_web;
grant update (confirmed_at, created, people) on account_imports to cc_web;

create policy read on grant_requests for select to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
  and (account_id = (select ctx.account()) or asked_by = (select ctx.account()) or (select ctx.holds_role('rgc')) or account_id in (select ctx.decidable_accounts())));
create policy ask on grant_requests for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and asked_by = (select ctx.account()) and decided_at is null
  and (account_id = (select ctx.account()) or (select ctx.leads())));
create policy decide on grant_requests for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and account_id in (select ctx.decidable_accounts()))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()));
create policy withdraw on grant_requests for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and asked_by = (select ctx.account()))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()) and decision = 'withdrawn');
grant select, insert on grant_requests to cc_web;
grant update (decided_at, decided_by, decision, decision_reason, grant_id) on grant_requests to cc_web;
