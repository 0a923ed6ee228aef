-- Campaigns, their targets and holds; exchanges with employers; correspondents. Establishments are named by SIRET without a foreign key:
-- the register is rebuilt beside and swapped, and what people recorded must outlive that.

create table campaigns (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  purpose text not null check (purpose in ('prospection', 'fidelisation')),
  description text check (length(description) <= 2000),
  territory_id int not null references territories,
  region_id int, departement_id int, epci_id int, clpe_id int, -- territory_line(territory_id)
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  status text not null default 'draft' check (status in ('draft', 'open', 'closed', 'archived')),
  pilot_id uuid not null references organisations,
  contact_delay_days int not null default 30 check (contact_delay_days between 0 and 365),
  contact_goal int check (contact_goal between 1 and 50000),
  created_by uuid not null references accounts,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  version int not null default 1,
  check ((status = 'draft') = (opened_at is null)),
  check ((status in ('closed', 'archived')) = (closed_at is not null))
);
create index campaigns_pilot on campaigns (pilot_id);
create index campaigns_order on campaigns (starts_on desc, id desc);

create table campaign_members (
  campaign_id uuid not null references campaigns,
  organisation_id uuid not null references organisations,
  primary key (campaign_id, organisation_id)
);
create index campaign_members_organisation on campaign_members (organisation_id);

create table campaign_targets (
  campaign_id uuid not null references campaigns,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  status text not null default 'a-contacter' check (status in ('a-contacter', 'prise-en-charge', 'en-cours', 'rendez-vous', 'besoin', 'traite', 'ecarte')),
  shared boolean not null default false, -- also held by another campaign, by decision
  set_aside_reason text check (length(set_aside_reason) <= 400),
  taken_by uuid references accounts,
  taken_by_organisation uuid references organisations,
  taken_at timestamptz,
  primary key (campaign_id, siret),
  check ((status = 'ecarte') = (set_aside_reason is not null)),
  check (num_nulls(taken_by, taken_by_organisation, taken_at) in (0, 3))
);
create index campaign_targets_siret on campaign_targets (siret);
create index campaign_targets_worked on campaign_targets (campaign_id) where status <> 'ecarte'; -- counted on every page of a campaign

-- Who contacted a target, how often and when last: what every member sees, whatever the visibility of what was said (EST-11).
create table campaign_contacts (
  campaign_id uuid not null,
  siret bigint not null,
  organisation_id uuid not null references organisations,
  contacts int not null check (contacts >= 0),
  needs int not null default 0 check (needs >= 0),
  last_on date not null,
  primary key (campaign_id, siret, organisation_id),
  foreign key (campaign_id, siret) references campaign_targets
);

-- An open campaign holds its targets for its period; no two campaigns can hold one establishment at once (CAM-3).
create table campaign_holds (
  campaign_id uuid not null references campaigns,
  siret bigint not null,
  period daterange not null check (not isempty(period)),
  primary key (campaign_id, siret),
  exclude using gist (siret with =, period with &&)
);

-- What the pilot decided on a conflict, and on which fact: another holder or a newer contact asks again.
create table campaign_decisions (
  campaign_id uuid not null,
  siret bigint not null,
  against_id uuid not null, -- the campaign that holds it, or the organisation that contacted it
  kind text not null check (kind in ('held', 'contacted')),
  decision text not null check (decision in ('leave', 'share', 'take')),
  reason text check (length(reason) <= 300),
  against_on date not null,
  decided_by uuid not null references accounts,
  decided_at timestamptz not null,
  primary key (campaign_id, siret, against_id),
  foreign key (campaign_id, siret) references campaign_targets on delete cascade,
  check (decision <> 'take' or coalesce(length(reason), 0) > 0),
  check (kind = 'held' or decision <> 'share')
);

create table exchanges (
  id uuid primary key,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  campaign_id uuid references campaigns,
  organisation_id uuid not null references organisations,
  author_id uuid not null references accounts,
  occurred_on date not null,
  reached boolean not null, -- someone was spoken to: what the figures count
  visibility text not null check (visibility in ('reseau', 'organisation')),
  status text not null default 'recorded' check (status in ('recorded', 'cancelled')),
  recorded_at timestamptz not null,
  corrected_at timestamptz,
  version int not null default 1
);
create index exchanges_siret on exchanges (siret, occurred_on desc, id desc);
create index exchanges_campaign on exchanges (campaign_id) where campaign_id is not null;
create index exchanges_organisation on exchanges (organisation_id, occurred_on desc);

