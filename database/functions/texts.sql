-- Conditions due.

/*
 * Whether a text in force is still to be accepted: the general conditions and the rules by all, a tool's conditions by who holds a
 * grant of it.
 */
create or replace function ctx.conditions_due() returns boolean language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return false; end if;
  return not (ctx.accepted(ctx.account(), 'cgu', null, at) and ctx.accepted(ctx.account(), 'confidentialite', null, at) and ctx.accepted(ctx.account(), 'securite', null, at))
    or exists (select from ctx.held_grants(ctx.account(), at) h where 'cpu' = any (h.missing) and not 'annex-4' = any (h.missing));
end $$;
select pg_temp.as_definer('ctx.conditions_due()', 'cc_web');
