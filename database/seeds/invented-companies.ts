import { placesInCommunes } from './contours.ts'
import { codingOf, trades } from './invented-trades.ts'
import { centres, lambert93 } from './places.ts'

/**
 * Invented companies for the demonstration, in the official layout of the register's files, so that they come in by the
 * same import as the real ones.
 * Their SIREN begin with 000, which the register never gave. Always the same: the generator is seeded.
 */
export interface Commune {
  readonly code: string
  readonly name: string
  readonly postalCode: string
  readonly population: number
}

const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

const luhnDigit = (digits: string) => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
  }
  return String((10 - (sum % 10)) % 10)
}
const sirenOf = (n: number) => {
  const base = String(n).padStart(8, '0')
  return base + luhnDigit(base)
}
const nicOf = (siren: string, n: number) => {
  const base = String(n).padStart(4, '0')
  return base + luhnDigit(siren + base)
}

const names = [
  'des Tilleuls',
  'du Moulin Neuf',
  'de la Palombe',
  'des Trois Pins',
  'du Grand Pré',
  'de la Source',
  'des Genêts',
  'du Pont Vieux',
  'de l’Estey',
  'des Arbousiers',
  'du Vallon',
  'de la Lande',
  'des Bruyères',
  'du Chêne Vert',
  'de la Pignada',
  'des Coteaux Bleus',
  'du Petit Bois',
  'de la Garenne',
  'des Vergers',
  'du Belvédère',
  'de la Tuilerie',
  'des Quatre Vents',
  'du Lavoir',
  'de la Sablière',
  'Garonne',
  'Aquilune',
  'Girondelle',
  'Atlantide',
  'Montsoleil',
  'Belleroche',
  'Clairlande',
  'Valpierre',
  'Hautelande',
  'Rivelune',
  'Pierrefine',
  'Solagne',
]
const streets = [
  'rue des Lilas',
  'avenue du Marché',
  'route de la Lande',
  'chemin des Vignes',
  'allée des Pins',
  'place de la Mairie',
  'rue du Moulin',
  'zone d’activité du Courneau',
  'impasse des Mésanges',
  'avenue de la Gare',
]
// Bands of headcount with their share among employers, roughly those of the register.
const bands: readonly (readonly [band: string, weight: number])[] = [
  ['00', 12],
  ['01', 32],
  ['02', 18],
  ['03', 13],
  ['11', 12],
  ['12', 8],
  ['21', 3],
  ['22', 1.5],
  ['31', 0.3],
  ['32', 0.2],
]

const pick = <T>(random: () => number, items: readonly T[], weight: (item: T) => number = () => 1): T => {
  let left = random() * items.reduce((sum, item) => sum + weight(item), 0)
  for (const item of items) {
    left -= weight(item)
    if (left < 0) return item
  }
  return items[items.length - 1]!
}
const csv = (rows: readonly (readonly string[])[]) =>
  rows.map(row => row.map(v => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join(',')).join('\n') + '\n'

const establishmentColumns = [
  'siren',
  'nic',
  'siret',
  'statutDiffusionEtablissement',
  'dateCreationEtablissement',
  'trancheEffectifsEtablissement',
  'anneeEffectifsEtablissement',
  'dateDernierTraitementEtablissement',
  'etablissementSiege',
  'numeroVoieEtablissement',
  'libelleVoieEtablissement',
  'codePostalEtablissement',
  'libelleCommuneEtablissement',
  'codeCommuneEtablissement',
  'etatAdministratifEtablissement',
  'enseigne1Etablissement',
  'denominationUsuelleEtablissement',
  'activitePrincipaleEtablissement',
  'nomenclatureActivitePrincipaleEtablissement',
  'activitePrincipaleNAF25Etablissement',
  'caractereEmployeurEtablissement',
  'coordonneeLambertAbscisseEtablissement',
  'coordonneeLambertOrdonneeEtablissement',
] as const
const unitColumns = [
  'siren',
  'statutDiffusionUniteLegale',
  'dateCreationUniteLegale',
  'sigleUniteLegale',
  'prenom1UniteLegale',
  'trancheEffectifsUniteLegale',
  'anneeEffectifsUniteLegale',
  'dateDernierTraitementUniteLegale',
  'categorieEntreprise',
  'etatAdministratifUniteLegale',
  'nomUniteLegale',
  'denominationUniteLegale',
  'categorieJuridiqueUniteLegale',
  'activitePrincipaleUniteLegale',
  'nomenclatureActivitePrincipaleUniteLegale',
  'nicSiegeUniteLegale',
  'economieSocialeSolidaireUniteLegale',
  'caractereEmployeurUniteLegale',
] as const

/** Within two kilometres of the centre and within the commune; blank where the centre is not known. */
const positions = (random: () => number) => {
  const lies = placesInCommunes()
  return (commune: string): readonly [string, string] => {
    const centre = centres[commune]
    if (!centre) return ['', '']
    let [lat, lon] = [Number.NaN, Number.NaN]
    while (!lies(commune, lat, lon))
      [lat, lon] = [centre[0] + (random() - 0.5) * 0.03, centre[1] + (random() - 0.5) * 0.04]
    const [x, y] = lambert93(lat, lon)
    return [x.toFixed(2), y.toFixed(2)]
  }
}

/**
 * Two files as text: StockEtablissement and StockUniteLegale. About one company in six has a second establishment, one
 * in twelve is closed.
 */
export const inventedCompanies = (
  communes: readonly Commune[],
  companies: number,
): { establishments: string; units: string; sirets: string[] } => {
  const random = seeded(33002)
  const positionIn = positions(seeded(33003)) // apart, so that the companies stay the same
  const establishments: string[][] = [[...establishmentColumns]]
  const units: string[][] = [[...unitColumns]]
  const sirets: string[] = []
  for (let n = 1; n <= companies; n++) {
    const siren = sirenOf(n)
    const [naf, word] = pick(random, trades, trade => trade[2])
    const name = `${word} ${pick(random, names)}`.toUpperCase()
    const employer = random() < 0.72
    const created = `${1985 + Math.floor(random() * 40)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-15`
    const closed = random() < 1 / 12
    const places = random() < 1 / 6 ? 2 : 1
    units.push([
      siren,
      'O',
      created,
      '',
      '',
      employer ? '01' : 'NN',
      '2024',
      '2026-10-01T08:00:00',
      'PME',
      closed ? 'C' : 'A',
      '',
      name,
      random() < 0.6 ? '5499' : '5710',
      naf,
      'NAFRev2',
      nicOf(siren, 1),
      random() < 0.08 ? 'O' : 'N',
      employer ? 'O' : 'N',
    ])
    for (let place = 1; place <= places; place++) {
      const commune = pick(random, communes, c => Math.max(c.population, 50))
      const nic = nicOf(siren, place)
      sirets.push(siren + nic)
      establishments.push([
        siren,
        nic,
        siren + nic,
        'O',
        created,
        employer ? pick(random, bands, b => b[1])[0] : 'NN',
        '2024',
        '2026-10-01T08:00:00',
        place === 1 ? 'true' : 'false',
        String(1 + Math.floor(random() * 90)),
        pick(random, streets).toUpperCase(),
        commune.postalCode,
        commune.name.toUpperCase(),
        commune.code,
        closed ? 'F' : 'A',
        place === 2 ? `${name} ${commune.name.toUpperCase()}` : '',
        '',
        ...codingOf(n, naf),
        employer ? 'O' : 'N',
        ...positionIn(commune.code),
      ])
    }
  }
  return { establishments: csv(establishments), units: csv(units), sirets }
}
