-- What annex 4 counts of the use of the tools.

-- What annex 4 counts of the tools' use. Counts by person and day, and no list of what a person looked at.
create table usage_days (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  kind text not null check (kind in ('sessions', 'fiches-consultees', 'recherches', 'campagnes-consultees', 'echanges-enregistres')),
  day date not null,
  count int not null check (count > 0),
  perimeter int[] not null, -- the territories of the person's grants of that tool that day
  primary key (account_id, tool, kind, day)
);
create index usage_days_organisation on usage_days (organisation_id, day);
create index usage_days_day on usage_days (day);

-- A session counts once a tool and day, however many web processes answered it. Nobody reads it.
create table usage_sessions (
  session_id uuid not null,
  tool text not null,
  day date not null,
  primary key (session_id, tool, day)
);
create index usage_sessions_day on usage_sessions (day);

/*
 * The four figures over ten million exchanges (IND-1 to IND-4). Uses are also added up by month, in the very statement that writes a day:
 * a year then reads twelve rows a person and kind of use instead of two hundred and fifty, and its first and last days from the days
 * themselves, so that the sum is exact.
 */
create table usage_months (
  organisation_id uuid not null references organisations,
  month date not null check (extract(day from month) = 1),
  account_id uuid not null references accounts,
  tool text not null,
  kind text not null,
  count bigint not null check (count >= 0),
  primary key (organisation_id, month, account_id, tool, kind)
);
