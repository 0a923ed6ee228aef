import { isSiren, isSiret } from '../../platform/siret.ts'

/** The columns INSEE publishes, in its order; the last one since December 2025. */
export const establishmentColumns =
  `siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,activitePrincipaleRegistreMetiersEtablissement,dateDernierTraitementEtablissement,etablissementSiege,nombrePeriodesEtablissement,complementAdresseEtablissement,numeroVoieEtablissement,indiceRepetitionEtablissement,dernierNumeroVoieEtablissement,indiceRepetitionDernierNumeroVoieEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,libelleCommuneEtrangerEtablissement,distributionSpecialeEtablissement,codeCommuneEtablissement,codeCedexEtablissement,libelleCedexEtablissement,codePaysEtrangerEtablissement,libellePaysEtrangerEtablissement,identifiantAdresseEtablissement,coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement,complementAdresse2Etablissement,numeroVoie2Etablissement,indiceRepetition2Etablissement,typeVoie2Etablissement,libelleVoie2Etablissement,codePostal2Etablissement,libelleCommune2Etablissement,libelleCommuneEtranger2Etablissement,distributionSpeciale2Etablissement,codeCommune2Etablissement,codeCedex2Etablissement,libelleCedex2Etablissement,codePaysEtranger2Etablissement,libellePaysEtranger2Etablissement,dateDebut,etatAdministratifEtablissement,enseigne1Etablissement,enseigne2Etablissement,enseigne3Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement,activitePrincipaleNAF25Etablissement`.split(
    ',',
  )
export const unitColumns =
  `siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,sigleUniteLegale,sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,prenom3UniteLegale,prenom4UniteLegale,prenomUsuelUniteLegale,pseudonymeUniteLegale,identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,anneeCategorieEntreprise,dateDebut,etatAdministratifUniteLegale,nomUniteLegale,nomUsageUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,economieSocialeSolidaireUniteLegale,societeMissionUniteLegale,caractereEmployeurUniteLegale,activitePrincipaleNAF25UniteLegale`.split(
    ',',
  )
export const successionColumns =
  'siretEtablissementPredecesseur,siretEtablissementSuccesseur,dateLienSuccession,transfertSiege,continuiteEconomique,dateDernierTraitementLienSuccession'.split(
    ',',
  )

type Row = Record<string, string>
const cell = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
export const csvOf = (columns: readonly string[], rows: readonly Row[]): string =>
  [columns.join(','), ...rows.map(r => columns.map(c => cell(r[c] ?? '')).join(','))].map(l => `${l}\n`).join('')

/** An active employer of Cestas, until told otherwise: give it its SIRET. */
export const anEstablishment = (siret: string, over: Row = {}): Row => ({
  siren: siret.slice(0, 9),
  nic: siret.slice(9),
  siret,
  statutDiffusionEtablissement: 'O',
  dateCreationEtablissement: '2015-03-01',
  trancheEffectifsEtablissement: '12',
  anneeEffectifsEtablissement: '2023',
  dateDernierTraitementEtablissement: '2026-06-01T10:20:30',
  etablissementSiege: 'true',
  numeroVoieEtablissement: '12',
  typeVoieEtablissement: 'RUE',
  libelleVoieEtablissement: 'DES TONNELIERS',
  codePostalEtablissement: '33610',
  libelleCommuneEtablissement: 'CESTAS',
  codeCommuneEtablissement: '33122',
  coordonneeLambertAbscisseEtablissement: '408000.5',
  coordonneeLambertOrdonneeEtablissement: '6410000.25',
  dateDebut: '2015-03-01',
  etatAdministratifEtablissement: 'A',
  activitePrincipaleEtablissement: '16.24Z',
  nomenclatureActivitePrincipaleEtablissement: 'NAFRev2',
  caractereEmployeurEtablissement: 'O',
  ...over,
})
export const aUnit = (siren: string, over: Row = {}): Row => ({
  siren,
  statutDiffusionUniteLegale: 'O',
  dateCreationUniteLegale: '2015-03-01',
  denominationUniteLegale: 'TONNELLERIE DES GRAVES',
  categorieJuridiqueUniteLegale: '5710',
  etatAdministratifUniteLegale: 'A',
  dateDernierTraitementUniteLegale: '2026-06-01T10:20:30',
  activitePrincipaleUniteLegale: '16.24Z',
  nomenclatureActivitePrincipaleUniteLegale: 'NAFRev2',
  caractereEmployeurUniteLegale: 'O',
  ...over,
})
export const aPerson = (siren: string, over: Row = {}): Row =>
  aUnit(siren, {
    denominationUniteLegale: '',
    categorieJuridiqueUniteLegale: '1000',
    nomUniteLegale: 'LESTAGE',
    prenom1UniteLegale: 'PAUL',
    ...over,
  })

