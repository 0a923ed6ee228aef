import type pg from 'pg'
import { noteJudgedPairs } from '../territories/correspondences.queries.ts'
import {
  type BatchResult,
  flag,
  hash,
  type Into,
  type Kept,
  nomenclature,
  readCounts,
  type Scope,
  saveSeen,
  unreadable,
  v,
  within,
  year,
} from './merge.queries.ts'

const metres = (column: string) => `case when s.${column} ~ '^-?\\d{1,8}(\\.\\d{1,9})?$' then s.${column}::float8 end`
/** What the files say of an establishment, and the keys of where it lies. */
const writtenColumns =
  `siret siren nic sign usual_name legal_name other_names acronym naf naf_nomenclature naf25 headcount_band headcount_year employer active head_office legal_category company_size address_complement street special_distribution
  postal_code commune_code published_commune_code commune_name country latitude longitude diffusion legal_unit_diffusion natural_person region_id departement_id epci_id clpe_id created_on closed_on register_updated_at row_hash unit_hash`.split(
    /\s+/,
  )

const newActivity = v('activiteprincipaleetablissement')
/**
 * The code of NAF rév. 2 of the row `e` as it stands, kept when it is recoded; not when its activity changes too. Same
 * rule in a page of the updates.
 */
const formerActivity = (newCode: string, newNomenclature: string, e: string) => `case
    when ${newNomenclature} is distinct from 'NAF25' then null
    when ${e}.naf_nomenclature = 'NAF25' then case when ${e}.naf = ${newCode} then ${e}.naf_former end
    when coalesce(${e}.naf_nomenclature, 'NAFRev2') = 'NAFRev2' and coalesce(${e}.naf25, ${newCode}) = ${newCode}
      then ${e}.naf end`

/** Columns that the import does not own are kept: as names, and as expressions for the table beside. */
export const keptColumns = async (owner: pg.ClientBase): Promise<Kept> => {
  const { rows } = await owner.query<{ name: string; initial: string | null }>(`
    select attname as name, pg_get_expr(d.adbin, d.adrelid) as initial from pg_attribute a left
      join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where attrelid = 'public.establishments'::regclass and a.attnum > 0 and not attisdropped and attgenerated = ''
      order by a.attnum`)
  return rows
    .filter(r => r.name !== 'updated_at' && !writtenColumns.includes(r.name))
    .map(r => [
      r.name,
      r.name === 'naf_former'
        ? formerActivity(newActivity, nomenclature('nomenclatureactiviteprincipaleetablissement'), 'e')
        : `case when e.siret is null then ${r.initial ?? 'null'} else e.${r.name} end`,
    ])
}

