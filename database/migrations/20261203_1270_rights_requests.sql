-- Requests of rights (PRI-2, articles 12 and 15 to 21 of the GDPR): entered by a data protection officer for their structure.
-- The three tables are added to, never rewritten; ctx.purge_rights_requests deletes them five years after the answer.
create table rights_requests (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection')),
  whose text not null check (whose in ('user', 'correspondent', 'other')),
  person text not null check (length(person) between 1 and 160), -- personal
  channel text not null check (channel in ('mail', 'letter', 'on-site', 'phone')),
  received_on date not null,
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  unique (id, organisation_id)
);
create index rights_requests_organisation on rights_requests (organisation_id, received_on, id);
create index rights_requests_recorded_by on rights_requests (recorded_by);
create table rights_request_steps (
  request_id uuid not null references rights_requests on delete cascade,
  kind text not null check (kind in ('identity', 'extension', 'answer', 'recipients')),
  happened_on date not null,
  manner text check (manner in ('known', 'call-back', 'document')),
  outcome text check (outcome in ('given', 'partly', 'refused')),
  channel text check (channel in ('mail', 'letter', 'on-site', 'phone')),
  article text check (article in ('11-2', '12-5', '15-4', '17-3', '18-2', '20-3', '21-1', 'other')),
  extent text check (extent in ('all', 'impossible', 'none')),
  reason text check (length(reason) between 1 and 500), -- personal
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  primary key (request_id, kind), -- each step once, of two at once too
  check ((kind = 'identity') = (manner is not null)),
  check ((kind = 'answer') = (num_nonnulls(outcome, channel) = 2) and num_nonnulls(outcome, channel) <> 1),
  check (coalesce(outcome in ('partly', 'refused'), false) = (article is not null)),
  check ((kind = 'recipients') = (extent is not null)),
  check ((kind in ('extension', 'recipients') or article is not null) = (reason is not null))
);
create index rights_request_steps_recorded_by on rights_request_steps (recorded_by);
-- From a partner to the operator, or the other way, once: the parties collaborate (article 6 of the convention).
create table rights_request_handovers (
  request_id uuid primary key,
  from_organisation_id uuid not null references organisations, -- that which received it
  to_organisation_id uuid not null references organisations,
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  foreign key (request_id, from_organisation_id) references rights_requests (id, organisation_id) on delete cascade,
  check (from_organisation_id <> to_organisation_id)
);
create index rights_request_handovers_from on rights_request_handovers (from_organisation_id);
create index rights_request_handovers_to on rights_request_handovers (to_organisation_id);
create index rights_request_handovers_recorded_by on rights_request_handovers (recorded_by);
