-- What people say of themselves in the directory of collaborators (EST-13). Names, functions and addresses stand with the account.
create table directory_entries (
  account_id uuid primary key,
  organisation_id uuid not null references organisations,
  civility text check (civility in ('Mme', 'M.')),
  -- E.164.
  phone text check (phone ~ '^\+[1-9][0-9]{5,14}$'),
  phone_hidden boolean not null,
  agency_id uuid references agencies,
  version int not null,
  changed_at timestamptz not null,
  foreign key (account_id, organisation_id) references accounts (id, organisation_id)
);
-- The directory is read by name, page after page.
create index accounts_directory on accounts (search_words(family_name || ' ' || given_name), id) where status = 'active';
