-- People keep correspondents themselves (EST-5): two phones, the preferred channel, why one left, how they were informed (PRI-1).
alter table correspondents
  add column version int not null default 1,
  add column retired_reason text check (retired_reason in ('parti', 'autre-poste', 'ne-souhaite-plus', 'saisi-par-erreur')),
  add column informed_on date,
  add column informed_how text check (informed_how in ('oral', 'courriel', 'courrier')),
  add column informed_organisation_id uuid references organisations,
  add constraint correspondents_retired_why check (retired_reason is null or retired_at is not null),
  add constraint correspondents_informed_whole
    check (num_nonnulls(informed_on, informed_how, informed_organisation_id) in (0, 3));

-- Who last said that a value is still right, and when (EST-6).
alter table correspondent_values
  add column confirmed_at timestamptz,
  add column confirmed_by_id uuid references accounts,
  add column confirmed_organisation_id uuid references organisations,
  add constraint correspondent_values_confirmed_whole
    check (num_nonnulls(confirmed_at, confirmed_by_id, confirmed_organisation_id) in (0, 3)),
  drop constraint correspondent_values_field_check,
  add constraint correspondent_values_field_check check (field in ('civility', 'familyName', 'givenName', 'role', 'email',
    'phone', 'otherPhone', 'postalAddress', 'preferredChannel')),
  add constraint correspondent_values_e164 check (field not in ('phone', 'otherPhone') or value ~ '^\+[1-9][0-9]{4,14}$');
alter table correspondent_values alter column sought set expression as (
  case when field in ('familyName', 'givenName') then search_words(value)
    when field in ('phone', 'otherPhone')
      then regexp_replace(regexp_replace(value, '^\+33', '0'), '[^0-9]', '', 'g') end);
