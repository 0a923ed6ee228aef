-- What ctx.enter answers, kept for each account and way of signing in, so that entering is a look-up (docs/decisions/0013).
-- Not logged: after a crash both tables are empty, and rights are worked out again.
create unlogged table secret.stored_rights (
  account_id uuid not null,
  way text not null,
  -- True from made_at until the next instant at which time alone changes it, on the clock of ctx.clock().
  made_at timestamptz not null,
  until timestamptz not null,
  -- What the facts were read from, in which life of the server: numbers of transactions mean nothing in another cluster.
  made_from pg_snapshot not null,
  server_started timestamptz not null,
  -- Whose facts it rests on: the account, its structure, agencies, everyone's, the officers'.
  scopes uuid[] not null,
  granted jsonb not null,
  withheld jsonb not null,
  roles jsonb not null,
  refused text[] not null,
  fiche int[] not null,
  fiche_conseiller int[] not null,
  campagnes int[] not null,
  conseiller int[] not null,
  pilote int[] not null,
  role_names text[] not null,
  regions int[] not null,
  primary key (account_id, way)
);

-- Which facts changed, in which transaction. Only ever added to: who changes a right waits for nobody.
create unlogged table secret.rights_changes (
  scope uuid not null,
  by_transaction xid8 not null,
  at timestamptz not null default clock_timestamp(),
  primary key (scope, by_transaction)
);