-- What was said, apart from the fact of the contact: its policy also asks for the visibility.
create table exchange_contents (
  exchange_id uuid primary key references exchanges,
  organisation_id uuid not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  visibility text not null check (visibility in ('reseau', 'organisation')),
  channel text not null check (channel in ('telephone', 'visite', 'visio', 'courriel', 'evenement', 'accueil')),
  result text not null check (result in ('besoin-detecte', 'rendez-vous-pris', 'a-rappeler', 'pas-de-besoin', 'absent', 'injoignable', 'mauvais-interlocuteur', 'refus', 'ferme')),
  person_met text check (length(person_met) <= 160), -- personal
  notes text check (length(notes) <= 4000), -- personal
  need text check (length(need) <= 300),
  cancel_reason text check (length(cancel_reason) between 1 and 300) -- here, since it may say what was said
);

create table exchange_versions (
  exchange_id uuid not null references exchanges,
  version int not null,
  organisation_id uuid not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  visibility text not null check (visibility in ('reseau', 'organisation')), -- narrowed when a later version is
  at timestamptz not null,
  by_id uuid not null references accounts,
  change text not null check (change in ('recorded', 'corrected', 'cancelled')),
  occurred_on date not null,
  content jsonb not null, -- personal
  primary key (exchange_id, version)
);

create table next_actions (
  id uuid primary key,
  exchange_id uuid not null unique references exchanges,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  organisation_id uuid not null references organisations,
  visibility text not null check (visibility in ('reseau', 'organisation')),
  kind text not null check (kind in ('rappel', 'visite', 'rendez-vous', 'envoi-information', 'transmission')),
  due_on date not null,
  due_at time(0),
  owner_id uuid not null references accounts,
  done_at timestamptz,
  cancelled_at timestamptz
);
create index next_actions_owner on next_actions (owner_id, due_on) where done_at is null and cancelled_at is null;
create index next_actions_siret on next_actions (siret) where done_at is null and cancelled_at is null;

