-- A token changes with each proof: the digests that a session had before, for what was done under them and is told later.
create table secret.former_tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  session_id uuid not null references public.sessions on delete cascade
);
create index former_tokens_session on secret.former_tokens (session_id);
