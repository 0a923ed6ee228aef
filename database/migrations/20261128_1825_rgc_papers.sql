-- A deed of account managers signed by hand (AGR-13, RGC-10): the operator's security officer who received it enters it, with the days it
-- bears. Its scan is the signed file, and its digest is that of the scan.
alter table rgc_deeds
  add column paper_signed_on date,
  add column paper_received_on date,
  add constraint rgc_deeds_paper check (num_nonnulls(paper_signed_on, paper_received_on) in (0, 2) and paper_signed_on <= paper_received_on);
-- One deed waits for its signatures in the service; a paper has them.
drop index rgc_deeds_one_to_sign;
create unique index rgc_deeds_one_to_sign on rgc_deeds (organisation_id)
  where sent_at is null and abandoned_at is null and paper_signed_on is null;
create unique index rgc_deeds_paper_once on rgc_deeds (organisation_id, digest) where paper_signed_on is not null;
alter table rgc_documents
  add column media_type text not null default 'application/pdf'
    check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  drop constraint rgc_documents_content_check,
  add constraint rgc_documents_content_check check (length(content) between 1 and 20971520);

-- What a structure declared by letter or e-mail: the day it bears, and what was received.
alter table rgc_events add column signed_on date, add constraint rgc_events_signed check (signed_on <= received_on);
create table rgc_event_papers (
  event_id uuid primary key references rgc_events,
  file_name text not null check (length(file_name) between 1 and 200),
  media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  content bytea storage external not null check (length(content) between 1 and 20971520),
  sha256 bytea not null check (sha256 = sha256(content)),
  entered_by uuid not null references accounts
);

-- A mistaken day of either is corrected, and every correction stays.
create table rgc_paper_corrections (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  deed_id uuid references rgc_deeds,
  event_id uuid references rgc_events,
  before jsonb not null check (jsonb_typeof(before) = 'object'),
  after jsonb not null check (jsonb_typeof(after) = 'object'),
  reason text not null check (length(btrim(reason)) between 1 and 500),
  corrected_by uuid not null references accounts,
  corrected_at timestamptz not null,
  check (num_nonnulls(deed_id, event_id) = 1)
);
create index rgc_paper_corrections_deed on rgc_paper_corrections (deed_id, corrected_at);
create index rgc_paper_corrections_event on rgc_paper_corrections (event_id, corrected_at);
