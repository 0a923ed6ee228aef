-- A date of birth is one of some thirty thousand days: whoever reads all the rest of a deed tries them against its digest (RGC-10).
-- A salt of its own, read with the date, stands beside it in the bytes that are signed. Null: a deed proposed before.
alter table rgc_birth_dates
  add column salt bytea check (length(salt) = 16),
  add constraint rgc_birth_dates_salted check (salt is not null) not valid;
-- Of two dates with one salt, who reads the one would try the other.
create unique index rgc_birth_dates_salt on rgc_birth_dates (salt);
