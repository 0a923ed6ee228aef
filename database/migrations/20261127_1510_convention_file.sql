/*
 * Who reads what of their own structure's convention (SEC-6). Its file (letters, notices, breaches, signed copies, past contacts): who answers for it. Its terms (the text in force, who signed it, who to
 * write to): the structure's own agents. Delegates, contractors and whoever is blocked: that it is there, and its dates. Who reads it for the operator reads all of it.
 * The TypeScript twins are in server/conventions/conventions.policy.ts.
 */
create function ctx.is_staff() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.accounts a where a.id = ctx.account() and a.attachment = 'agent')
    and not exists (select from public.account_blocks b where b.account_id = ctx.account() and b.cuts = 'account' and b.blocked_at <= ctx.clock() and (b.lifted_at is null or b.lifted_at > ctx.clock()));
end $$;
alter function ctx.is_staff() owner to cc_definer;
revoke all on function ctx.is_staff() from public;
grant execute on function ctx.is_staff() to cc_web;
create function ctx.reads_own_file() returns boolean language sql stable as $$
  select ctx.roles() && array['rgc', 'signataire', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation', 'responsable-operationnel']
$$;
-- Who reads the conventions of others.
create function ctx.reads_conventions() returns boolean language sql stable as $$ select ctx.oversees() or ctx.acts_for_operator() or ctx.regions() <> '{}' $$;

do $$ declare t text; begin
  foreach t in array array['convention_notices', 'convention_breaches'] loop
    execute format('alter policy read on %I using ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation()) or (select ctx.reads_own_file())))', t);
  end loop;
  foreach t in array array['convention_signatories', 'convention_signatures'] loop
    execute format('alter policy read on %I using ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation()) or (select ctx.reads_own_file()) or (select ctx.is_staff())))', t);
  end loop;
end $$;
-- Those in effect set the dates of the convention: whoever reads it reads them.
alter policy read on convention_amendments using ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation()) or (select ctx.reads_own_file()) or convention_amendments.effective_at is not null));
alter policy read on convention_documents using ((select ctx.ok()) and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation()) or (select ctx.reads_own_file())
  or (select ctx.is_staff()) and (c.effective_from is not null and c.document_id = convention_documents.id
    or convention_documents.id in (select a.document_id from convention_amendments a where a.effective_at is not null))));
alter policy read on convention_contacts using ((select ctx.ok()) and (party = 'operateur' or organisation_id = (select ctx.organisation()) or organisation_id in (select c.organisation_id from conventions c))
  and ((select ctx.reads_own_file()) or (select ctx.reads_conventions()) or (select ctx.is_staff()) and (ends_at is null or ends_at > (select ctx.clock()))));
