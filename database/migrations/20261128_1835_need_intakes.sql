-- Which needs a structure takes, as it says (CAM-7; docs/decisions/0033).
create table need_intakes (
  organisation_id uuid primary key references organisations,
  kinds text[] not null check (cardinality(kinds) > 0
    and kinds <@ array['recrutement', 'formation', 'immersion', 'conseil', 'contrat-aide', 'autre']),
  -- Of advice; none: every subject.
  advice text[] not null check (advice <@ array['poste-de-travail', 'inclusion', 'handicap']),
  -- Broad fields of the ROME; none: every job.
  jobs text[] not null check (jobs <@ array['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N']),
  publics text check (length(publics) between 1 and 200),
  version int not null default 1,
  said_by uuid not null references accounts,
  said_at timestamptz not null
);
