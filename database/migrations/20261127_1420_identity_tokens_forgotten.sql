-- The identity token serves at sign-out alone. A session that simply expires has none left to give: it is forgotten then, not with the row a month later.
create function ctx.forget_identity_tokens() returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  update public.sessions s set id_token = null where s.id_token is not null and (s.ended_at is not null or s.created_at < ctx.clock() - interval '12 hours');
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
create index sessions_identity_token on sessions (created_at) where id_token is not null;
alter function ctx.forget_identity_tokens() owner to cc_definer;
revoke all on function ctx.forget_identity_tokens() from public;
grant execute on function ctx.forget_identity_tokens() to cc_worker;
