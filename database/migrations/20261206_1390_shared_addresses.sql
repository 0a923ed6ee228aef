-- One address and two structures (ACC-16, decision 0044): two accounts, by a pair that the second structure asks for
-- and the person
-- accepts. A pair that stands is kept; any other is forgotten a month after (ctx.purge_shared_addresses).
create table shared_addresses (
  id uuid primary key,
  first_id uuid not null references accounts, -- the account that has the address
  former_id uuid not null references organisations, -- its structure, which the asking one never learns
  asker_id uuid not null references organisations,
  second_id uuid references accounts, -- the account that the asking structure opened since
  email text not null check (email = lower(email) and length(email) between 3 and 254), -- personal
  given_name text not null check (length(given_name) between 1 and 100), -- personal, as the asking structure says
  family_name text not null check (length(family_name) between 1 and 100), -- personal
  reason text not null check (length(reason) between 1 and 300),
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  told_at timestamptz check (told_at >= asked_at), -- the person was written to
  settled_at timestamptz check (settled_at >= asked_at),
  settled_by uuid references accounts,
  -- freed: the address left the first account
  outcome text check (outcome in ('accepted', 'refused', 'withdrawn', 'lapsed', 'freed')),
  open_until timestamptz, -- accepted: until when the second account may be opened
  answer_told_at timestamptz check (answer_told_at >= settled_at), -- both structures were written to
  ended_at timestamptz, -- one of the accounts ended, or has another address
  check (former_id <> asker_id),
  check (second_id is null or second_id <> first_id and outcome = 'accepted'),
  check ((settled_at is null) = (outcome is null)),
  check ((settled_by is null) = (outcome is null or outcome in ('lapsed', 'freed'))),
  check ((open_until is null) = (outcome is distinct from 'accepted')),
  check (outcome is distinct from 'accepted' or settled_by = first_id),
  check (ended_at is null or outcome = 'accepted')
);
create unique index shared_addresses_waiting on shared_addresses (asker_id, first_id) where settled_at is null;
create unique index shared_addresses_open on shared_addresses (first_id) where outcome = 'accepted'
  and ended_at is null;
create unique index shared_addresses_second on shared_addresses (second_id) where ended_at is null;
create index shared_addresses_former on shared_addresses (former_id);

-- An address opens one account, or two of such a pair. The second names the first, which has the same address as long
-- as it does.
alter table account_contacts
  add column beside_id uuid check (beside_id <> account_id),
  add constraint account_contacts_pair unique (account_id, email),
  add constraint account_contacts_beside foreign key (beside_id, email) references account_contacts (account_id, email)
    on delete set null (beside_id) deferrable initially deferred;
drop index account_contacts_email;
create unique index account_contacts_email on account_contacts (email) where beside_id is null;
create unique index account_contacts_email_beside on account_contacts (email) where beside_id is not null;
-- Met after the one of the address, as before: who is refused reads that the address is taken.
drop index account_contacts_mailbox;
create unique index account_contacts_mailbox on account_contacts (organisation_id, mailbox);
create index account_contacts_beside_of on account_contacts (beside_id) where beside_id is not null;
