/*
 * Sharing out writes fifty thousand targets at once, and looking each one's person and organisations up anew was more than half of the time that the others wait
 * for these targets. They are looked up once a statement, each once. Neither an account nor an organisation is ever deleted by the application.
 */
alter table campaign_targets
  drop constraint campaign_targets_taken_by_fkey, drop constraint campaign_targets_taken_by_organisation_fkey, drop constraint campaign_targets_assigned_organisation_fkey;

create function check_target_holders() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from (select distinct taken_by as id from changed where taken_by is not null) c where not exists (select from public.accounts a where a.id = c.id))
    or exists (
      select from (select assigned_organisation as id from changed where assigned_organisation is not null union select taken_by_organisation from changed where taken_by_organisation is not null) c
      where not exists (select from public.organisations o where o.id = c.id))
  then raise foreign_key_violation using message = 'a target is held by someone unknown';
  end if;
  return null;
end $$;
alter function check_target_holders() owner to cc_definer;
revoke all on function check_target_holders() from public;
create trigger holders_insert after insert on campaign_targets referencing new table as changed for each statement execute function check_target_holders();
create trigger holders_update after update on campaign_targets referencing new table as changed for each statement execute function check_target_holders();
