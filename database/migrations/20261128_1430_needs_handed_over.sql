-- A need passes to a colleague of who follows it, or of who took it, when they are gone or away (CAM-16).
alter table need_versions
  drop constraint need_versions_change_check,
  add constraint need_versions_change_check check (change in ('noted', 'corrected', 'taken', 'given-back', 'unreachable', 'hired',
    'answered', 'filled-otherwise', 'abandoned', 'reopened', 'handed-over'));
create index needs_taken on needs (taken_by) where taken_by is not null and closed_at is null;
-- Those of a structure whose convention is over, by task force.
create index needs_standing on needs (clpe_id, organisation_id) where closed_at is null;
create index needs_followed on needs (owner_id) where closed_at is null;
