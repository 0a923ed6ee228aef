/*
 * Who sees the people of other structures (SEC-6): whoever holds a right in effect, for they work together (annex 4, the directory of collaborators). Who holds nothing sees their own structure.
 * Addresses have their own policy (account_contacts).
 */
create function ctx.holds_something() returns boolean language plpgsql stable security definer set search_path = '' as $$
declare refused text[] := coalesce(nullif(current_setting('ctx.refused', true), '')::text[], '{}');
begin
  if not ctx.ok() then return false; end if;
  if ctx.roles() <> '{}' or ctx.fiche() <> '{}' or ctx.campagnes() <> '{}' then return true; end if;
  -- The recruitment card is in no list of the context.
  return exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where h.missing = '{}' and not h.profile = any (refused)
    and (h.territory_id is not null or exists (select from public.agency_territories t where t.agency_id = h.agency_id)));
end $$;
/* Who stands on a row that one reads: its author, who answered. For what is told to somebody who may hold nothing. */
create function ctx.person_ref(of_account uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from public.accounts a where a.id = of_account);
end $$;

alter policy read on accounts using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.holds_something())) or (select ctx.known()) and id = (select ctx.account()));

do $$ declare f text; begin
  foreach f in array array['ctx.holds_something()', 'ctx.person_ref(uuid)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_web', f);
  end loop;
end $$;
