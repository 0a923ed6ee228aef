-- Who reaches what is kept of rights, and the facts whose change throws it away: each table that ctx.worked_out rests
-- on (ACC-12).
-- server/people-and-rights/grants/stored-rights.test.ts compares this list with what the functions read.

grant select, insert, delete on secret.stored_rights to cc_definer;
grant select, insert, delete on secret.rights_changes to cc_definer;

-- Of an account.
create trigger rights_changed after insert or update or delete on accounts
  for each row execute function ctx.rights_changed('id');
create trigger rights_changed after insert or update or delete on account_states
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on account_blocks
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on account_activity
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on inactivity_spans
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on confirmations
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on grants
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on role_assignments
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on acceptances
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on awareness_records
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on rgc_members
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on rgc_certificates
  for each row execute function ctx.rights_changed('account_id');
create trigger rights_changed after insert or update or delete on second_factors
  for each row execute function ctx.rights_changed('account_id');
-- That a session had a second factor counts; when it was last seen does not.
create trigger rights_changed after insert or update of second_factor, account_id
  or delete on sessions for each row execute function ctx.rights_changed('account_id');

-- Of a structure, or an agency.
create trigger rights_changed after insert or update or delete on organisations
  for each row execute function ctx.rights_changed('id');
create trigger rights_changed after insert or update or delete on conventions
  for each row execute function ctx.rights_changed('organisation_id');
create trigger rights_changed after insert or update or delete on organisation_territories
  for each row execute function ctx.rights_changed('organisation_id');
create trigger rights_changed after insert or update or delete on agency_territories
  for each row execute function ctx.rights_changed('agency_id');
create trigger rights_changed after insert or update or delete on rgc_deeds
  for each row execute function ctx.rights_changed('organisation_id');
create trigger rights_changed after insert or update or delete on rgc_decisions
  for each row execute function ctx.deed_rights_changed();

-- Of the officers together.
create trigger officers_rights_changed after insert or update or delete on accounts
  for each row execute function ctx.officers_rights_changed('id');
create trigger officers_rights_changed after insert or update or delete on account_blocks
  for each row execute function ctx.officers_rights_changed('account_id');
create trigger officers_rights_changed after insert or update or delete on role_assignments
  for each row execute function ctx.officers_rights_changed('account_id');

-- Of everyone.
create trigger rights_changed after insert or update or delete on documents
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on awareness_policies
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on annex_4_tools
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on annex_4_versions
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on annex_4_entries
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on authentication_directives
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on territory_contents
  execute function ctx.everyones_rights_changed();
create trigger rights_changed after insert or update or delete on territory_overlaps
  execute function ctx.everyones_rights_changed();
