-- Tools withdrawn from annex 4.

/*
 * A tool that leaves annex 4 loses its grants at that instant, and they do not come back with it (AGR-12). They open nothing from
 * that instant on (ctx.held_grants); this writes their end, from what is published alone, whoever runs it. Says how many.
 */
create or replace function ctx.settle_withdrawn_tools() returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  update public.grants g set revoked_at = t.in_force_until, revoke_reason = 'L’outil ne fait plus partie de l’annexe 4.'
    from public.annex_4_tools t where t.tool = g.tool and t.in_force_until <= ctx.clock() and g.granted_at < t.in_force_until
      and (g.revoked_at is null or g.revoked_at > t.in_force_until) and (g.ends_on is null or g.ends_on >= ctx.paris_day(t.in_force_until));
  get diagnostics ended = row_count;
  return ended;
end $$;
select pg_temp.as_definer('ctx.settle_withdrawn_tools()', 'cc_web', 'cc_worker');
