-- The life of a convention as facts (articles 3 and 10): who signs under which act, what was signed, notices, breaches, amendments, contacts. What follows from them is worked out by server/conventions/deadlines.ts.

-- The operator's signataires and operational leads act for it in every region; a regional direction in its own.
create function ctx.acts_for_operator() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('signataire') or ctx.holds_role('responsable-operationnel')) and exists (select from public.organisations o where o.id = ctx.organisation() and o.kind = 'operateur');
end $$;
-- For a partner: those who may sign or give notice in its name.
create function ctx.acts_for_partner() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('signataire') or ctx.holds_role('responsable-operationnel')) and exists (select from public.organisations o where o.id = ctx.organisation() and o.kind <> 'operateur');
end $$;
alter function ctx.acts_for_operator() owner to cc_definer;
alter function ctx.acts_for_partner() owner to cc_definer;
revoke all on function ctx.acts_for_operator(), ctx.acts_for_partner() from public;
grant execute on function ctx.acts_for_operator(), ctx.acts_for_partner() to cc_web;

-- Markdown with typed placeholders, versioned by the operator: a version is never changed.
create table convention_templates (
  id uuid primary key,
  version int not null unique check (version > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 200000),
  published_at timestamptz not null,
  published_by uuid references accounts
);

alter table conventions
  add column first_term_on date not null default '2026-12-31',
  add column template_id uuid references convention_templates,
  add column sent_at timestamptz,
  add column document_id uuid,
  add column created_by uuid references accounts,
  add column version int not null default 1;

-- The exact bytes, kept: what was signed, sent, received.
create table convention_documents (
  id uuid primary key,
  convention_id uuid not null references conventions,
  kind text not null check (kind in ('convention', 'avenant', 'signe', 'resiliation', 'manquement')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('application/pdf', 'text/plain')),
  bytes bytea not null check (length(bytes) between 1 and 10000000),
  sha256 bytea not null check (length(sha256) = 32),
  -- of the draft it was made from
  of_version int,
  added_at timestamptz not null,
  added_by uuid references accounts
);
create index convention_documents_convention on convention_documents (convention_id);
alter table conventions add foreign key (document_id) references convention_documents;

-- Who signs for each party, and under what authority (AGR-11).
create table convention_signatories (
  convention_id uuid not null references conventions,
  party text not null check (party in ('partenaire', 'operateur')),
  name text not null check (length(name) between 1 and 200),
  capacity text not null check (length(capacity) between 1 and 200),
  act text check (length(act) between 1 and 300),
  act_on date,
  local_authority boolean not null,
  prefecture_on date,
  published_on date,
  primary key (convention_id, party)
);

create table convention_amendments (
  id uuid primary key,
  convention_id uuid not null references conventions,
  number int not null check (number > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 20000),
  -- sets the last day of the term anew; without renewal, it ends on that day
  term_on date,
  renews boolean not null check (renews or term_on is not null),
  document_id uuid not null references convention_documents,
  proposed_at timestamptz not null,
  proposed_by uuid references accounts,
  -- the later of its two signatures
  effective_at timestamptz,
  unique (convention_id, number)
);

-- A signature of the convention, or of one of its amendments: who, when, how, and the digest of the exact bytes.
create table convention_signatures (
  id uuid primary key,
  convention_id uuid not null references conventions,
  amendment_id uuid references convention_amendments,
  party text not null check (party in ('partenaire', 'operateur')),
  document_id uuid not null references convention_documents,
  sha256 bytea not null check (length(sha256) = 32),
  how text not null check (how in ('application', 'papier')),
  -- signed on paper: the scan, and the digest of its bytes
  signed_document_id uuid references convention_documents,
  signed_document_sha256 bytea,
  signer_name text not null check (length(signer_name) between 1 and 200),
  signed_at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid references accounts,
  check ((how = 'papier') = (signed_document_id is not null)),
  check (num_nonnulls(signed_document_id, signed_document_sha256) in (0, 2)),
  unique nulls not distinct (document_id, party)
);
create index convention_signatures_convention on convention_signatures (convention_id);

create table convention_notices (
  id uuid primary key,
  convention_id uuid not null references conventions,
  party text not null check (party in ('partenaire', 'operateur')),
  channel text not null check (channel in ('courrier', 'courriel')),
  sent_on date not null,
  received_on date check (received_on >= sent_on),
  document_id uuid references convention_documents,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts,
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  check (num_nonnulls(withdrawn_at, withdrawal_reason) in (0, 2))
);
create index convention_notices_convention on convention_notices (convention_id);

