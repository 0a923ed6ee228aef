-- AGR-2, AGR-6, AGR-11: who signs each document of a convention for a party. The last row counts; the former ones stay.
-- Laid with the document from whom it names; then by the party itself, which links an account or names another under an act.
create table convention_signers (
  id bigint generated always as identity primary key,
  convention_id uuid not null references conventions,
  amendment_id uuid references convention_amendments,
  party text not null check (party in ('partenaire', 'operateur')),
  name text not null, -- personal
  account_id uuid references accounts,
  act text,
  act_on date,
  granted_by text, -- personal
  local_authority boolean not null default false,
  prefecture_on date,
  published_on date,
  act_document_id uuid,
  named_by uuid references accounts,
  named_at timestamptz not null,
  foreign key (act_document_id, convention_id) references convention_documents (id, convention_id),
  check (num_nulls(act, act_on, granted_by) in (0, 3)),
  check (act is not null or not local_authority and act_document_id is null),
  check (local_authority or num_nonnulls(prefecture_on, published_on) = 0),
  check (act is null or named_by is not null)
);
create index convention_signers_of on convention_signers (convention_id, party, id);

-- What is out and not signed yet: from whom the document names, linked where a single account of the party bears that name.
with waiting as (
  select c.id as convention_id, c.region_id, c.organisation_id, null::uuid as amendment_id, s.party, s.name, c.sent_at as named_at
    from conventions c join convention_signatories s on s.convention_id = c.id
    where c.sent_at is not null and c.effective_from is null
      and not exists (select from convention_signatures g where g.document_id = c.document_id and g.party = s.party)
  union all
  select c.id, c.region_id, c.organisation_id, a.id, n.party, n.name, a.proposed_at
    from convention_amendments a join conventions c on c.id = a.convention_id join convention_documents d on d.id = a.document_id
    cross join lateral (
      select x ->> 'party' as party, x ->> 'name' as name from jsonb_array_elements(coalesce(d.signatories, '[]')) x
      union all select s.party, s.name from convention_signatories s where s.convention_id = c.id and coalesce(d.signatories, '[]') = '[]') n
    where a.effective_at is null and a.closed_at is null
      and not exists (select from convention_signatures g where g.amendment_id = a.id and g.party = n.party)
), words as (
  select w.*, (select string_agg(x, ' ' order by x collate "C")
    from regexp_split_to_table(lower(regexp_replace(normalize(w.name, NFD), '[\u0300-\u036F]', '', 'g') collate "fr-x-icu"), '[^[:alnum:]]+') x
    where x <> '') as said
  from waiting w
)
insert into convention_signers (convention_id, amendment_id, party, name, account_id, named_at)
  select w.convention_id, w.amendment_id, w.party, w.name, (
    select case when count(*) = 1 then (array_agg(k.id))[1] end from (
      select distinct a.id from role_assignments r join accounts a on a.id = r.account_id and a.status = 'active'
        join organisations o on o.id = a.organisation_id
        where r.role = 'signataire' and r.starts_at <= now() and (r.ends_at is null or r.ends_at > now())
          and (r.region_id is null or r.region_id = w.region_id)
          and case w.party when 'partenaire' then o.id = w.organisation_id else o.kind = 'operateur' end
          and w.said = (select string_agg(x, ' ' order by x collate "C") from regexp_split_to_table(lower(regexp_replace(
            normalize(a.given_name || ' ' || a.family_name, NFD), '[\u0300-\u036F]', '', 'g') collate "fr-x-icu"), '[^[:alnum:]]+') x
            where x <> '')) k), w.named_at
  from words w;
