-- The portal: versions of annex 4, state of service, what people record of their structure; and who writes the texts and what is accepted of them.

create table annex_4_versions (
  id uuid primary key,
  number int not null unique check (number > 0),
  note text not null check (length(note) between 1 and 500),
  in_force_from timestamptz not null unique,
  published_by uuid not null references accounts,
  published_at timestamptz not null
);
create table annex_4_entries (
  version_id uuid not null references annex_4_versions,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  purpose text not null check (length(purpose) between 1 and 500),
  data_categories text[] not null check (cardinality(data_categories) between 1 and 30),
  commitments text not null check (length(commitments) between 1 and 1000),
  documentation_url text check (documentation_url ~ '^https://' and length(documentation_url) <= 300),
  primary key (version_id, tool)
);
-- What the operator says of a tool's service; the latest holds.
create table tool_states (
  id uuid primary key,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  state text not null check (state in ('disponible', 'perturbe', 'indisponible', 'maintenance')),
  message text not null check (length(message) <= 500),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
create index tool_states_latest on tool_states (tool, recorded_at desc);

create table equipment_validations (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  hardware boolean not null,
  network boolean not null,
  second_factor boolean not null,
  validated_on date not null,
  note text not null check (length(note) <= 500),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  check (hardware or network or second_factor)
);
create index equipment_validations_organisation on equipment_validations (organisation_id, validated_on desc);

-- Who asks for the platform in the structure's name (convention, art. 3.2): one at a time, named by its signatory.
create table access_requesters (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  account_id uuid not null references accounts,
  designated_by uuid not null references accounts,
  designated_at timestamptz not null,
  ended_at timestamptz check (ended_at >= designated_at)
);
create unique index access_requesters_one on access_requesters (organisation_id) where ended_at is null;
create table access_requests (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  requested_by uuid not null references accounts,
  people int not null check (people between 1 and 100000),
  message text not null check (length(message) <= 1000),
  requested_at timestamptz not null,
  decision text check (decision in ('accepted', 'refused')),
  reason text check (length(reason) between 1 and 500),
  decided_by uuid references accounts,
  decided_at timestamptz,
  check (num_nonnulls(decision, reason, decided_by, decided_at) in (0, 4))
);
create unique index access_requests_pending on access_requests (organisation_id) where decided_at is null;

do $$ declare t text; begin
  foreach t in array array['annex_4_versions', 'annex_4_entries', 'tool_states', 'equipment_validations', 'access_requesters', 'access_requests'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to cc_owner using (true) with check (true)', t);
    execute format('grant select, insert on %I to cc_web', t);
  end loop;
end $$;

-- What is published is read by whoever is known; published by the operator's administrators, in their name.
create policy read on annex_4_versions for select to cc_web using ((select ctx.known()));
create policy read on annex_4_entries for select to cc_web using ((select ctx.known()));
create policy read on tool_states for select to cc_web using ((select ctx.known()));
create policy publish on annex_4_versions for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and published_by = (select ctx.account()));
create policy publish on annex_4_entries for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and version_id in (select v.id from annex_4_versions v where v.published_by = (select ctx.account())));
create policy publish on annex_4_tools for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')));
create policy publish_withdraws on annex_4_tools for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('administrateur'))) with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and in_force_until is not null);
grant insert, update (in_force_until) on annex_4_tools to cc_web;
create policy record on tool_states for insert to cc_web with check ((select ctx.ok()) and ((select ctx.holds_role('administrateur')) or (select ctx.holds_role('support'))) and recorded_by = (select ctx.account()));

-- A text is what its digest says, and no one publishes in another's name. There is no right to change one: a new version follows it.
create policy publish on documents for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and published_by = (select ctx.account()));
alter table documents add check (body_hash = sha256(convert_to(body, 'UTF8')));
grant insert on documents to cc_web;
-- One accepts for oneself, a text that is in force, and its very words. There is no right to change or withdraw it.
create policy accept on acceptances for insert to cc_web with check ((select ctx.ok()) and account_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
  and exists (select from documents d where d.id = document_id and d.in_force_from <= (select ctx.clock())));
alter table documents add unique (id, body_hash);
alter table acceptances add foreign key (document_id, body_hash) references documents (id, body_hash);
grant insert on acceptances to cc_web;

