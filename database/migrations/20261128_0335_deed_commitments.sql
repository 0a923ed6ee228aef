-- What a deed engages in, and the version of the access conditions that were given, as they were signed (RGC-9, RGC-10). Null: a deed
-- signed before its text said so.
alter table documents add constraint documents_as_given unique (id, version, body_hash);
alter table rgc_deeds
  add column commitments text[] check (array_length(commitments, 1) between 1 and 10),
  add column conditions_id uuid,
  add column conditions_title text check (length(conditions_title) between 1 and 200),
  add column conditions_version int check (conditions_version > 0),
  add column conditions_hash bytea check (length(conditions_hash) = 32),
  add foreign key (conditions_id, conditions_version, conditions_hash) references documents (id, version, body_hash),
  add check (num_nonnulls(commitments, conditions_id, conditions_title, conditions_version, conditions_hash) in (0, 5));
-- The name of the account when the deed was proposed: a new one asks for a new deed.
alter table rgc_members add column account_name text check (length(account_name) between 1 and 201); -- personal
