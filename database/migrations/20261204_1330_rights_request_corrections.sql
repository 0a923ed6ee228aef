-- PRI-2: what was entered of a request of rights is corrected, with a reason, by who received it and holds it. The request
-- says what holds; a row, what a correction replaced, by whom and when. correct_rights_request alone writes both.
alter table rights_requests add version int not null default 1 check (version > 0);
create table rights_request_corrections (
  request_id uuid not null references rights_requests on delete cascade,
  version int not null check (version > 0), -- the one that was replaced
  kind text not null,
  whose text not null,
  person text not null, -- personal
  channel text not null,
  received_on date not null,
  reason text not null check (length(reason) between 1 and 500), -- personal
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  primary key (request_id, version)
);
create index rights_request_corrections_recorded_by on rights_request_corrections (recorded_by);
