-- A receipt that is told after its letter keeps who told which day, and when: someone else corrects it (AGR-13).
create table convention_receipts (
  id uuid primary key,
  convention_id uuid not null references conventions,
  kind text not null check (kind in ('notice', 'breach')),
  subject_id uuid not null,
  party text not null check (party in ('partenaire', 'operateur')),
  days jsonb not null,
  told_at timestamptz not null,
  told_by uuid not null references accounts
);
create index convention_receipts_subject on convention_receipts (subject_id);
create index convention_corrections_subject on convention_corrections (subject_id);
