-- Whoever receives a letter or a paper signed by hand enters it in the sender's name; the sender answers; a mistaken date is corrected
-- (AGR-13).
alter table convention_documents drop constraint convention_documents_kind_check,
  add constraint convention_documents_kind_check check (kind in ('convention', 'avenant', 'signe', 'resiliation', 'manquement', 'avis'));

-- `entered_by_other`: by the party that received it. `partner_told`, `operator_told`: told one of
-- its dates, hence corrects them.
alter table convention_notices
  add column entered_by_other boolean not null default false,
  add column partner_told boolean not null default false,
  add column operator_told boolean not null default false,
  add column receipt_document_id uuid references convention_documents;
alter table convention_breaches
  add column entered_by_other boolean not null default false,
  add column partner_told boolean not null default false,
  add column operator_told boolean not null default false,
  add column receipt_document_id uuid references convention_documents;
-- Who told the dates of earlier letters is in the trail alone: either party corrects those.
update convention_notices set partner_told = true, operator_told = true;
update convention_breaches set partner_told = true, operator_told = true;
alter table convention_signatures
  add column entered_by_other boolean not null default false,
  add check (how = 'papier' or not entered_by_other);

-- What the sender answers to what was entered in its name. The last answer counts; none is ever changed.
create table convention_answers (
  id uuid primary key,
  convention_id uuid not null references conventions,
  kind text not null check (kind in ('notice', 'breach', 'signature')),
  subject_id uuid not null,
  answer text not null check (answer in ('contest', 'confirm')),
  reason text check (length(btrim(reason)) between 1 and 500),
  party text not null check (party in ('partenaire', 'operateur')),
  answered_at timestamptz not null,
  answered_by uuid not null references accounts,
  check ((answer = 'contest') = (reason is not null))
);
create index convention_answers_subject on convention_answers (subject_id, answered_at desc, id desc);
create index convention_answers_convention on convention_answers (convention_id);

-- Each date that was corrected, as it was and as it is: added to, never rewritten.
create table convention_corrections (
  id uuid primary key,
  convention_id uuid not null references conventions,
  kind text not null check (kind in ('notice', 'breach', 'signature')),
  subject_id uuid not null,
  party text not null check (party in ('partenaire', 'operateur')),
  before jsonb not null,
  after jsonb not null,
  reason text not null check (length(btrim(reason)) between 1 and 500),
  corrected_at timestamptz not null,
  corrected_by uuid not null references accounts
);
create index convention_corrections_convention on convention_corrections (convention_id);
