-- The outbox: a mail is written in the transaction of the act that causes it, and leaves with a job of that same transaction. No act, no mail; no mail lost.
create table mails (
  id uuid primary key, -- its Message-ID too, by which a mail that left twice is known as one
  to_account_id uuid references accounts,
  to_address text check (length(to_address) <= 254 and to_address = lower(to_address) and to_address ~ '^[^\s@<>",;]+@[^\s@<>",;]+$'), -- personal
  subject text not null check (length(subject) <= 200 and subject !~ '[\r\n]'), -- personal
  body text not null check (length(body) <= 20000), -- personal
  why text not null check (length(why) <= 300),
  path text check (path ~ '^/[^\s]*$' and length(path) <= 300), -- the page it speaks of
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 60),
  about_kind text check (length(about_kind) <= 60),
  about_id text check (length(about_id) <= 100),
  queued_by uuid default ctx.account() references accounts, -- null: a job
  created_at timestamptz not null,
  attempts int not null default 0 check (attempts >= 0),
  last_error text check (last_error ~ '^[A-Za-z0-9-]{1,40}$'), -- a code, never an address
  -- What became of it: taken by the mail server, given up, or (in demonstration, without a mail server) kept in a file.
  sent_at timestamptz,
  failed_at timestamptz,
  kept_at timestamptz,
  purged_at timestamptz,
  check (num_nonnulls(sent_at, failed_at, kept_at) <= 1),
  check (num_nonnulls(about_kind, about_id) in (0, 2)),
  check (purged_at is not null or num_nonnulls(to_account_id, to_address) = 1),
  check (purged_at is not null or length(btrim(subject)) > 0 and length(btrim(body)) > 0),
  check (purged_at is null or num_nonnulls(sent_at, failed_at, kept_at) = 1)
);
create index mails_waiting on mails (created_at) where sent_at is null and failed_at is null and kept_at is null;
create index mails_to_purge on mails (coalesce(sent_at, failed_at, kept_at)) where purged_at is null;

alter table mails enable row level security;
alter table mails force row level security;
create policy owner on mails to cc_owner using (true) with check (true);
-- The application writes in the name of who acts, and reads none back.
create policy queue on mails for insert to cc_web with check ((select ctx.known()) and queued_by = (select ctx.account()) and num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0 and attempts = 0);
grant insert on mails to cc_web;
create policy send on mails to cc_worker using (true) with check (true);
grant select, insert on mails to cc_worker;
grant update (attempts, last_error, sent_at, failed_at, kept_at, purged_at, to_address, subject, body) on mails to cc_worker;

/* Where a mail goes: the address of the account on the day it leaves, not that of the day it was written. */
create function mail_address(mail uuid) returns text language sql stable security definer set search_path = '' as $$
  select coalesce(m.to_address, (select c.email from public.account_contacts c where c.account_id = m.to_account_id)) from public.mails m where m.id = mail
$$;

/*
 * The job of a mail, in the transaction that writes it. The worker installs its queue by itself: where it never started yet, the mail waits in the outbox,
 * and the worker's sweep finds it.
 */
create function ctx.queue_mail_job() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('send-mail', json_build_object('mailId', new.id), job_key => 'mail:' || new.id);
  end if;
  return null;
end $$;
create trigger queue_job after insert on mails for each row execute function ctx.queue_mail_job();

do $$ declare f text; begin
  foreach f in array array['mail_address(uuid)', 'ctx.queue_mail_job()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function mail_address(uuid) to cc_worker;
grant select on mails to cc_definer;
-- The queue belongs to the worker; the function above adds to it, whether its tables stand already or come later.
grant usage on schema graphile_worker to cc_definer;
grant select, insert, update on all tables in schema graphile_worker to cc_definer;
grant usage on all sequences in schema graphile_worker to cc_definer;
alter default privileges for role cc_worker in schema graphile_worker grant select, insert, update on tables to cc_definer;
alter default privileges for role cc_worker in schema graphile_worker grant usage on sequences to cc_definer;
