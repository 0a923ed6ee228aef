-- Employers' satisfaction once a need is closed (IND-7; docs/needs.md): asked by the worker, answered by who has the
-- link of the mail.

-- Who spoke of a need, where they still answer for its employer and have an e-mail. Row-level security chooses what the
-- caller reads of them.
create or replace function satisfaction_address(of_need uuid) returns table (correspondent_id uuid, address text)
language sql stable set search_path = '' as $$
  select c.id, v.value from public.needs n
  join public.correspondents c on c.id = public.correspondent_kept(n.correspondent_id)
  cross join lateral (select x.value from public.correspondent_values x where x.correspondent_id = c.id
    and x.field = 'email' and x.replaced_at is null
    order by array_position(array['personne-concernee', 'conseiller', 'fichier-partenaire', 'operateur',
      'registre'], x.source), x.recorded_at desc, x.id limit 1) v
  where n.id = of_need and (c.siret = n.siret and c.retired_at is null
    or exists (select from public.correspondent_links l where l.correspondent_id = c.id and l.siret = n.siret
      and l.retired_at is null))
$$;
revoke all on function satisfaction_address(uuid) from public;
grant execute on function satisfaction_address(uuid) to cc_web, cc_definer;

-- What nobody signed in did: the worker asked, or the employer answered.
create or replace function ctx.note_satisfaction(of_need uuid, act text, said jsonb, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := ctx.new_id(); salt bytea := extensions.gen_random_bytes(16); n public.needs; told jsonb;
begin
  select * into strict n from public.needs x where x.id = of_need;
  told := jsonb_build_object('siret', n.siret) || said;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, at, null, n.organisation_id, 'satisfaction.' || act, 'need', of_need::text, '', '',
      public.audit_detail_digest(salt, told));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, told);
end $$;
select pg_temp.as_definer('ctx.note_satisfaction(uuid, text, jsonb, timestamptz)');

/*
 * The next needs to ask about: closed between these numbers of days ago, settled by nothing yet. They are held until
 * the end of the transaction, by one worker at a time: two needs of one person are asked about one after the other.
 */
create or replace function ctx.needs_to_ask_about(from_days int, within_days int, most int)
returns table (need_id uuid, organisation text, noted_on date, correspondent_id uuid, address text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare now_is timestamptz := ctx.clock();
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('satisfaction', 0)) then return; end if;
  return query select n.id, o.name, n.noted_on, a.correspondent_id, a.address
    from public.needs n join public.organisations o on o.id = n.organisation_id
    cross join lateral public.satisfaction_address(n.id) a
    where n.closed_at <= now_is - make_interval(days => from_days)
      and n.closed_at > now_is - make_interval(days => within_days)
      -- an employer is asked nothing of what annex 4 closes
      and array['besoins', 'interlocuteurs'] <@ ctx.open_categories(now_is)
      and not exists (select from public.need_surveys s where s.need_id = n.id)
    order by n.closed_at, n.id limit most for update of n skip locked;
end $$;
select pg_temp.as_definer('ctx.needs_to_ask_about(int, int, int)', 'cc_worker');

/*
 * Settles whether a closed need is asked about, once: not who objects, who refused, an employer not to be contacted,
 * nor who was asked lately. `sought`: the digests of the address under each key. Answers why not; null: it is asked,
 * and the caller writes the mail.
 */
create or replace function ctx.ask_satisfaction(of_need uuid, of_correspondent uuid, token bytea, address bytea,
  of_key int, sought bytea[], open_days int, apart_days int)
returns text language plpgsql security definer set search_path = '' as $$
declare n public.needs; why text; at timestamptz := ctx.clock(); today date := ctx.paris_day(ctx.clock());
begin
  select * into strict n from public.needs x where x.id = of_need for update;
  why := case
    when exists (select from public.survey_refusals r where r.digest = any (sought))
      or exists (select from public.objection_digests d join public.correspondent_objections o on o.id = d.objection_id
        where d.digest = any (sought) and o.lifted_at is null)
      then 'opposition'
    when exists (select from public.do_not_contact_marks m where m.siret = n.siret and m.ended_at is null
      and today between m.starts_on and m.until) then 'ne-pas-contacter'
    when exists (select from public.need_surveys s where s.address_digest = any (sought) and s.not_asked is null
      and s.settled_at > at - make_interval(days => apart_days))
      then 'recente' end;
  insert into public.need_surveys (need_id, not_asked, settled_at, correspondent_id, token_digest, address_digest,
    key_number, expires_at)
    values (of_need, why, at, of_correspondent, case when why is null then token end,
      case when why is null then address end, case when why is null then of_key end,
      case when why is null then at + make_interval(days => open_days) end);
  if why is null then perform ctx.note_satisfaction(of_need, 'asked', jsonb_build_object('mails', 1), at);
  else perform ctx.note_satisfaction(of_need, 'not-asked', jsonb_build_object('why', why), at);
  end if;
  return why;
