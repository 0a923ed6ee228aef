-- The trail and its sealing (SEC-1).

/*
 * The trail (SEC-1). The leaf is the digest of the row; what was said in detail stands apart under a salt, so that erasing a person's
 * detail leaves the leaf true. Sealing in a signed tree comes later: xid lets a sequencer take only settled transactions.
 */
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid, -- an account id, which is the person's pseudonym; null for the system and for who could not sign in
  organisation_id uuid,
  action text not null check (length(action) between 3 and 80),
  subject_kind text not null check (length(subject_kind) between 1 and 40),
  subject_id text not null check (length(subject_id) between 1 and 80),
  origin text not null default '', -- where from: a keyed digest of the address, never the address
  request_id text not null default '',
  detail_digest bytea not null check (length(detail_digest) = 32),
  leaf bytea not null check (length(leaf) = 32),
  xid xid8 not null default pg_current_xact_id()
);
create index audit_entries_subject on audit_entries (subject_kind, subject_id, at);
-- What the sequencer takes in order: settled transactions, each of their entries once.
create index audit_entries_settled on audit_entries (xid, id);
-- The trail as it is searched: one's own acts, those of a structure, all of them, the last first.
create index audit_entries_actor on audit_entries (actor_id, at, id);
create index audit_entries_organisation on audit_entries (organisation_id, at, id);
create index audit_entries_at on audit_entries (at, id);
-- A rare act among all those of the country, without reading the others.
create index audit_entries_action on audit_entries (action, at, id);

create table audit_details (
  entry_id uuid primary key references audit_entries,
  salt bytea not null check (length(salt) = 16),
  detail jsonb not null -- personal
);

/*
 * Sealing the trail (SEC-1): each entry's leaf takes a position in a Merkle tree (RFC 6962), whose head is signed now and then (a
 * checkpoint). The writers wait for none of it: the worker's sequencer does it after them. cc_web reaches nothing of this; the
 * worker only runs the functions below, which choose the positions and the leaves themselves; nobody updates or deletes.
 */
create table trail_leaves (
  position bigint primary key check (position >= 0),
  entry_id uuid not null unique references audit_entries,
  leaf bytea not null check (length(leaf) = 32)
);

-- Roots of the full subtrees of 256, 65 536, 16 777 216… leaves, by their number from the left: what a proof reads instead of all
-- the leaves below.
create table trail_nodes (
  level smallint not null check (level > 0 and level % 8 = 0),
  index bigint not null check (index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, index)
);

create table trail_checkpoints (
  size bigint primary key check (size > 0),
  note text not null check (length(note) < 2000), -- origin, size, root; an empty line; the signature
  -- Whether nothing settled was left to seal: what is sealed later cannot have happened long before.
  caught_up boolean not null,
  at timestamptz not null default clock_timestamp()
);

-- Where the sequencer is. No evidence: it can be made again from the leaves, and the verification compares it with them.
create table trail_head (
  one boolean primary key default true check (one),
  size bigint not null,
  peaks bytea not null, -- roots of the full subtrees that make the tree, the largest first, 32 bytes each
  cursor_xid xid8 not null,
  cursor_id uuid not null,
  -- Transactions are numbered anew in another server (a logical copy restored): the sequencer must know.
  cluster text not null
);
insert into trail_head
  select true, 0, '', '0', '00000000-0000-0000-0000-000000000000', system_identifier::text from pg_control_system();

/*
 * What the witness was given, by the name of its file: a file emptied, or cut, is seen without waiting. One hands over at a time,
 * so that each line names the one before. Nothing is proven by it: the verification compares it with the file.
 */
create table trail_witnesses (
  name text primary key check (length(name) between 1 and 255),
  size bigint not null check (size > 0),
  at timestamptz not null default clock_timestamp()
);
