-- « Ne pas contacter » (EST-10): asked by the employer or decided by the network, until a day, lifted or renewed with a reason.
create table do_not_contact_marks (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  origin text not null check (origin in ('employer', 'network')),
  reason text not null check (length(reason) between 1 and 300),
  starts_on date not null,
  until date not null,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  marked_at timestamptz not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('lifted', 'renewed')),
  ended_by uuid,
  ended_organisation uuid,
  end_reason text check (length(end_reason) between 1 and 300),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  foreign key (ended_by, ended_organisation) references accounts (id, organisation_id),
  constraint do_not_contact_marks_days check (until >= starts_on and until <= starts_on + interval '2 years'),
  constraint do_not_contact_marks_ended check (num_nulls(ended_at, ended_how, ended_by, ended_organisation) in (0, 4)),
  constraint do_not_contact_marks_lifted check ((end_reason is not null) = (ended_how is not distinct from 'lifted')),
  -- One in force at a time, of two at once: the second is refused.
  constraint do_not_contact_marks_once exclude using gist (siret with =, daterange(starts_on, until, '[]') with &&)
    where (ended_at is null)
);
create index do_not_contact_marks_siret on do_not_contact_marks (siret, marked_at);
create index do_not_contact_marks_standing on do_not_contact_marks (until) where ended_at is null;

-- It follows the establishment as exchanges do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check
    check (kind in ('exchange', 'next-action', 'correspondent', 'do-not-contact'));
