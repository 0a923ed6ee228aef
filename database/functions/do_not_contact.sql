-- « Ne pas contacter » (EST-10). That a mark stands and until when is told to whoever works there, the card or not: one
-- does not respect what one does not know. Who marked and why is read with the card alone
-- (policies/do_not_contact.sql).

create or replace function not_to_contact_until(of_siret bigint, on_day date)
returns date language plpgsql stable security definer set search_path = '' as $$
begin
  if not (select ctx.ok()) then return null; end if;
  return (select m.until from public.do_not_contact_marks m where m.siret = of_siret and m.ended_at is null
    and on_day between m.starts_on and m.until);
end $$;
select pg_temp.as_definer('not_to_contact_until(bigint, date)', 'cc_web');

-- All of them at once, for selections of fifty thousand.
create or replace function establishments_not_to_contact(on_day date)
returns setof bigint language sql stable security definer set search_path = '' as $$
  select m.siret from public.do_not_contact_marks m where m.ended_at is null and on_day between m.starts_on and m.until
    and (select ctx.ok())
$$;
-- The worker too, once it entered someone's rights to read what they watch (ctx.enter_watch).
select pg_temp.as_definer('establishments_not_to_contact(date)', 'cc_web', 'cc_worker');
