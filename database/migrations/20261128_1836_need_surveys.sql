-- Employers' satisfaction (IND-7): one question asked of who spoke of a need, once it is closed. One row a need: asked once, or not, and why.
create table need_surveys (
  need_id uuid primary key references needs,
  -- Null: it was asked. The first three are chosen by who closed the need, the others found by the worker.
  not_asked text check (not_asked in ('deja-dit', 'delicat', 'parti', 'opposition', 'ne-pas-contacter', 'recente')),
  settled_at timestamptz not null,
  settled_by uuid references accounts,
  -- Whose answer it is: gone with what they object to.
  correspondent_id uuid references correspondents on delete set null,
  -- sha256 of the token in the mail: the database alone cannot make a link that opens.
  token_digest bytea unique check (length(token_digest) = 32),
  -- The address it was sent to, as objections keep one: who was asked lately, or refuses, is known without it.
  address_digest bytea check (length(address_digest) = 32),
  key_number int check (key_number between 1 and 65535),
  expires_at timestamptz,
  answered_at timestamptz,
  rating text check (rating in ('pas-du-tout', 'plutot-pas', 'plutot', 'tout-a-fait')),
  comment text check (length(comment) between 1 and 500), -- personal
  constraint need_surveys_by check ((settled_by is not null) = coalesce(not_asked in ('deja-dit', 'delicat', 'parti'), false)),
  constraint need_surveys_asked check ((not_asked is null) = (expires_at is not null)),
  constraint need_surveys_keyed check (num_nonnulls(address_digest, key_number) in (0, 2)),
  constraint need_surveys_answered check (num_nonnulls(answered_at, rating) in (0, 2) and (comment is null or rating is not null))
);
create index need_surveys_address on need_surveys (address_digest) where address_digest is not null;
create index need_surveys_correspondent on need_surveys (correspondent_id) where correspondent_id is not null;
create index needs_closed on needs (closed_at) where closed_at is not null;

-- Who asked on the page to be asked no more, by the digest of their address.
create table survey_refusals (
  digest bytea primary key check (length(digest) = 32),
  key_number int not null check (key_number between 1 and 65535),
  refused_at timestamptz not null
);
