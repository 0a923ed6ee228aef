-- Task forces, campaigns, their targets and holds, their sharing out. Establishments are named by SIRET without a foreign key:
-- the register is rebuilt beside and swapped, and what people recorded must outlive that.

-- The task force of a CLPE (TER-2): its pilot, its members, the sectors they hold sensitive. Partner data: forced row-level security.
create table task_forces (
  clpe_id int primary key references territories check (clpe_id between 10001 and 99999999),
  pilot_id uuid not null references organisations,
  -- Divisions of the NAF.
  sensitive_sectors text[] not null default '{}' check (array_position(sensitive_sectors, null) is null),
  version int not null default 1
);

create table task_force_members (
  clpe_id int not null references task_forces on delete cascade,
  organisation_id uuid not null references organisations,
  primary key (clpe_id, organisation_id)
);
create index task_force_members_organisation on task_force_members (organisation_id);

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
  created_by uuid not null references accounts,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  version int not null default 1,
  check ((status = 'draft') = (opened_at is null)),
  check ((status in ('closed', 'archived')) = (closed_at is not null)),
  -- Creation in steps (CAM-1): the step that a draft's preparation has reached.
  step text not null default 'objet' check (step in ('objet', 'equipe', 'objectifs', 'etablissements'))
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
  status text not null default 'a-contacter'
    check (status in ('a-contacter', 'prise-en-charge', 'en-cours', 'rendez-vous', 'besoin', 'traite', 'ecarte')),
  shared boolean not null default false, -- also held by another campaign, by decision
  set_aside_reason text check (length(set_aside_reason) <= 400),
  /*
   * Sharing out writes fifty thousand targets at once, and looking each one's person and organisations up anew was more than half of
   * the time that the others wait for these targets. A trigger looks them up once a statement, each once (check_target_holders).
   * Neither an account nor an organisation is ever deleted by the application.
   */
  taken_by uuid,
  taken_by_organisation uuid,
  taken_at timestamptz,
  primary key (campaign_id, siret),
  check ((status = 'ecarte') = (set_aside_reason is not null)),
  check (num_nulls(taken_by, taken_by_organisation, taken_at) in (0, 3)),
  -- To which organisation a target is entrusted (CAM-4): it is taken care of by its own people.
  assigned_organisation uuid,
  check (assigned_organisation = taken_by_organisation)
);
create index campaign_targets_siret on campaign_targets (siret);
create index campaign_targets_worked on campaign_targets (campaign_id) where status <> 'ecarte'; -- counted on every page of a campaign
create index campaign_targets_taken_by on campaign_targets (taken_by) where taken_by is not null;
/*
 * Which campaigns were common at the last ANALYZE says nothing of the one just being filled: for a campaign that the statistics
 * have not met, the planner expects one row, and joins fifty thousand targets to fifty thousand conflicts in a nested loop. Without
 * statistics on these columns it expects a share of the table whatever the campaign, and every plan of the openings stays a hash or
 * an index.
 */
alter table campaign_targets alter campaign_id set statistics 0;

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
alter table campaign_contacts alter campaign_id set statistics 0;

-- An open campaign holds its targets for its period; no two campaigns can hold one establishment at once (CAM-3).
create table campaign_holds (
  /*
   * Opening writes fifty thousand holds at once, and checking the campaign anew for each row was a fifth of it. The policy of writing
   * already asks that the campaign exists and is piloted, once a statement, and no campaign is ever deleted.
   */
  campaign_id uuid not null,
  siret bigint not null,
  period daterange not null check (not isempty(period)),
  primary key (campaign_id, siret),
  exclude using gist (siret with =, period with &&)
);
alter table campaign_holds alter campaign_id set statistics 0;

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
alter table campaign_decisions alter campaign_id set statistics 0;

create table campaign_goals (
  campaign_id uuid not null references campaigns,
  kind text not null check (kind in ('etablissements-contactes', 'echanges', 'rendez-vous', 'besoins')),
  value int not null check (value between 1 and 1000000),
  primary key (campaign_id, kind)
);