create table correspondents (
  id uuid primary key,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index correspondents_siret on correspondents (siret);
-- Every value keeps its source, author and date (EST-6); the current one of a field is the newest not replaced.
create table correspondent_values (
  id uuid primary key,
  correspondent_id uuid not null references correspondents,
  region_id int, departement_id int, epci_id int, clpe_id int,
  field text not null check (field in ('civility', 'familyName', 'givenName', 'role', 'email', 'phone', 'postalAddress')),
  value text not null check (length(value) between 1 and 300), -- personal
  source text not null check (source in ('personne-concernee', 'conseiller', 'fichier-partenaire', 'operateur', 'registre')),
  organisation_id uuid references organisations,
  author_id uuid references accounts,
  recorded_at timestamptz not null,
  replaced_at timestamptz
);
create index correspondent_values_of on correspondent_values (correspondent_id) where replaced_at is null;

/* The campaigns a viewer sees: members of the pilot or of a member organisation, within the perimeter; a draft only its pilot organisation. The SQL twin of mayRead. */
create function ctx.visible_campaigns() returns setof uuid language sql stable security definer set search_path = '' as $$
  select c.id from public.campaigns c join public.campaign_members m on m.campaign_id = c.id and m.organisation_id = (select ctx.organisation())
  where (select ctx.ok()) and ((select ctx.national(ctx.campagnes())) or c.territory_id = any ((select ctx.campagnes())::int[]) or (c.territory_id = 0 and (select cardinality(ctx.campagnes()) > 0))) and (c.status <> 'draft' or c.pilot_id = m.organisation_id)
$$;
/* The campaigns a viewer may run: of the pilot organisation, with the profile pilote over the whole territory. The SQL twin of mayPilot. */
create function ctx.piloted_campaigns() returns setof uuid language sql stable security definer set search_path = '' as $$
  select c.id from public.campaigns c
  where (select ctx.ok()) and c.pilot_id = (select ctx.organisation()) and ctx.covers((select ctx.pilote()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)
$$;
alter function ctx.visible_campaigns() owner to cc_definer;
alter function ctx.piloted_campaigns() owner to cc_definer;
revoke all on function ctx.visible_campaigns(), ctx.piloted_campaigns() from public;
grant execute on function ctx.visible_campaigns(), ctx.piloted_campaigns() to cc_web;
grant select on campaigns, campaign_members, campaign_targets, campaign_holds, campaign_decisions, exchanges, next_actions to cc_definer;
grant update on campaign_targets to cc_definer;
grant update, delete on campaign_holds to cc_definer;

/*
 * The conflicts of a campaign's targets (CAM-3): a row for each campaign that holds one within the period (their own periods never meet, so their last days
 * differ); of those nobody holds, the latest contact. Bypasses row-level security so that no holder is overlooked, and therefore scopes itself: only for
 * who pilots that campaign; the caller shows no more than organisation and date of what its own rights do not open.
 */
create function campaign_conflicts(campaign uuid, on_day date)
returns table (siret bigint, kind text, against_id uuid, organisation_id uuid, on_date date) language sql stable security definer set search_path = '' as $$
  with asked as (select c.* from public.campaigns c where c.id = campaign and c.id in (select ctx.piloted_campaigns())),
  target as (select t.siret, a.starts_on, a.ends_on, a.contact_delay_days from asked a join public.campaign_targets t on t.campaign_id = a.id where t.status <> 'ecarte'),
  held as (
    select t.siret, c.id, c.pilot_id, upper(h.period) - 1 as until
    from target t join public.campaign_holds h on h.siret = t.siret and h.campaign_id <> campaign and h.period operator(pg_catalog.&&) daterange(t.starts_on, t.ends_on, '[]')
    join public.campaigns c on c.id = h.campaign_id),
  contacted as (
    select t.siret, e.organisation_id, e.occurred_on
    from target t cross join lateral (
      select x.organisation_id, x.occurred_on from public.exchanges x
      where x.siret = t.siret and x.status = 'recorded' and x.campaign_id is distinct from campaign and x.occurred_on > on_day - t.contact_delay_days
      order by x.occurred_on desc, x.id desc limit 1) e
    where not exists (select from held h where h.siret = t.siret))
  select h.siret, 'held', h.id, h.pilot_id, h.until from held h
  union all select c.siret, 'contacted', c.organisation_id, c.organisation_id, c.occurred_on from contacted c
$$;
alter function campaign_conflicts(uuid, date) owner to cc_definer;

-- How many of these establishments are held over a period or were contacted lately: counts only, for a preview by who may pilot somewhere.
create function count_conflicts(sirets bigint[], starts_on date, ends_on date, contacted_since date, own_campaign uuid)
returns table (held int, contacted int) language sql stable security definer set search_path = '' as $$
  select count(*) filter (where h.yes)::int, count(*) filter (where not h.yes and e.yes)::int
  from unnest(sirets) s (siret)
  cross join lateral (select exists (select from public.campaign_holds x where x.siret = s.siret and x.campaign_id <> own_campaign and x.period operator(pg_catalog.&&) daterange(starts_on, ends_on, '[]')) as yes) h
  cross join lateral (select exists (select from public.exchanges x where x.siret = s.siret and x.status = 'recorded' and x.occurred_on > contacted_since) as yes) e
  where (select ctx.ok()) and own_campaign in (select ctx.piloted_campaigns())
$$;
alter function count_conflicts(bigint[], date, date, date, uuid) owner to cc_definer;

/*
 * Takes targets over from the campaigns that hold them (decision « take »): their holds go, and their targets are set aside; `said` and the reason of the
 * decision are what their members read. Only targets that this campaign keeps for itself: what another of its decisions left or shared takes nothing.
 * In order of SIRET, so that two takings never wait for each other in a ring. Answers what was taken from whom.
 */
create function take_holds(campaign uuid, said text)
returns table (siret bigint, from_campaign_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if campaign not in (select ctx.piloted_campaigns()) then return; end if;
  return query
    with wanted as materialized (
      select h.siret, h.campaign_id, d.reason from public.campaign_decisions d join public.campaigns c on c.id = d.campaign_id
      join public.campaign_targets t on t.campaign_id = d.campaign_id and t.siret = d.siret and t.status <> 'ecarte' and not t.shared
      join public.campaign_holds h on h.siret = d.siret and h.campaign_id = d.against_id and h.period operator(pg_catalog.&&) daterange(c.starts_on, c.ends_on, '[]')
      where d.campaign_id = campaign and d.decision = 'take'
      order by h.siret, h.campaign_id for update of h),
    freed as (delete from public.campaign_holds h using wanted w where h.siret = w.siret and h.campaign_id = w.campaign_id returning h.siret, h.campaign_id, w.reason),
    aside as (update public.campaign_targets t set status = 'ecarte', set_aside_reason = left(said || f.reason, 400), taken_by = null, taken_by_organisation = null, taken_at = null
      from freed f where t.campaign_id = f.campaign_id and t.siret = f.siret returning t.siret)
    select f.siret, f.campaign_id from freed f;
end $$;
alter function take_holds(uuid, text) owner to cc_definer;

do $$ declare t text; begin
  foreach t in array array['campaigns', 'campaign_members', 'campaign_targets', 'campaign_contacts', 'campaign_holds', 'campaign_decisions',
    'exchanges', 'exchange_contents', 'exchange_versions', 'next_actions', 'correspondents', 'correspondent_values'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to cc_owner using (true) with check (true)', t);
  end loop;
end $$;

create policy read on campaigns for select to cc_web using (id in (select ctx.visible_campaigns()));
create policy create_draft on campaigns for insert to cc_web with check ((select ctx.ok()) and pilot_id = (select ctx.organisation()) and created_by = (select ctx.account()) and status = 'draft'
  and ctx.covers((select ctx.pilote()), region_id, departement_id, epci_id, clpe_id));
create policy edit on campaigns for update to cc_web using (id in (select ctx.piloted_campaigns()))
  with check (pilot_id = (select ctx.organisation()) and ctx.covers((select ctx.pilote()), region_id, departement_id, epci_id, clpe_id));
create policy read on campaign_members for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_members for insert to cc_web with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_removes on campaign_members for delete to cc_web using (campaign_id in (select ctx.piloted_campaigns()));
create policy read on campaign_targets for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_adds on campaign_targets for insert to cc_web with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_removes on campaign_targets for delete to cc_web using (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_edits on campaign_targets for update to cc_web using (campaign_id in (select ctx.piloted_campaigns())) with check (campaign_id in (select ctx.piloted_campaigns()));
create policy advisor_works on campaign_targets for update to cc_web using (campaign_id in (select ctx.visible_campaigns())
  and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)) with check (campaign_id in (select ctx.visible_campaigns()));
create policy read on campaign_contacts for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy own on campaign_contacts to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and campaign_id in (select ctx.visible_campaigns()))
  with check (organisation_id = (select ctx.organisation()) and campaign_id in (select ctx.visible_campaigns()));
create policy read on campaign_holds for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_holds on campaign_holds for insert to cc_web with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_frees on campaign_holds for delete to cc_web using (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot on campaign_decisions to cc_web using (campaign_id in (select ctx.piloted_campaigns())) with check (campaign_id in (select ctx.piloted_campaigns()) and decided_by = (select ctx.account()));

create policy read on exchanges for select to cc_web using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy record on exchanges for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
  and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy correct on exchanges for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
  and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)) with check (organisation_id = (select ctx.organisation()));

do $$ declare t text; begin
  foreach t in array array['exchange_contents', 'exchange_versions', 'next_actions'] loop
    execute format($p$create policy read on %I for select to cc_web using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
      and (visibility = 'reseau' or organisation_id = (select ctx.organisation())))$p$, t);
    execute format($p$create policy write on %I for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
      and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))$p$, t);
    execute format($p$create policy rewrite on %I for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
      and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)) with check (organisation_id = (select ctx.organisation()))$p$, t);
  end loop;
end $$;

create policy read on correspondents for select to cc_web using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy read on correspondent_values for select to cc_web using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy write on correspondents for insert to cc_web with check ((select ctx.ok()) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy write on correspondent_values for insert to cc_web with check ((select ctx.ok()) and author_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
  and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));

grant select, insert, update on campaigns, exchanges, exchange_contents, next_actions to cc_web;
grant update (visibility) on exchange_versions to cc_web;
grant select, insert on exchange_versions, correspondents, correspondent_values to cc_web;
grant select, insert, delete on campaign_members, campaign_holds to cc_web;
grant select, insert, update, delete on campaign_targets, campaign_contacts, campaign_decisions to cc_web;
revoke all on function campaign_conflicts(uuid, date), count_conflicts(bigint[], date, date, date, uuid), take_holds(uuid, text) from public;
grant execute on function campaign_conflicts(uuid, date), count_conflicts(bigint[], date, date, date, uuid), take_holds(uuid, text) to cc_web;
