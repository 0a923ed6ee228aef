-- Run once by a superuser, in the database of the service, before the first migration. Idempotent.
-- Passwords are set apart: alter role cc_owner password '…' (likewise cc_web, cc_sign_in, cc_worker). cc_definer never logs in.
do $$ begin
  if not exists (select from pg_roles where rolname = 'cc_definer') then create role cc_definer nologin bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'cc_worker') then create role cc_worker login; end if;
  if not exists (select from pg_roles where rolname = 'cc_web') then create role cc_web login; end if;
  if not exists (select from pg_roles where rolname = 'cc_sign_in') then create role cc_sign_in login; end if;
  if not exists (select from pg_roles where rolname = 'cc_owner') then create role cc_owner login; end if;
end $$;
-- What a statement, a lock and an idle transaction may take. A pooler in transaction mode passes no setting of the client's.
-- The web refuses to start without them (server/platform/database/start-checks.ts).
alter role cc_web set statement_timeout = '10s';
alter role cc_web set lock_timeout = '4s';
alter role cc_web set idle_in_transaction_session_timeout = '10s';
alter role cc_sign_in set statement_timeout = '10s';
alter role cc_sign_in set lock_timeout = '4s';
alter role cc_sign_in set idle_in_transaction_session_timeout = '10s';
-- The owner hands functions over to cc_definer, and the queue's schema to cc_worker.
grant cc_definer, cc_worker to cc_owner;
create schema if not exists extensions;
grant usage on schema extensions to public;
create extension if not exists pg_trgm schema extensions;
create extension if not exists unaccent schema extensions;
create extension if not exists btree_gist schema extensions;
create extension if not exists pgcrypto schema extensions;
alter schema public owner to cc_owner;
revoke create on schema public from public;
create schema if not exists graphile_worker authorization cc_worker;
do $$ begin
  execute format('alter database %I owner to cc_owner', current_database());
  -- The worker installs and upgrades the schema of its queue, graphile_worker, by itself.
  execute format('grant create, temporary on database %I to cc_worker', current_database());
  -- The application makes no table, not even a temporary one.
  execute format('revoke temporary on database %I from public', current_database());
  execute format('alter database %I set search_path = public, extensions', current_database());
end $$;
