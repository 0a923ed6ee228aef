import type pg from 'pg'
import {
  type BatchResult,
  flag,
  hash,
  type Into,
  nomenclature,
  readCounts,
  type Scope,
  saveSeen,
  unreadable,
  v,
  within,
  year,
} from './merge.queries.ts'

export const mergeUnits = async (
  owner: pg.ClientBase,
  { area, activeOnly }: Scope,
  into: Into = 'register',
): Promise<BatchResult> => {
  await owner.query(`analyze staged (siren)`)
  await owner.query(
    `
    insert into judged (key, row_hash, verdict, unreadable)
    select s.siren::bigint, h.row_hash, case
        when s.statutdiffusionunitelegale = 'N' then case when u.siren is null then 'undiffused' else 'withdrawn' end
        when u.siren is null and $1 and not exists (select from import_wanted w where w.siren = s.siren::bigint)
          and not exists (select from establishments e where e.siren = s.siren::bigint) then 'outside'
        when u.siren is null and $2 and s.etatadministratifunitelegale <> 'A'
          and not exists (select from establishments e where e.siren = s.siren::bigint) then 'inactive'
        when u.siren is null then 'new'
        when u.row_hash = h.row_hash then 'unchanged'
        when u.register_updated_at > readable_instant(${v('datederniertraitementunitelegale')}) then 'unchanged'
        when u.active and s.etatadministratifunitelegale <> 'A' then 'closed'
        when not u.active and s.etatadministratifunitelegale = 'A' then 'reopened'
        else 'changed' end,
      ${unreadable('datecreationunitelegale', 'datederniertraitementunitelegale')}
    from staged s cross join lateral (select ${hash('units')} as row_hash) h left
      join legal_units u on u.siren = s.siren::bigint ${within('u.siren', into)}`,
    [area !== null, activeOnly],
  )
  await owner.query('analyze judged (key, verdict)') // without it the planner loops over both
  await owner.query(`
    insert into ${into === 'register' ? '' : 'register_build.'}legal_units (siren, name, usual_names, acronym,
      natural_person, legal_category, naf, naf_nomenclature, naf25, headcount_band, headcount_year, size_category,
      social_economy, employer, active, diffusion,
      created_on, register_updated_at, row_hash)
    select j.key,
      case when open or not natural_person then coalesce(${v('denominationunitelegale')},
        concat_ws(' ', coalesce(${v('prenomusuelunitelegale')}, ${v('prenom1unitelegale')}),
          coalesce(${v('nomusageunitelegale')}, ${v('nomunitelegale')}))) end,
      case when open or not natural_person
        then nullif(concat_ws(' ', ${v('denominationusuelle1unitelegale')}, ${v('denominationusuelle2unitelegale')},
        ${v('denominationusuelle3unitelegale')}), '') end,
      case when open then ${v('sigleunitelegale')} end,
      natural_person, ${v('categoriejuridiqueunitelegale')}, ${v('activiteprincipaleunitelegale')},
        ${nomenclature('nomenclatureactiviteprincipaleunitelegale')}, ${v('activiteprincipalenaf25unitelegale')},
      ${v('trancheeffectifsunitelegale')}, ${year('anneeeffectifsunitelegale')}, case
        when s.categorieentreprise in ('PME', 'ETI', 'GE') then s.categorieentreprise end,
      ${flag('economiesocialesolidaireunitelegale')}, ${flag('caractereemployeurunitelegale')},
        s.etatadministratifunitelegale = 'A', s.statutdiffusionunitelegale,
      readable_day(${v('datecreationunitelegale')}), readable_instant(${v('datederniertraitementunitelegale')}),
        j.row_hash
    from judged j join staged s on s.siren::bigint = j.key
      cross join lateral (select s.statutdiffusionunitelegale = 'O' as open,
        coalesce(s.categoriejuridiqueunitelegale like '1%', false)
        or (nullif(btrim(s.nomunitelegale), '') is not null) as natural_person) d
    where j.verdict in ('new', 'changed', 'closed', 'reopened')
    ${
      into === 'register'
        ? `on conflict (siren) do update set name = excluded.name, usual_names = excluded.usual_names, acronym = excluded.acronym, natural_person = excluded.natural_person, legal_category = excluded.legal_category,
      naf = excluded.naf, naf_nomenclature = excluded.naf_nomenclature, naf25 = excluded.naf25, headcount_band = excluded.headcount_band, headcount_year = excluded.headcount_year, size_category = excluded.size_category,
      social_economy = excluded.social_economy, employer = excluded.employer, active = excluded.active, diffusion = excluded.diffusion, created_on = excluded.created_on,
      register_updated_at = excluded.register_updated_at, row_hash = excluded.row_hash`
        : ''
    }`)
  if (into !== 'register') {
    await owner.query(
      `insert into import_withheld select key from judged where verdict in ('withdrawn', 'undiffused') on conflict
        do nothing`,
    )
    await saveSeen(owner, 'units')
    return readCounts(owner, 'units')
  }
  // A unit and its establishments change at the same commit: no name outlives its diffusion.
  // Row hash 0 makes the next file of establishments write the row anew.
  await owner.query(`
    update establishments e set legal_name = u.name, other_names = u.usual_names, acronym = u.acronym,
      legal_category = u.legal_category, company_size = company_size(u.size_category, u.headcount_band, u.employer),
      natural_person = u.natural_person, legal_unit_diffusion = u.diffusion,
      unit_hash = u.row_hash, updated_at = now(), row_hash = case when e.legal_unit_diffusion is not distinct
        from u.diffusion and e.natural_person is not distinct from u.natural_person then e.row_hash else 0 end
    from judged j join legal_units u on u.siren = j.key
    where j.verdict in ('new', 'changed', 'closed', 'reopened') and e.siren = u.siren and e.diffusion <> 'N'`)
  await owner.query(`
    with withheld as (insert into import_withheld select key from judged where verdict in ('withdrawn', 'undiffused')
      on conflict do nothing),
    hidden as (update establishments e set diffusion = 'N', legal_unit_diffusion = 'N', row_hash = 0, updated_at = now()
      from judged j where j.verdict in ('withdrawn', 'undiffused') and e.siren = j.key and e.diffusion <> 'N')
    delete from legal_units u using judged j where j.verdict = 'withdrawn' and u.siren = j.key`)
  return readCounts(owner, 'units')
}
