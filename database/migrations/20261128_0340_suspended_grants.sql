-- ACC-8: one grant is suspended and given back; an account is deleted without a departure; a review reduces a perimeter.
alter table grants add column suspended boolean not null default false,
  add constraint grants_suspended check (not suspended or revoked_at is not null);
alter table departed_people drop constraint departed_people_cause_check;
alter table departed_people add constraint departed_people_cause_check
  check (cause in ('departure', 'change-of-function', 'not-needed', 'breach'));
alter table access_review_lines add column to_territory_id int references territories,
  drop constraint access_review_lines_check2;
alter table access_review_lines add constraint access_review_lines_check2
  check ((decision is not distinct from 'reduce') = (num_nonnulls(to_profile, to_territory_id) > 0)
    and (decision is distinct from 'reduce' or grant_id is not null));