create table convention_breaches (
  id uuid primary key,
  convention_id uuid not null references conventions,
  -- who complains of it
  party text not null check (party in ('partenaire', 'operateur')),
  obligation text not null check (length(obligation) between 1 and 1000),
  letter_reference text not null check (length(letter_reference) between 1 and 60),
  sent_on date not null,
  presented_on date check (presented_on >= sent_on),
  delivered_on date check (delivered_on >= sent_on),
  document_id uuid references convention_documents,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts,
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  check (num_nonnulls(withdrawn_at, withdrawal_reason) in (0, 2))
);
create index convention_breaches_convention on convention_breaches (convention_id);

-- Annexes 2 and 2 bis: who answers for what, from when to when (AGR-9). The operator's are by region; region 0 holds where a region names none.
create table convention_contacts (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  party text not null check (party in ('partenaire', 'operateur')),
  region_id int references territories,
  role text not null check (role in ('gouvernance', 'responsable-operationnel', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation', 'cssi', 'support')),
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 254),
  phone text check (length(phone) between 1 and 30),
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at >= starts_at),
  recorded_by uuid references accounts,
  check ((party = 'operateur') = (region_id is not null)),
  constraint one_at_a_time exclude using gist (organisation_id with =, coalesce(region_id, -1) with =, role with =, tstzrange(starts_at, ends_at) with &&)
);

-- What the regional console needs beside the conventions (AGR-10): is there an account manager, how many people lack the yearly awareness.
create function ctx.partner_duties(at timestamptz) returns table (organisation_id uuid, has_rgc boolean, awareness_due int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query
    select o.id,
      exists (select from public.role_assignments r join public.accounts a on a.id = r.account_id and a.status = 'active' where r.organisation_id = o.id and r.role = 'rgc' and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)),
      (select count(*)::int from public.accounts a where a.organisation_id = o.id and a.status = 'active'
        and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(at)))
        and ctx.paris_day(at) > (coalesce((select max(w.done_on) from public.awareness_records w where w.account_id = a.id), ctx.paris_day(a.created_at)) + interval '1 year')::date)
    from public.organisations o
    where exists (select from public.conventions c where c.organisation_id = o.id and (c.organisation_id = ctx.organisation() or ctx.oversees() or ctx.acts_for_operator() or c.region_id = any (ctx.regions())));
end $$;
alter function ctx.partner_duties(timestamptz) owner to cc_definer;
revoke all on function ctx.partner_duties(timestamptz) from public;
grant execute on function ctx.partner_duties(timestamptz) to cc_web;

alter table convention_templates enable row level security; alter table convention_templates force row level security;
alter table convention_documents enable row level security; alter table convention_documents force row level security;
alter table convention_signatories enable row level security; alter table convention_signatories force row level security;
alter table convention_amendments enable row level security; alter table convention_amendments force row level security;
alter table convention_signatures enable row level security; alter table convention_signatures force row level security;
alter table convention_notices enable row level security; alter table convention_notices force row level security;
alter table convention_breaches enable row level security; alter table convention_breaches force row level security;
alter table convention_contacts enable row level security; alter table convention_contacts force row level security;

drop policy read on conventions;
create policy read on conventions for select to cc_web using ((select ctx.ok())
  and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()) or (select ctx.acts_for_operator()) or region_id = any ((select ctx.regions())::int[])));
-- Drafting and sending are the regional direction's; who acts for either party changes what follows from what they did.
create policy draft on conventions for insert to cc_web with check ((select ctx.ok()) and region_id = any ((select ctx.regions())::int[]) and effective_from is null and ends_at is null and created_by = (select ctx.account()));
create policy settle on conventions for update to cc_web
  using ((select ctx.ok()) and (region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and (region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
grant insert on conventions to cc_web;
grant update (number, first_term_on, template_id, sent_at, document_id, version, effective_from, ends_at) on conventions to cc_web;

create policy read on convention_templates for select to cc_web using ((select ctx.ok()));
create policy publish on convention_templates for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and published_by = (select ctx.account()));

-- What hangs on a convention is read by who reads it. Each party writes in its own name.
create policy read on convention_documents for select to cc_web using ((select ctx.ok()) and convention_id in (select c.id from conventions c));
create policy read on convention_signatories for select to cc_web using ((select ctx.ok()) and convention_id in (select c.id from conventions c));
create policy read on convention_amendments for select to cc_web using ((select ctx.ok()) and convention_id in (select c.id from conventions c));
create policy read on convention_signatures for select to cc_web using ((select ctx.ok()) and convention_id in (select c.id from conventions c));
create policy read on convention_notices for select to cc_web using ((select ctx.ok()) and convention_id in (select c.id from conventions c));
create policy read on convention_breaches for select to cc_web using ((select ctx.ok()) and convention_id in (select c.id from conventions c));

create policy add on convention_documents for insert to cc_web with check ((select ctx.ok()) and added_by = (select ctx.account()) and convention_id in (select c.id from conventions c
  where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
create policy draft on convention_signatories for insert to cc_web with check ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])));
create policy settle on convention_signatories for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner()) or party = 'operateur' and (select ctx.acts_for_operator())))
  with check ((select ctx.ok()) and convention_id in (select c.id from conventions c
    where c.region_id = any ((select ctx.regions())::int[]) or party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner()) or party = 'operateur' and (select ctx.acts_for_operator())));