-- The people who answer for a campaign (responsables): shown and told, no right of their own.
create table campaign_leads (
  campaign_id uuid not null references campaigns,
  account_id uuid not null references accounts,
  primary key (campaign_id, account_id)
);
create index campaign_leads_account on campaign_leads (account_id);

-- An act of sharing out: simulated first (done_at null), then done, then perhaps undone.
create table target_sharings (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  by_id uuid not null references accounts,
  within_organisation uuid references organisations, -- a lead's, within their organisation; null for a pilot's
  how text not null check (how in ('main', 'charge', 'zone', 'activite', 'referent')),
  reason text check (length(reason) <= 300),
  simulated_at timestamptz not null,
  planned int not null check (planned >= 0),
  done_at timestamptz,
  moved int check (moved between 0 and planned), -- what still held when it was done
  undone_at timestamptz,
  undone_by uuid references accounts,
  restored int check (restored between 0 and moved),
  check (num_nulls(done_at, moved) in (0, 2)),
  check (num_nulls(undone_at, undone_by, restored) in (0, 3)),
  check (undone_at is null or done_at is not null)
);
create index target_sharings_campaign on target_sharings (campaign_id, done_at desc, id desc);

/*
 * From whom to whom each target went: a line of a sharing out, or (without one) what an advisor took or gave back. No foreign keys
 * but the act's: fifty thousand lines are written at once, from values that the target and the recipients just gave.
 */
create table target_assignments (
  id bigint generated always as identity primary key,
  sharing_id uuid references target_sharings on delete cascade,
  campaign_id uuid not null,
  siret bigint not null,
  at timestamptz, -- of what was taken or given back; a sharing out has its own
  by_id uuid,
  from_assigned uuid,
  from_organisation uuid, -- of the person who took care of it
  from_account uuid,
  from_taken_at timestamptz,
  to_organisation uuid,
  to_account uuid,
  -- Where the target stood when it was planned: what moved since is left alone.
  status text not null,
  contacts int not null,
  kept boolean not null default false, -- the undoing left it: it was worked since
  check ((sharing_id is null) = (at is not null)),
  check ((sharing_id is null) = (by_id is not null))
);
create index target_assignments_target on target_assignments (campaign_id, siret);
create index target_assignments_sharing on target_assignments (sharing_id) where sharing_id is not null;
-- As for the targets: what the statistics have not met is not one row.
alter table target_assignments alter campaign_id set statistics 0;
alter table target_assignments alter sharing_id set statistics 0;

-- The result codes, as a table: what was heard, whether someone was spoken to, and where it leads the target. Our own list, after
-- those of comparable tools.
create table exchange_results (
  code text primary key check (code ~ '^[a-z]+(-[a-z]+)*$'),
  label text not null unique,
  rank int not null unique,
  reached boolean not null,
  leads_to text check (leads_to in ('besoin', 'rendez-vous', 'traite')) -- null: the attempt settled nothing
);
insert into exchange_results values
  ('besoin-detecte', 'Besoin détecté', 1, true, 'besoin'),
  ('rendez-vous-pris', 'Rendez-vous pris', 2, true, 'rendez-vous'),
  ('a-rappeler', 'À rappeler', 3, true, null),
  ('pas-de-besoin', 'Pas de besoin', 4, true, 'traite'),
  ('absent', 'Absent', 5, false, null),
  ('injoignable', 'Injoignable', 6, false, null),
  ('mauvais-interlocuteur', 'Mauvais interlocuteur', 7, false, null),
  ('refus', 'Refus', 8, true, 'traite'),
  ('ferme', 'Établissement fermé', 9, false, 'traite'),
  ('deja-suivi', 'Déjà suivi par un partenaire', 10, true, 'traite');

-- A campaign's own words for a result, each counted as a base code. Never renamed nor deleted: retired, and what was recorded keeps
-- its words.
create table campaign_results (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  label text not null check (length(label) between 2 and 60),
  base text not null references exchange_results,
  created_by uuid not null references accounts,
  created_at timestamptz not null,
  retired_at timestamptz,
  unique (id, base)
);
create unique index campaign_results_label on campaign_results (campaign_id, lower(label)) where retired_at is null;