export const mergeEstablishments = async (
  owner: pg.ClientBase,
  { area, activeOnly }: Scope,
  into: Into = 'register',
): Promise<BatchResult> => {
  await owner.query(`analyze staged (siret, codecommuneetablissement)`)
  const kept = into === 'register' ? [] : into.kept
  const range =
    into !== 'register' && `between ${Math.floor(into.low / 100_000)} and ${Math.floor(into.high / 100_000)}`
  // Units as they will be: those that this import writes, then the others.
  const units =
    range === false
      ? 'legal_units'
      : `(select * from register_build.legal_units where siren ${range} union all select p.* from public.legal_units p where p.siren ${range}
      and not exists (select from register_build.legal_units b where b.siren = p.siren and b.siren ${range}) and not exists (select from import_withheld w where w.siren = p.siren))`
  const territories = 'region_id, departement_id, epci_id, clpe_id'
  const commune = `left join import_communes c on c.asked = s.codecommuneetablissement and nullif(s.codepaysetrangeretablissement, '') is null`
  await owner.query(
    `
    insert into judged (key, siren, row_hash, verdict, unknown_commune, unreadable)
    select s.siret::bigint, left(s.siret, 9)::bigint, h.row_hash, case
        when s.statutdiffusionetablissement = 'N'
          or exists (select from import_withheld w where w.siren = left(s.siret, 9)::bigint)
          then case when e.siret is null then 'undiffused' when e.diffusion = 'N' then 'unchanged' else 'withdrawn' end
        when e.siret is null and $1::int[] is not null
          and not coalesce(array[c.region_id, c.departement_id, c.epci_id, c.clpe_id] && $1::int[], false)
          then 'outside'
        when e.siret is null and $2 and s.etatadministratifetablissement <> 'A' then 'inactive'
        when e.siret is null then 'new'
        when e.row_hash = h.row_hash and e.unit_hash is not distinct from u.row_hash
          and row(e.region_id, e.departement_id, e.epci_id, e.clpe_id) is not distinct
            from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id) then 'unchanged'
        when e.row_hash <> 0 and e.register_updated_at > readable_instant(${v('datederniertraitementetablissement')})
          then 'unchanged'
        when e.active and s.etatadministratifetablissement <> 'A' then 'closed'
        when not e.active and s.etatadministratifetablissement = 'A' then 'reopened'
        else 'changed' end,
      case when c.code is null and nullif(s.codepaysetrangeretablissement, '') is null
        then coalesce(${v('codecommuneetablissement')}, '(aucun)') end,
      ${unreadable('datecreationetablissement', 'datederniertraitementetablissement', 'datedebut')}
    from staged s ${commune} left join ${units} u on u.siren = left(s.siret, 9)::bigint
      cross join lateral (select ${hash('establishments')} as row_hash) h left
        join establishments e on e.siret = s.siret::bigint ${within('e.siret', into)}`,
    [area, activeOnly],
  )
  await owner.query('analyze judged (key, siren, verdict)')
  await owner.query(`
    insert into ${into === 'register' ? '' : 'register_build.'}establishments (siret, siren, nic, sign, usual_name,
      legal_name, other_names, acronym, naf, naf_nomenclature, naf25, headcount_band, headcount_year, employer, active,
      head_office, legal_category, company_size,
      address_complement, street, special_distribution, postal_code, commune_code, published_commune_code, commune_name,
        country, latitude, longitude, diffusion, legal_unit_diffusion, natural_person,
      ${territories}, created_on, closed_on, register_updated_at, row_hash,
        unit_hash${kept.map(([name]) => `, ${name}`).join('')})
    select j.key, j.key / 100000, j.key % 100000,
      nullif(concat_ws(' ', ${v('enseigne1etablissement')}, ${v('enseigne2etablissement')},
        ${v('enseigne3etablissement')}), ''), ${v('denominationusuelleetablissement')}, u.name, u.usual_names,
        u.acronym,
      ${newActivity}, ${nomenclature('nomenclatureactiviteprincipaleetablissement')},
        ${v('activiteprincipalenaf25etablissement')},
      ${v('trancheeffectifsetablissement')}, ${year('anneeeffectifsetablissement')},
        ${flag('caractereemployeuretablissement')}, s.etatadministratifetablissement = 'A',
        s.etablissementsiege is not distinct from 'true', u.legal_category,
        company_size(u.size_category, u.headcount_band, u.employer),
      ${v('complementadresseetablissement')},
      nullif(concat_ws(' ', ${v('numerovoieetablissement')}, ${v('indicerepetitionetablissement')},
        ${v('typevoieetablissement')}, ${v('libellevoieetablissement')}), ''),
      ${v('distributionspecialeetablissement')}, ${v('codepostaletablissement')},
        coalesce(c.code, ${v('codecommuneetablissement')}), ${v('codecommuneetablissement')},
      coalesce(${v('libellecommuneetablissement')}, ${v('libellecommuneetrangeretablissement')}),
        ${v('libellepaysetrangeretablissement')}, position[1], position[2],
      s.statutdiffusionetablissement, u.diffusion, u.natural_person, c.region_id, c.departement_id, c.epci_id,
        c.clpe_id,
      readable_day(${v('datecreationetablissement')}), case when s.etatadministratifetablissement = 'F'
        then readable_day(${v('datedebut')}) end, readable_instant(${v('datederniertraitementetablissement')}),
        j.row_hash, u.row_hash${kept.map(([, value]) => `, ${value}`).join('')}
    from staged s ${commune} join judged j on j.key = s.siret::bigint left join ${units} u on u.siren = j.siren
      ${kept.length ? `left join establishments e on e.siret = j.key ${within('e.siret', into)}` : ''}
      left join lateral (select published_position(${metres('coordonneelambertabscisseetablissement')},
        ${metres('coordonneelambertordonneeetablissement')}, c.code) as position offset 0) p on true
    where j.verdict in ('new', 'changed', 'closed', 'reopened')
    ${into === 'register' ? '' : /* the rows of a territory side by side: what is searched there lies in few pages */ 'order by c.departement_id, c.clpe_id'}
    ${
      into === 'register'
        ? `on conflict (siret) do update set sign = excluded.sign, usual_name = excluded.usual_name, legal_name = excluded.legal_name, other_names = excluded.other_names, acronym = excluded.acronym, naf = excluded.naf,
      naf_nomenclature = excluded.naf_nomenclature, naf25 = excluded.naf25, naf_former = ${formerActivity('excluded.naf', 'excluded.naf_nomenclature', 'establishments')},
      headcount_band = excluded.headcount_band, headcount_year = excluded.headcount_year, employer = excluded.employer, active = excluded.active,
      head_office = excluded.head_office, legal_category = excluded.legal_category, company_size = excluded.company_size, address_complement = excluded.address_complement, street = excluded.street, special_distribution = excluded.special_distribution,
      postal_code = excluded.postal_code, commune_code = excluded.commune_code, published_commune_code = excluded.published_commune_code, commune_name = excluded.commune_name, country = excluded.country,
      latitude = excluded.latitude, longitude = excluded.longitude, diffusion = excluded.diffusion, legal_unit_diffusion = excluded.legal_unit_diffusion, natural_person = excluded.natural_person,
      region_id = excluded.region_id, departement_id = excluded.departement_id, epci_id = excluded.epci_id, clpe_id = excluded.clpe_id, created_on = excluded.created_on, closed_on = excluded.closed_on,
      register_updated_at = excluded.register_updated_at, row_hash = excluded.row_hash, unit_hash = excluded.unit_hash, updated_at = now()`
        : ''
    }`)
  if (into !== 'register') {
    await owner.query(`insert into register_build.withdrawn select key from judged where verdict = 'withdrawn'`)
    await saveSeen(owner, 'establishments')
    return readCounts(owner, 'establishments')
  }
  await owner.query(
    `update establishments e set diffusion = 'N', row_hash = 0, updated_at = now() from judged j
      where j.verdict = 'withdrawn' and e.siret = j.key`,
  )
  await noteJudgedPairs(owner)
  return readCounts(owner, 'establishments')
}
