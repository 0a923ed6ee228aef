/*
 * Acts before any session are written by the function that knows them, and only the role of signing in runs it (SEC-6, SEC-1). That role writes
 * itself what it opens a session for: in the name of the account it has just entered, and of that account's structure.
 */
revoke all on function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) from cc_web;
grant execute on function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) to cc_sign_in;
drop policy sign_in on audit_entries;
create policy sign_in on audit_entries for insert to cc_sign_in with check (
  (select ctx.known()) and actor_id = (select ctx.account()) and action in ('session.opened', 'session.proved', 'account.linked'));
