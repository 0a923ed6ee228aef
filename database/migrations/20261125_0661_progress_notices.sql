/*
 * Says at COMMIT, once a transaction, that the progress of a campaign moved: its id and the transaction's, which serves as the version. Nothing else travels:
 * who hears it reads the progress anew, with their own rights. A NOTIFY makes the commits that carry one take turns; recordings are some tens a second at most.
 */
create function ctx.announce_progress() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'campaigns' then
    perform pg_notify('campaign_progress', c.id || ' ' || pg_current_xact_id()) from changed c;
  elsif tg_table_name = 'next_actions' then
    perform pg_notify('campaign_progress', c.id || ' ' || pg_current_xact_id())
      from (select distinct x.campaign_id as id from changed n join public.exchanges x on x.id = n.exchange_id where x.campaign_id is not null) c;
  else
    perform pg_notify('campaign_progress', c.id || ' ' || pg_current_xact_id()) from (select distinct campaign_id as id from changed) c;
  end if;
  return null;
end $$;

do $$ declare t text; begin
  foreach t in array array['campaign_targets', 'campaign_contacts', 'campaign_members'] loop
    execute format('create trigger progress_insert after insert on %I referencing new table as changed for each statement execute function ctx.announce_progress()', t);
    execute format('create trigger progress_update after update on %I referencing new table as changed for each statement execute function ctx.announce_progress()', t);
    execute format('create trigger progress_delete after delete on %I referencing old table as changed for each statement execute function ctx.announce_progress()', t);
  end loop;
end $$;
create trigger progress_update after update on campaigns referencing new table as changed for each statement execute function ctx.announce_progress();
create trigger progress_update after update on next_actions referencing new table as changed for each statement execute function ctx.announce_progress();
