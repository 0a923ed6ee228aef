/** The layouts that the operator delivered: 27 columns in 2018 and 2019, 24 in 2016 with the last two the other way round. */
const common =
  'kc_siret,dc_naf_id,dc_adresse,dc_codepostal,dc_commune_id,dn_tailleetablissement,dc_communenaissancepays,kd_dateembauche,dc_typecontrat_id,dd_datefincdd,dc_romev3_1_id,dc_romev3_2_id,kd_datecreation,dc_privepublic,dc_commune_id,dc_natureemploi_id,dc_qualitesalarie_id,dn_dureetravailhebdo,dn_dureetravailmensuelle,dn_dureetravailannuelle,nbrjourtravaille,iiann'.split(
    ',',
  )
export const columns27 = [
  ...common,
  'dc_lblprioritede',
  'kn_trancheage',
  'duree_pec',
  'dc_ididentiteexterne',
  'premiere_embauche',
]
export const columns24 = [...common, 'kn_trancheage', 'dc_lblprioritede']

type Line = Record<string, string>
/** Invented values of the person hired, planted in every line: none may be found anywhere afterwards. */
export const planted = {
  dc_communenaissancepays: 'NaissancePlantee',
  dc_adresse: '1 RUE "PLANTEE"',
  dc_lblprioritede: 'PrioritePlantee',
  kn_trancheage: 'de 26 ans à 50 ans plantés',
  dc_ididentiteexterne: 'IdentitePlantee',
  premiere_embauche: 'PremierePlantee',
  iiann: 'NirPlante',
} as const

export const aDeclaration = (siret: string, over: Line = {}): Line => ({
  ...planted,
  kc_siret: siret,
  kd_dateembauche: '2026-10-05 00:00:00.0',
  dc_typecontrat_id: '1',
  nbrjourtravaille: '20',
  kd_datecreation: '2026-10-01 10:20:30',
  ...over,
})

export const declarationsOf = (
  lines: readonly Line[],
  columns: readonly string[] = columns27,
  separator = '|',
): string =>
  [columns.join(separator), ...lines.map(line => columns.map(name => line[name] ?? '').join(separator))]
    .map(line => `${line}\n`)
    .join('')
