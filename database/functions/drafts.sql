-- What is being typed: kept a week, gone with what is recorded of it.

/* Drafts without a word for seven days: how many went. Nothing of them is said. */
create or replace function ctx.purge_drafts() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select d.ctid as place, d.account_id as account,
      ctx.is_held('drafts', d.account_id, null) as held
    from public.drafts d
    where d.saved_at < now() - interval 'P7D'
    for update of d),
  gone as (
    delete from public.drafts d using due where d.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('drafts', 'drafts', 'P7D',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_drafts()', 'cc_worker');

/* What is recorded under the key of a draft takes it away, in the same transaction, by the rights of who records. */
create or replace function ctx.drop_sent_draft() returns trigger language plpgsql set search_path = '' as $$
begin
  delete from public.drafts d where d.account_id = new.account_id and d.send_key = new.key;
  return null;
end $$;