end $$;
select pg_temp.as_definer('ctx.ask_satisfaction(uuid, uuid, bytea, bytea, int, bytea[], int, int)', 'cc_worker');

-- Sets the question aside, once, by who closes the need. Answers '' or why not. The need is held first, as by the
-- worker.
create or replace function withhold_satisfaction(of_need uuid, reason text, at timestamptz)
returns text language plpgsql security definer set search_path = '' as $$
declare n public.needs;
begin
  if not exists (select from ctx.actionable_needs(array[of_need], 'abandon')) then return 'not-found'; end if;
  select * into n from public.needs x where x.id = of_need for update;
  if n.closed_at is null then return 'satisfaction/need-open'; end if;
  if exists (select from public.need_surveys s where s.need_id = of_need) then return 'satisfaction/settled'; end if;
  insert into public.need_surveys (need_id, not_asked, settled_at, settled_by)
    values (of_need, reason, at, ctx.account());
  return '';
end $$;
select pg_temp.as_definer('withhold_satisfaction(uuid, text, timestamptz)', 'cc_web');

-- Where a question that was asked stands: answered, refused since, past its day, or open.
create or replace function ctx.survey_state(s public.need_surveys, at timestamptz)
returns text language sql stable set search_path = '' as $$
  select case when s.answered_at is not null then 'answered'
    when exists (select from public.survey_refusals r where r.digest = s.address_digest)
      or exists (select from public.correspondent_objections o
        where o.correspondent_id = public.correspondent_kept(s.correspondent_id) and o.lifted_at is null) then 'refused'
    when s.expires_at <= at then 'expired' else 'open' end
$$;
select pg_temp.as_definer('ctx.survey_state(public.need_surveys, timestamptz)');

