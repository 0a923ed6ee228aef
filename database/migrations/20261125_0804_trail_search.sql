/*
 * Who reads the trail (SEC-1): each their own acts and what was done on their account; the account manager (RGC) those of the structure; the operator's
 * security correspondent (CSSI) all. The twin of server/audit/trail.policy.ts.
 */
create policy read on audit_entries for select to cc_web using ((select ctx.ok()) and (
  actor_id = (select ctx.account()) or subject_kind = 'account' and subject_id = (select ctx.account())::text
  or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.holds_role('cssi'))));
-- What was said in detail may hold business data, that a role opens to nobody: the author and the CSSI, and the RGC on what is about accounts and rights.
create policy read on audit_details for select to cc_web using ((select ctx.ok()) and exists (
  select from audit_entries e where e.id = entry_id and (
    e.actor_id = (select ctx.account()) or (select ctx.holds_role('cssi'))
    or (select ctx.holds_role('rgc')) and e.organisation_id = (select ctx.organisation())
      and e.subject_kind in ('account', 'account-import', 'agency', 'authentication-directive', 'grant', 'review', 'rgc-deed', 'session', 'second-factor', 'sign-in', 'organisation', 'third-party', 'convention', 'document', 'access-request'))));
grant select (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id) on audit_entries to cc_web;
grant select (entry_id, detail) on audit_details to cc_web;

-- Where an entry stands in the sealed tree; null until it is sealed.
create function ctx.trail_position(of_entry uuid) returns bigint language sql stable security definer set search_path = '' as $$ select position from public.trail_leaves where entry_id = of_entry $$;
alter function ctx.trail_position(uuid) owner to cc_definer;
revoke all on function ctx.trail_position(uuid) from public;
grant execute on function ctx.trail_position(uuid) to cc_web;
