-- Which identities the trail told of at the door (REL-4), by day: the same one, of the same thing, is told once a day. The keyed
-- digest names nobody; days gone by are forgotten every night.
create table told_at_the_door (
  day date not null,
  identity bytea not null check (length(identity) = 32),
  primary key (day, identity)
);