-- Security awareness is recorded by another than the person: the operator's security officer for all, the account manager and the training lead for their structure.
create policy record on awareness_records for insert to cc_web with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and account_id <> (select ctx.account())
  and ((select ctx.holds_role('cssi')) or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('responsable-formation'))) and organisation_id = (select ctx.organisation()))
  and exists (select from accounts a where a.id = account_id and a.organisation_id = awareness_records.organisation_id));
grant insert on awareness_records to cc_web;
create policy decide on awareness_policies for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));
grant insert on awareness_policies to cc_web;

create policy read on equipment_validations for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy record on equipment_validations for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and recorded_by = (select ctx.account())
  and ((select ctx.holds_role('rssi')) or (select ctx.holds_role('correspondant-si')) or (select ctx.holds_role('rgc'))));

create policy read on access_requesters for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy designate on access_requesters for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and designated_by = (select ctx.account()) and (select ctx.holds_role('signataire')) and ended_at is null
  and exists (select from accounts a where a.id = account_id and a.organisation_id = access_requesters.organisation_id));
create policy designate_replaces on access_requesters for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('signataire')))
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('signataire')) and ended_at is not null);
grant update (ended_at) on access_requesters to cc_web;
create policy read on access_requests for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy request on access_requests for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and requested_by = (select ctx.account()) and decided_at is null
  and exists (select from access_requesters d where d.organisation_id = access_requests.organisation_id and d.account_id = (select ctx.account()) and d.ended_at is null));
create policy decide on access_requests for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and decided_at is null)
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and decided_by = (select ctx.account()));
grant update (decision, reason, decided_by, decided_at) on access_requests to cc_web;

/*
 * A tool that leaves annex 4 loses its grants at that instant, and they do not come back with it (AGR-12). They open nothing from that instant on (ctx.held_grants);
 * this writes their end, from what is published alone, whoever runs it. Says how many.
 */
create function ctx.settle_withdrawn_tools() returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  update public.grants g set revoked_at = t.in_force_until, revoke_reason = 'L’outil ne fait plus partie de l’annexe 4.'
    from public.annex_4_tools t where t.tool = g.tool and t.in_force_until <= ctx.clock() and g.granted_at < t.in_force_until
      and (g.revoked_at is null or g.revoked_at > t.in_force_until) and (g.ends_on is null or g.ends_on >= ctx.paris_day(t.in_force_until));
  get diagnostics ended = row_count;
  return ended;
end $$;
grant update (revoked_at, revoke_reason) on grants to cc_definer;

/* Whether a text in force is still to be accepted: the general conditions and the rules by all, a tool's conditions by who holds a grant of it. */
create function ctx.conditions_due() returns boolean language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return false; end if;
  return not (ctx.accepted(ctx.account(), 'cgu', null, at) and ctx.accepted(ctx.account(), 'confidentialite', null, at) and ctx.accepted(ctx.account(), 'securite', null, at))
    or exists (select from ctx.held_grants(ctx.account(), at) h where 'cpu' = any (h.missing) and not 'annex-4' = any (h.missing));
end $$;

/* For the nightly reminders (SEC-4): who has a grant and an awareness that comes due within thirty days, or is past due, and was not told yet of that very date. */
create function ctx.awareness_to_remind() returns table (account_id uuid, due_on date, late boolean) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(ctx.clock());
begin
  return query
    select d.id, d.due_on, d.due_on < today from (
      select a.id, (coalesce((select max(r.done_on) from public.awareness_records r where r.account_id = a.id and r.done_on <= today), ctx.paris_day(a.created_at)) + interval '1 year')::date as due_on
      from public.accounts a where a.status = 'active' and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null and (g.ends_on is null or g.ends_on >= today))) d
    where d.due_on <= today + 30 and not exists (select from public.mails m where m.to_account_id = d.id
      and m.kind = case when d.due_on < today then 'awareness-late' else 'awareness-due' end and m.about_kind = 'awareness' and m.about_id = d.due_on::text);
end $$;
create index mails_to_account on mails (to_account_id, kind);

do $$ declare f text; begin
  foreach f in array array['ctx.settle_withdrawn_tools()', 'ctx.conditions_due()', 'ctx.awareness_to_remind()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.settle_withdrawn_tools(), ctx.conditions_due() to cc_web;
grant execute on function ctx.settle_withdrawn_tools(), ctx.awareness_to_remind() to cc_worker;
