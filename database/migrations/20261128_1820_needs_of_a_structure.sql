-- Those of a structure whose convention is over, where no task force is (CAM-16).
create index needs_of_structure on needs (organisation_id) where closed_at is null;