create policy propose on convention_amendments for insert to cc_web with check ((select ctx.ok()) and effective_at is null and proposed_by = (select ctx.account()) and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[])));
create policy settle on convention_amendments for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c where (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and convention_id in (select c.id from conventions c where (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
-- Signing is the signataire's alone.
create policy sign on convention_signatures for insert to cc_web with check ((select ctx.ok()) and account_id = (select ctx.account()) and (select ctx.holds_role('signataire')) and convention_id in (select c.id from conventions c
  where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner()) or party = 'operateur' and (select ctx.acts_for_operator())));
create policy give on convention_notices for insert to cc_web with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and withdrawn_at is null and convention_id in (select c.id from conventions c
  where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner()) or party = 'operateur' and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[]))));
create policy give on convention_breaches for insert to cc_web with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and withdrawn_at is null and convention_id in (select c.id from conventions c
  where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner()) or party = 'operateur' and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.regions())::int[]))));
-- Receipt is told by either party: who received the letter knows it best. Renouncing it is its author's, which the action holds.
create policy settle on convention_notices for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));
create policy settle on convention_breaches for update to cc_web
  using ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())))
  with check ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.region_id = any ((select ctx.regions())::int[]) or (select ctx.acts_for_operator()) or c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())));

-- A partner's contacts are for that partner and the operator's side; the operator's for everyone under a convention.
create policy read on convention_contacts for select to cc_web using ((select ctx.ok()) and (party = 'operateur' or organisation_id = (select ctx.organisation()) or organisation_id in (select c.organisation_id from conventions c)));
create policy name on convention_contacts for insert to cc_web with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and organisation_id = (select ctx.organisation())
  and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur' and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[]))));
create policy settle on convention_contacts for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur' and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[]))))
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (party = 'partenaire' and (select ctx.acts_for_partner()) or party = 'operateur' and ((select ctx.holds_role('administrateur')) or region_id = any ((select ctx.regions())::int[]))));

grant select, insert on convention_templates, convention_documents, convention_signatures to cc_web;
grant select, insert, update on convention_signatories to cc_web;
grant select, insert, update (effective_at) on convention_amendments to cc_web;
grant select, insert, update (received_on, withdrawn_at, withdrawn_by, withdrawal_reason) on convention_notices to cc_web;
grant select, insert, update (presented_on, delivered_on, withdrawn_at, withdrawn_by, withdrawal_reason) on convention_breaches to cc_web;
grant select, insert, update (ends_at) on convention_contacts to cc_web;

create policy owner on convention_templates to cc_owner using (true) with check (true);
create policy owner on convention_documents to cc_owner using (true) with check (true);
create policy owner on convention_signatories to cc_owner using (true) with check (true);
create policy owner on convention_amendments to cc_owner using (true) with check (true);
create policy owner on convention_signatures to cc_owner using (true) with check (true);
create policy owner on convention_notices to cc_owner using (true) with check (true);
create policy owner on convention_breaches to cc_owner using (true) with check (true);
create policy owner on convention_contacts to cc_owner using (true) with check (true);

-- Who is told beside the contacts of annex 2: the regional direction of a convention, those who act for its partner.
create function ctx.convention_people(of_convention uuid, of_party text, at timestamptz) returns table (account_id uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query
    select distinct r.account_id from public.conventions c
    join public.role_assignments r on r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
    join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    where c.id = of_convention
      and (c.organisation_id = ctx.organisation() or ctx.acts_for_operator() or c.region_id = any (ctx.regions()))
      and case of_party when 'operateur' then r.role = 'direction-regionale' and r.region_id = c.region_id else r.organisation_id = c.organisation_id and r.role in ('signataire', 'responsable-operationnel') end;
end $$;
alter function ctx.convention_people(uuid, text, timestamptz) owner to cc_definer;
revoke all on function ctx.convention_people(uuid, text, timestamptz) from public;
grant execute on function ctx.convention_people(uuid, text, timestamptz) to cc_web;
