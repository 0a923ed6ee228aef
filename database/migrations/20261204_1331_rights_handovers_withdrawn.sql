-- PRI-2: a mistaken hand-over is withdrawn while the other party noted nothing; the request may then be handed again. A row
-- says which structure could read the person's name meanwhile. withdraw_rights_handover alone writes it.
create table rights_request_withdrawals (
  request_id uuid not null references rights_requests on delete cascade,
  to_organisation_id uuid not null references organisations,
  handed_by uuid not null references accounts,
  handed_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 500), -- personal
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  primary key (request_id, handed_at)
);
create index rights_request_withdrawals_to on rights_request_withdrawals (to_organisation_id);
create index rights_request_withdrawals_handed_by on rights_request_withdrawals (handed_by);
create index rights_request_withdrawals_recorded_by on rights_request_withdrawals (recorded_by);
