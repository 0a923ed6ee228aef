-- An amendment that the partner refuses, or that the operator takes back before its effect (AGR-6): its number and its text stay.
alter table convention_amendments
  add column closed_by text check (closed_by in ('partenaire', 'operateur')),
  add column closed_at timestamptz,
  add column closed_reason text check (length(btrim(closed_reason)) between 1 and 500),
  add column closed_by_account uuid references accounts,
  add check (num_nonnulls(closed_by, closed_at, closed_reason, closed_by_account) in (0, 4)),
  add check (closed_at is null or effective_at is null);
-- What the act that empowers a signatory also says (AGR-11): it designates the account managers.
alter table convention_signatories add column designates_rgc boolean not null default false;