export const aSuccession = (
  siretEtablissementPredecesseur: string,
  siretEtablissementSuccesseur: string,
  over: Row = {},
): Row => ({
  siretEtablissementPredecesseur,
  siretEtablissementSuccesseur,
  dateLienSuccession: '2024-02-01',
  transfertSiege: 'true',
  continuiteEconomique: 'true',
  dateDernierTraitementLienSuccession: '2024-02-03T08:00:00',
  ...over,
})

/** Invented numbers with a right key. */
export const inventedSiren = (serial: number): string => {
  for (let digit = 0; digit < 10; digit++)
    if (isSiren(`9${String(serial).padStart(7, '0')}${digit}`)) return `9${String(serial).padStart(7, '0')}${digit}`
  throw new Error('no key')
}
export const inventedSiret = (siren: string, serial = 1): string => {
  for (let digit = 0; digit < 10; digit++)
    if (isSiret(`${siren}${String(serial).padStart(4, '0')}${digit}`))
      return `${siren}${String(serial).padStart(4, '0')}${digit}`
  throw new Error('no key')
}

/** Lambert-93 of a place, as the register publishes it. */
export const lambert93 = (lat: number, lon: number): [string, string] => {
  const [n, c, x0, y0, e] = [0.725607765053267, 11754255.426096, 700000, 12655612.049876, 0.0818191910428158]
  const phi = (lat * Math.PI) / 180
  const isometric = Math.log(
    Math.tan(Math.PI / 4 + phi / 2) * ((1 - e * Math.sin(phi)) / (1 + e * Math.sin(phi))) ** (e / 2),
  )
  const r = c * Math.exp(-n * isometric)
  const gamma = (n * (lon - 3) * Math.PI) / 180
  return [(x0 + r * Math.sin(gamma)).toFixed(2), (y0 - r * Math.cos(gamma)).toFixed(2)]
}

/**
 * A plain list (siret, siren, nom, adresse, code_postal, code_insee, commune, naf, lat, lon), defects included, as the
 * two official files would hold it.
 */
export const toOfficialLayout = (list: readonly Row[]): { establishments: string; units: string } => {
  const establishments = list.map(r => {
    const [x, y] = r['lat'] && r['lon'] ? lambert93(Number(r['lat']), Number(r['lon'])) : ['', '']
    return {
      siren: r['siret']!.slice(0, 9),
      nic: r['siret']!.slice(9),
      siret: r['siret']!,
      statutDiffusionEtablissement: 'O',
      etablissementSiege: 'false',
      libelleVoieEtablissement: r['adresse']!,
      codePostalEtablissement: r['code_postal']!,
      libelleCommuneEtablissement: r['commune']!,
      codeCommuneEtablissement: r['code_insee']!,
      coordonneeLambertAbscisseEtablissement: x,
      coordonneeLambertOrdonneeEtablissement: y,
      etatAdministratifEtablissement: 'A',
      activitePrincipaleEtablissement: r['naf']!,
      nomenclatureActivitePrincipaleEtablissement: r['naf'] ? 'NAFRev2' : '',
      caractereEmployeurEtablissement: 'N',
    }
  })
  const names = new Map(list.filter(r => isSiren(r['siren']!)).map(r => [r['siren']!, r['nom']!]))
  return {
    establishments: csvOf(establishmentColumns, establishments),
    units: csvOf(
      unitColumns,
      [...names].map(([siren, name]) => aUnit(siren, { denominationUniteLegale: name })),
    ),
  }
}
