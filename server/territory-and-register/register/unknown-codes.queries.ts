import type pg from 'pg'
import { nomenclatures, sectionsOf } from '../../../contract/territory-and-register/activities.ts'
import { bands } from '../establishments/headcount-bands.ts'
import type { RegisterKind } from './file-layout.ts'

/* Codes that no list of ours holds: kept as published, listed at the end of an import, never a reason to drop a row. */

export type UnknownCodes = Record<'activities' | 'headcounts' | 'legalCategories', Record<string, number>>

/** INSEE's families of legal categories, the first two of four digits. */
const families =
  '00 10 21 22 23 24 27 28 29 31 32 41 51 52 53 54 55 56 57 58 61 62 63 64 65 69 71 72 73 74 81 82 83 84 85 91 92 93 99'.split(
    ' ',
  )

/**
 * The known codes, in a temporary table of the session. A nomenclature with imported labels has its very codes, another
 * its divisions.
 */
export const prepareCodes = async (owner: pg.ClientBase): Promise<void> => {
  const lists = {
    headcount: Object.keys(bands),
    family: families,
    ...Object.fromEntries(
      nomenclatures.map(one => [
        `${one} division`,
        sectionsOf[one].flatMap(({ divisions }) => divisions.map(({ code }) => code)),
      ]),
    ),
  }
  await owner.query(
    'drop table if exists pg_temp.import_codes; create temp table import_codes (list text, code text, primary key (list, code))',
  )
  await owner.query(
    `insert into import_codes select key, jsonb_array_elements_text(value) from jsonb_each($1::jsonb)
    union select nomenclature, code from naf where code ~ '^\\d{2}\\.\\d{2}[A-Z]$'
    union select distinct 'labels', nomenclature from naf where code ~ '^\\d{2}\\.\\d{2}[A-Z]$'`,
    [JSON.stringify(lists)],
  )
  await owner.query('analyze import_codes')
}

const holds = (list: string, code: string) =>
  `exists (select from import_codes k where k.list = ${list} and k.code = ${code})`
const value = (column: string) => `nullif(nullif(btrim(s.${column}), ''), '[ND]')`

/** Of the batch judged. Older nomenclatures are known by name: their codes are history. */
export const readUnknownCodes = async (
  owner: pg.ClientBase,
  kind: RegisterKind,
  kept: readonly string[],
): Promise<Partial<UnknownCodes>> => {
  const own = kind === 'units' ? 'unitelegale' : 'etablissement'
  const { rows } = await owner.query<{ list: keyof UnknownCodes; code: string; n: number }>(
    `
    with published as materialized (
      select case ${value(`nomenclatureactiviteprincipale${own}`)} when 'NAF2025' then 'NAF25'
        else ${value(`nomenclatureactiviteprincipale${own}`)} end as nomenclature,
        ${value(`activiteprincipale${own}`)} as activity,
        ${value(`activiteprincipalenaf25${own}`)} as naf25, ${value(`trancheeffectifs${own}`)} as headcount,
          ${kind === 'units' ? value('categoriejuridiqueunitelegale') : 'null'} as category, count(*)::int as n
      from judged j join staged s on s.${kind === 'units' ? 'siren' : 'siret'}::bigint = j.key
        where j.verdict = any ($1) group by 1, 2, 3, 4, 5),
    activities as (select nomenclature, activity as code, n from published where activity is not null union all
      select 'NAF25', naf25, n from published where naf25 is not null)
    select list, code, sum(n)::int as n from (
      select 'activities' as list, concat_ws(' ', coalesce(nomenclature, '(sans nomenclature)'), code) as code, n
        from activities a
        where case when nomenclature in ('NAFRev1', 'NAF1993', 'NAP') then false
          when ${holds(`'labels'`, 'a.nomenclature')} then not ${holds('a.nomenclature', 'a.code')}
          else code !~ '^\\d{2}\\.\\d{2}[A-Z]$' or not ${holds(`a.nomenclature || ' division'`, 'left(a.code, 2)')} end
      union all select 'headcounts', headcount, n from published p where headcount is not null
        and not ${holds(`'headcount'`, 'p.headcount')}
      union all select 'legalCategories', category, n from published p where category is not null
        and (category !~ '^\\d{4}$' or not ${holds(`'family'`, 'left(p.category, 2)')})) u group by 1, 2`,
    [kept],
  )
  const found: Partial<UnknownCodes> = {}
  for (const { list, code, n } of rows) found[list] = { ...found[list], [code]: n }
  return found
}
