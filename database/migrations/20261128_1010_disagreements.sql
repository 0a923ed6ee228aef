-- A disagreement between the parties (article 11), with its convention: what it is about, then all that happened of it.
-- Both are added to, never rewritten: its state follows from its steps (server/agreement/disagreements/disagreement-lifecycle.ts).
create table disagreements (
  id uuid primary key,
  convention_id uuid not null references conventions,
  number int not null check (number > 0),
  -- who raises it
  party text not null check (party in ('partenaire', 'operateur')),
  subject text not null check (length(btrim(subject)) between 1 and 200),
  statement text not null check (length(btrim(statement)) between 1 and 4000),
  clauses text[] not null default '{}',
  arose_on date not null,
  opened_at timestamptz not null,
  opened_by uuid not null references accounts,
  unique (convention_id, number),
  unique (id, convention_id)
);

create table disagreement_steps (
  id uuid primary key,
  disagreement_id uuid not null,
  convention_id uuid not null,
  kind text not null check (kind in ('attempt', 'settle', 'fail', 'decide', 'withdraw', 'reopen')),
  -- of an attempt at an amicable settlement: how
  manner text check (manner in ('meeting', 'letters', 'mediation')),
  party text not null check (party in ('partenaire', 'operateur')),
  happened_on date not null,
  summary text not null check (length(btrim(summary)) between 1 and 4000),
  -- the one that is competent, once the attempt failed
  court text check (length(btrim(court)) between 1 and 200),
  document_id uuid references convention_documents,
  recorded_at timestamptz not null,
  recorded_by uuid not null references accounts,
  foreign key (disagreement_id, convention_id) references disagreements (id, convention_id),
  check ((kind = 'attempt') = (manner is not null)),
  check ((kind = 'fail') = (court is not null))
);
create index disagreement_steps_disagreement on disagreement_steps (disagreement_id, recorded_at, id);

alter table convention_documents drop constraint convention_documents_kind_check,
  add constraint convention_documents_kind_check
    check (kind in ('convention', 'avenant', 'signe', 'resiliation', 'manquement', 'avis', 'differend'));
