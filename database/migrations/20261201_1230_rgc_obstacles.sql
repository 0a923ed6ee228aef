-- Whoever was refused or revoked is named no more for that structure, until the security officer lifts it (RGC-3, RGC-7).
alter table rgc_refused_people
  add column lifted_at timestamptz,
  add column lifted_by uuid references accounts,
  add column lifted_reason text check (length(lifted_reason) between 1 and 500),
  add check (num_nonnulls(lifted_at, lifted_by, lifted_reason) in (0, 3));
-- A demand made by mistake is withdrawn while it is not carried out; a revocation made is lifted alike.
alter table rgc_revocations
  add column withdrawn_at timestamptz check (withdrawn_at >= required_at),
  add column withdrawn_by uuid references accounts,
  add column withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  add column lifted_at timestamptz check (lifted_at >= made_at),
  add column lifted_by uuid references accounts,
  add column lifted_reason text check (length(lifted_reason) between 1 and 500),
  add check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) in (0, 3)),
  add check (num_nonnulls(lifted_at, lifted_by, lifted_reason) in (0, 3)),
  add check (num_nonnulls(made_at, withdrawn_at) < 2),
  add check (lifted_at is null or made_at is not null);
drop index rgc_revocations_waiting;
create unique index rgc_revocations_waiting on rgc_revocations (account_id) where made_at is null and withdrawn_at is null;
