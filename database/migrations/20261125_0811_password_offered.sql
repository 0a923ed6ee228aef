-- Whether the sign-in page offers passwords: to someone, never to whom.
create function ctx.password_anywhere() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from (select distinct on (d.organisation_id) d.password_allowed from public.organisation_sign_in d order by d.organisation_id, d.set_at desc, d.id desc) last where last.password_allowed);
end $$;
alter function ctx.password_anywhere() owner to cc_definer;
revoke all on function ctx.password_anywhere() from public;
grant execute on function ctx.password_anywhere() to cc_web;
