-- Organisations, their people, what each may do and since when (ACC). Partner data: forced row-level security.

create table organisations (
  id uuid primary key,
  siret bigint not null unique check (siret between 1 and 99999999999999),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('operateur', 'epci', 'mission-locale', 'plie', 'departement', 'region', 'cap-emploi', 'autre')),
  created_at timestamptz not null
);

create table agencies (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null check (length(name) between 1 and 200)
);

-- What an agency serves: a grant whose perimeter is the agency opens these territories.
create table agency_territories (
  agency_id uuid not null references agencies,
  territory_id int not null references territories,
  primary key (agency_id, territory_id)
);

create table accounts (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  given_name text not null check (length(given_name) between 1 and 100), -- personal
  family_name text not null check (length(family_name) between 1 and 100), -- personal
  function text not null check (length(function) <= 120),
  status text not null default 'active' check (status in ('active', 'suspended', 'blocked', 'deleted')),
  created_at timestamptz not null,
  -- A contractor's (ACC-1): the account ends with it.
  contract_ends_on date,
  attachment text not null default 'agent' check (attachment in ('agent', 'delegate', 'contractor')),
  third_party_id uuid,
  status_reason text check (length(status_reason) between 1 and 300),
  version int not null default 1,
  -- Since when a function is what it is: a grant goes beyond it from then on, not from before.
  function_since timestamptz,
  constraint accounts_in_organisation unique (id, organisation_id),
  -- Nobody is a delegate's or a contractor's without its being declared; a contractor's contract has an end.
  constraint accounts_attachment check ((attachment = 'agent') = (third_party_id is null)),
  constraint accounts_contract check (attachment <> 'contractor' or contract_ends_on is not null)
);
create index accounts_organisation on accounts (organisation_id);

-- Apart from accounts: a colleague of another partner reads a name, never an address.
create table account_contacts (
  account_id uuid primary key references accounts,
  organisation_id uuid not null references organisations,
  email text not null check (email = lower(email) and length(email) <= 254) -- personal
);
create unique index account_contacts_email on account_contacts (email);

create table grants (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  profile text not null check (profile in ('consultation', 'conseiller', 'responsable', 'pilote')),
  territory_id int references territories,
  agency_id uuid references agencies,
  reason text not null check (length(reason) between 1 and 300),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  granted_by uuid references accounts,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references accounts,
  revoke_reason text,
  check (num_nonnulls(territory_id, agency_id) = 1),
  check (tool <> 'fiche-recrutement' or profile = 'consultation'),
  purpose text check (purpose in ('prospection', 'recrutement', 'insertion', 'suivi')),
  -- Why an account manager needs a tool too (ACC-4).
  duties text check (length(duties) between 1 and 300),
  beyond_function boolean not null default false,
  replaces uuid references grants,
  constraint no_self_grant check (granted_by <> account_id)
);
create index grants_account on grants (account_id);

-- What is not a tool: who does what for the structure (design, part 5). Opens no business data by itself (ACC-4).
create table role_assignments (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  role text not null check (role in ('rgc', 'signataire', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation',
    'responsable-operationnel', 'cssi', 'direction-regionale', 'support', 'administrateur')),
  region_id int references territories, -- of a regional direction
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at >= starts_at),
  assigned_by uuid references accounts,
  reason text not null check (length(reason) between 1 and 300),
  seen_at timestamptz, -- of a role of the operator: when its holder last came while it was awake
  check ((role = 'direction-regionale') = (region_id is not null))
);
create index role_assignments_account on role_assignments (account_id);
create index role_assignments_organisation on role_assignments (organisation_id, role);

-- A temporary block (ACC-11) or the operator's exceptional one (ACC-10): lifted on a verdict.
create table account_blocks (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  cause text not null check (cause in ('suspect-use', 'exceptional')),
  reason text not null check (length(reason) between 1 and 500),
  blocked_at timestamptz not null,
  blocked_by uuid references accounts, -- null: a rule of detection
  lifted_at timestamptz check (lifted_at >= blocked_at),
  lifted_by uuid references accounts,
  verdict text check (length(verdict) between 1 and 500),
  check (num_nonnulls(lifted_at, verdict) in (0, 2)),
  incident text check (length(incident) between 1 and 100),
  check (cause <> 'exceptional' or (incident is not null and blocked_by is not null)),
  /*
   * The operator's exceptional acts (ACC-10, RGC-7) are of one shape, whatever they cut: the whole account, one grant, or the management
   * of accounts of one RGC. Each has its reason and its incident, and is undone with a reason: nothing is ended, so that everything comes
   * back as it was. A cut grant stays so under another profile, or given again over the same perimeter, until it is lifted.
   * Who lifts blocks is never shut out by them (SEC-2, ACC-11): the last CSSI whose role is in effect, or the last administrator, is told
   * of and not cut (`cuts` is 'none'). The row stands until a verdict all the same: it is shown, nothing is told twice, and what led to it
   * no longer counts once lifted.
   */
  cuts text not null default 'account' check (cuts in ('account', 'grant', 'rgc', 'none')),
  grant_id uuid references grants,
  check ((cuts = 'grant') = (grant_id is not null)),
  constraint account_blocks_cause_cuts
    check (case cause when 'exceptional' then cuts <> 'none' else cuts in ('account', 'none') end)
);
create index account_blocks_account on account_blocks (account_id);
create unique index account_blocks_open on account_blocks (account_id, cause, cuts, grant_id) nulls not distinct where lifted_at is null;

