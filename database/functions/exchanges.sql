-- Exchanges and what is being typed (EXC, UX-3).

create or replace function exchange_version_digest(salt bytea, occurred_on date, content jsonb) returns text language sql stable as $$
  select encode(sha256(salt || convert_to(to_char(occurred_on, 'YYYY-MM-DD') || content::text, 'UTF8')), 'hex')
$$;
revoke all on function exchange_version_digest(bytea, date, jsonb) from public;
grant execute on function exchange_version_digest(bytea, date, jsonb) to cc_web;

/* Drafts without a word for seven days: how many went. Nothing of them is said. */
create or replace function ctx.purge_drafts() returns int language sql security definer set search_path = '' as $$
  with gone as (delete from public.drafts where saved_at < now() - interval '7 days' returning 1) select count(*)::int from gone
$$;
select pg_temp.as_definer('ctx.purge_drafts()', 'cc_worker');
