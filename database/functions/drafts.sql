-- What is being typed: kept a week, gone with what is recorded of it.

/* Drafts without a word for seven days: how many went. Nothing of them is said. */
create or replace function ctx.purge_drafts() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  with gone as (
    delete from public.drafts d where d.saved_at < now() - interval 'P7D'
    returning d.account_id)
  select ctx.note_purge('drafts', 'drafts', 'P7D', ctx.structures_of(array_agg(g.account_id))) into purged from gone g;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_drafts()', 'cc_worker');

/* What is recorded under the key of a draft takes it away, in the same transaction, by the rights of who records. */
create or replace function ctx.drop_sent_draft() returns trigger language plpgsql set search_path = '' as $$
begin
  delete from public.drafts d where d.account_id = new.account_id and d.send_key = new.key;
  return null;
end $$;