-- The last deliberate act or sign-in, and the last time an inactivity was lifted (ACC-5).
create table account_activity (
  account_id uuid primary key references accounts,
  organisation_id uuid not null references organisations,
  last_act_at timestamptz,
  lifted_at timestamptz,
  -- The first act or lifting: before it, inactivity ran from the grants.
  first_at timestamptz
);

-- The account manager's tool (ACC-1 to ACC-4, ACC-13): who may come in, on what ground, and who decided it.

-- Delegates and contractors of a structure, each with its capacity under article 6 and the proof that it is bound as the structure
-- is (ACC-13).
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
create unique index grant_requests_once on grant_requests (account_id, tool, coalesce(territory_id::text, agency_id::text))
  where decided_at is null;
create index grant_requests_organisation on grant_requests (organisation_id, asked_at);

-- Who had access to what, on any past day (ACC-9): what a right rests on is kept with its dates, so that ctx.held_grants is true of
-- the past as of now.

-- Each state an account was in, and from when; the last is that of `accounts`.
create table account_states (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  from_at timestamptz not null,
  status text not null check (status in ('active', 'suspended', 'blocked', 'deleted')),
  contract_ends_on date,
  primary key (account_id, from_at)
);

-- The suspensions for inactivity that were lifted: from which instant they held, who lifted them and why (ACC-5).
create table inactivity_spans (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  suspended_from timestamptz not null,
  lifted_at timestamptz not null check (lifted_at >= suspended_from),
  lifted_by uuid not null references accounts,
  reason text not null check (length(reason) between 1 and 300),
  primary key (account_id, suspended_from)
);

-- Who leaves (ACC-6): account and grants end, what is personal goes, and past acts stay under a pseudonym.

/*
 * Whose pseudonym it is: apart from the accounts, for the structure's account managers and the operator's security officer, who may
 * be asked who did what. Purged three years after the departure: our own choice, the time for which an auditor may ask (annex 1,
 * 1.6).
 */
create table departed_people (
  account_id uuid primary key references accounts,
  organisation_id uuid not null references organisations,
  given_name text not null, -- personal
  family_name text not null, -- personal
  email text, -- personal
  function text not null,
  cause text not null check (cause in ('departure', 'change-of-function', 'breach')),
  reason text not null check (length(reason) between 1 and 300),
  left_at timestamptz not null,
  recorded_by uuid not null references accounts
);
create index departed_people_age on departed_people (left_at);

-- What was told, of which due day: never twice, whatever the job went through.
create table inactivity_notices (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  due_on date not null, -- the first day of the suspension, or of the sleep of a role
  step text not null check (step in ('fourteen-days', 'three-days', 'suspended', 'role-fourteen-days', 'role-three-days', 'role-asleep')),
  told_at timestamptz not null,
  primary key (account_id, due_on, step)
);

create table organisation_territories (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  territory_id int not null references territories,
  from_at timestamptz not null,
  until_at timestamptz check (until_at >= from_at),
  set_by uuid references accounts, -- null: the structure's own territory, or taken over with the installation
  reason text not null check (length(reason) between 1 and 300),
  ended_by uuid references accounts,
  end_reason text check (length(end_reason) between 1 and 300)
);
create unique index organisation_territories_once on organisation_territories (organisation_id, territory_id) where until_at is null;
create index organisation_territories_organisation on organisation_territories (organisation_id);

-- A second person (ACC-4, SEC-2): a grant over a region or the whole country, and an account whose address is of a domain that the
-- structure does not know, open nothing before another account manager, or the signatory, confirms them.
create table confirmations (
  id uuid primary key,
  account_id uuid not null,
  organisation_id uuid not null references organisations,
  grant_id uuid references grants, -- null: the account itself
  why text not null check (why in ('wide-perimeter', 'unknown-domain')),
  asked_by uuid not null references accounts, -- who gave the grant, or opened the account
  asked_at timestamptz not null,
  settled_at timestamptz check (settled_at >= asked_at),
  settled_by uuid references accounts,
  outcome text check (outcome in ('confirmed', 'refused')),
  reason text check (length(reason) between 1 and 300),
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  check (num_nonnulls(settled_at, settled_by, outcome, reason) in (0, 4)),
  check ((grant_id is null) = (why = 'unknown-domain')),
  constraint settled_by_another check (settled_by <> asked_by and settled_by <> account_id)
);
create unique index confirmations_grant on confirmations (grant_id) where grant_id is not null;
create unique index confirmations_account on confirmations (account_id) where grant_id is null;
create index confirmations_waiting on confirmations (organisation_id, asked_at) where settled_at is null;

alter table accounts add constraint accounts_third_party
  foreign key (third_party_id, organisation_id) references third_parties (id, organisation_id);
