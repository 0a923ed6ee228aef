-- What a person is typing, saved as they type: found again on another device, gone once recorded, or a week after the last word. One's own alone; no act, hence no trail.
create table drafts (
  account_id uuid not null references accounts on delete cascade,
  kind text not null check (kind in ('exchange', 'exchange-correction')),
  subject text not null check (subject ~ '^[0-9a-f-]{14,36}$'), -- a SIRET, or the id of an exchange
  content jsonb not null check (jsonb_typeof(content) = 'object' and octet_length(content::text) <= 40000), -- personal
  version int not null,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  session_id uuid not null, -- of the last words
  device text not null check (length(device) <= 60),
  primary key (account_id, kind, subject)
);
create index drafts_saved_at on drafts (saved_at);

alter table drafts enable row level security;
alter table drafts force row level security;
create policy owner on drafts to cc_owner using (true) with check (true);
create policy own on drafts to cc_web using ((select ctx.ok()) and account_id = (select ctx.account())) with check ((select ctx.ok()) and account_id = (select ctx.account()));
grant select, insert, update, delete on drafts to cc_web;

/* Drafts without a word for seven days: how many went. Nothing of them is said. */
create function ctx.purge_drafts() returns int language sql security definer set search_path = '' as $$
  with gone as (delete from public.drafts where saved_at < now() - interval '7 days' returning 1) select count(*)::int from gone
$$;
grant select, delete on drafts to cc_definer;
alter function ctx.purge_drafts() owner to cc_definer;
revoke all on function ctx.purge_drafts() from public;
grant execute on function ctx.purge_drafts() to cc_worker;
