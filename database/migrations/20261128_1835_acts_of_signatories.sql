-- The act that empowers a signatory is kept as a file, with its convention (AGR-11).
alter table convention_documents
  drop constraint convention_documents_kind_check,
  add constraint convention_documents_kind_check
    check (kind in ('convention', 'avenant', 'signe', 'resiliation', 'manquement', 'avis', 'differend', 'acte')),
  add constraint convention_documents_of_convention unique (id, convention_id);
alter table convention_signatories
  add column act_document_id uuid,
  add constraint convention_signatories_act foreign key (act_document_id, convention_id) references convention_documents (id, convention_id);
-- Of the act that an amendment names for who signs it: what is known only once it was transmitted and published (AGR-6).
create table convention_amendment_authorities (
  amendment_id uuid not null references convention_amendments,
  party text not null check (party in ('partenaire', 'operateur')),
  convention_id uuid not null references conventions,
  local_authority boolean not null,
  prefecture_on date,
  published_on date,
  act_document_id uuid,
  settled_by uuid not null references accounts,
  settled_at timestamptz not null,
  primary key (amendment_id, party),
  foreign key (act_document_id, convention_id) references convention_documents (id, convention_id),
  check (local_authority or num_nonnulls(prefecture_on, published_on) = 0)
);
create index convention_amendment_authorities_convention on convention_amendment_authorities (convention_id);