-- What a link leads to, for who has it: who asks, of what day. Nothing of the need. Reading writes nothing.
create or replace function satisfaction_link(token bytea)
returns table (state text, organisation text, noted_on date, expires_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select ctx.survey_state(s, ctx.clock()), o.name, n.noted_on, s.expires_at
  from public.need_surveys s join public.needs n on n.id = s.need_id
  join public.organisations o on o.id = n.organisation_id
  where s.token_digest = token
$$;
select pg_temp.as_definer('satisfaction_link(bytea)', 'cc_web');

-- Answers once. Says where the question stood: 'open', it is answered now; null: no such link.
create or replace function answer_satisfaction(token bytea, said text, words text)
returns text language plpgsql security definer set search_path = '' as $$
declare s public.need_surveys; was text; at timestamptz := ctx.clock();
begin
  select * into s from public.need_surveys x where x.token_digest = token for update;
  if not found then return null; end if;
  was := ctx.survey_state(s, at);
  if was <> 'open' then return was; end if;
  update public.need_surveys x set answered_at = at, rating = said, comment = words where x.need_id = s.need_id;
  perform ctx.note_satisfaction(s.need_id, 'answered',
    jsonb_build_object('rating', said, 'characters', jsonb_build_object('comment', coalesce(length(words), 0))), at);
  return was;
end $$;
select pg_temp.as_definer('answer_satisfaction(bytea, text, text)', 'cc_web');

-- Asks this address no more, the question answered or past its day too. Null: no such link.
create or replace function refuse_satisfaction(token bytea)
returns boolean language plpgsql security definer set search_path = '' as $$
declare s public.need_surveys; at timestamptz := ctx.clock();
begin
  select * into s from public.need_surveys x where x.token_digest = token for update;
  if not found then return null; end if;
  insert into public.survey_refusals (digest, key_number, refused_at) values (s.address_digest, s.key_number, at)
    on conflict do nothing;
  if found then perform ctx.note_satisfaction(s.need_id, 'refused', '{}', at); end if;
  return true;
end $$;
select pg_temp.as_definer('refuse_satisfaction(bytea)', 'cc_web');

/*
 * The needs asked about that the viewer counts: those of its structure, as it reads their answers; where it pilots,
 * those that the network reads. The SQL twin of mayCountSurvey.
 */
create or replace function ctx.counted_surveys()
returns setof uuid language sql stable security definer set search_path = '' as $$
  select n.id from public.need_surveys s join public.needs n on n.id = s.need_id
  where (select ctx.ok()) and (select ctx.opens('besoins')) and s.not_asked is null
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and (n.organisation_id = (select ctx.organisation())
      or n.taken_by_organisation = (select ctx.organisation()) and (n.visibility = 'reseau'
        or n.id = any ((select ctx.needs_shown())::uuid[])
        and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
      or n.visibility = 'reseau'
      and ctx.covers((select ctx.pilote()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
$$;
select pg_temp.as_definer('ctx.counted_surveys()', 'cc_web');

-- Sums by structure that follows, untold while they would tell one to `least_told` less one answers that the viewer
-- does not read.
create or replace function satisfaction_counts(of_territory int, least_told int)
returns table (organisation_id uuid, asked int, answered int, ratings int[])
language sql stable security definer set search_path = '' as $$
  select n.organisation_id, count(*)::int, count(s.rating)::int,
    case when count(s.rating) filter (where (select ctx.organisation()) not in (n.organisation_id,
      coalesce(n.taken_by_organisation, n.organisation_id)))
      not between 1 and least_told - 1 then array[
      count(*) filter (where s.rating = 'pas-du-tout'), count(*) filter (where s.rating = 'plutot-pas'),
      count(*) filter (where s.rating = 'plutot'), count(*) filter (where s.rating = 'tout-a-fait')]::int[] end
  from ctx.counted_surveys() c (id) join public.needs n on n.id = c.id join public.need_surveys s on s.need_id = n.id
  where of_territory is null or of_territory in (n.region_id, n.departement_id, n.epci_id, n.clpe_id)
  group by n.organisation_id
$$;
select pg_temp.as_definer('satisfaction_counts(int, int)', 'cc_web');

-- What is kept no longer: the link and the digest of the address, then the words. The note stays, to be counted.
create or replace function ctx.purge_satisfaction(link_days int, comment_months int)
returns int language plpgsql security definer set search_path = '' as $$
declare purged int; links int; words int; at timestamptz := ctx.clock();
begin
  perform ctx.await_holds();
  with due as materialized (
    select s.need_id, ctx.is_held('satisfaction', null, null) as held,
      s.token_digest is not null and s.settled_at <= at - make_interval(days => link_days) as link,
      s.comment is not null and s.answered_at <= at - make_interval(months => comment_months) as of_words
    from public.need_surveys s
    where s.token_digest is not null and s.settled_at <= at - make_interval(days => link_days)
      or s.comment is not null and s.answered_at <= at - make_interval(months => comment_months)
    for update of s),
  gone as (
    update public.need_surveys s set
        token_digest = case when s.settled_at > at - make_interval(days => link_days) then s.token_digest end,
        address_digest = case when s.settled_at > at - make_interval(days => link_days) then s.address_digest end,
        key_number = case when s.settled_at > at - make_interval(days => link_days) then s.key_number end,
        comment = case when s.answered_at > at - make_interval(months => comment_months) then s.comment end
      from due d where d.need_id = s.need_id and not d.held)
  select count(*) filter (where not d.held),
    ctx.note_purge('satisfaction', 'need_surveys', 'P' || link_days || 'D',
      array_agg(null::uuid) filter (where d.link and not d.held),
      array_agg(null::uuid) filter (where d.link and d.held)),
    ctx.note_purge('satisfaction', 'need_surveys', 'P' || comment_months || 'M',
      array_agg(null::uuid) filter (where d.of_words and not d.held),
      array_agg(null::uuid) filter (where d.of_words and d.held))
    into purged, links, words from due d;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_satisfaction(int, int)', 'cc_worker');

-- Who objects (article 21 of the GDPR) leaves no words: their answers keep their note alone.
create or replace function ctx.forget_comments()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.need_surveys s set comment = null where s.comment is not null
    and s.correspondent_id in (select public.correspondent_cards(new.correspondent_id));
  return null;
end $$;
select pg_temp.as_definer('ctx.forget_comments()');
