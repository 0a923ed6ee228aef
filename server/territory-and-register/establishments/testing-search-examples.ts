import { anEstablishment, aUnit, inventedSiren, inventedSiret } from '../register/testing-official-layout.ts'

/*
 * What people type and what they mean, over invented companies. The same table is in docs/search.md, and a test
 * compares the two. The viewer's perimeter is Gironde.
 */

type Row = Record<string, string>
const towns = {
  cestas: ['33122', 'CESTAS', '33610'],
  canejan: ['33090', 'CANEJAN', '33610'],
  illac: ['33422', "SAINT-JEAN-D'ILLAC", '33127'],
  leognan: ['33238', 'LEOGNAN', '33850'],
  brede: ['33213', 'LA BREDE', '33650'],
  creon: ['33140', 'CREON', '33670'],
  dax: ['40088', 'DAX', '40100'],
} as const
const rows: readonly (readonly [
  key: string,
  name: string,
  town: keyof typeof towns,
  establishment?: Row,
  unit?: Row,
])[] = [
  [
    'tonnellerie',
    'TONNELLERIE DES GRAVES',
    'cestas',
    { numeroVoieEtablissement: '12', typeVoieEtablissement: 'RUE', libelleVoieEtablissement: 'DES TONNELIERS' },
  ],
  [
    'épi',
    "L'EPI D'OR",
    'leognan',
    {
      enseigne1Etablissement: 'AU FOURNIL DE LÉO',
      numeroVoieEtablissement: '4',
      typeVoieEtablissement: 'AV',
      libelleVoieEtablissement: 'DES ACACIAS BLEUS',
    },
  ],
  ['garage', 'GARAGE PUYMARIN', 'canejan'],
  ['métaux', 'METAUX DE HAUTELANDE', 'cestas'],
  ['café', 'CAFE DE LA GARE', 'brede'],
  ['ateliers', "ATELIERS D'INSERTION DES GRAVES", 'cestas', {}, { sigleUniteLegale: 'A.I.D.G.' }],
  ['mirepois', 'ETABLISSEMENTS MIREPOIS ET FILS', 'illac', { libelleVoieEtablissement: 'ZONE DU PETIT BREUIL' }],
  ['piscines', 'H2O PISCINES', 'creon'],
  ['dumoulin', 'DUMOULIN OSSATURES', 'cestas'],
  ['barthes', 'BOULANGERIE DES BARTHES', 'dax'],
  ['lavoir', 'BOULANGERIE DU VIEUX FOUR', 'canejan', { etatAdministratifEtablissement: 'F', dateDebut: '2021-04-30' }],
  ['photo', 'PHOTOGRAPHIE BELLERIVE', 'brede'],
  ['château', 'CHATEAU HAUT-ESTEYROLLES', 'brede'],
  ['optique', 'SAINTE-EULALIE OPTIQUE', 'creon'],
  ['œnologie', 'OENOLOGIE CONSEIL', 'leognan'],
  ['verrerie de Dax', 'VERRERIE DES DEUX RIVES', 'dax', { trancheEffectifsEtablissement: '32' }],
  [
    'verrerie',
    'VERRERIE DES DEUX RIVES',
    'creon',
    { caractereEmployeurEtablissement: 'N', trancheEffectifsEtablissement: 'NN' },
  ],
  [
    'scierie',
    'SCIERIE VALMONTOISE',
    'illac',
    { caractereEmployeurEtablissement: 'N', trancheEffectifsEtablissement: 'NN' },
  ],
  ['scierie employeuse', 'SCIERIE VALMONTOISE RABOTAGE', 'illac'],
  ['usage', "COMPAGNIE BORELLANE D'EXPLOITATION", 'cestas', { denominationUsuelleEtablissement: 'LE PETIT BORELLAN' }],
  ['logistique', 'LOGISTIQUE AQUILINE', 'canejan'],
  ['express', 'KERVOZEL EXPRESS', 'creon'],
]
const siren = (i: number) => inventedSiren(5000 + i)
export const siretOf: ReadonlyMap<string, string> = new Map([
  ...rows.map(([key], i) => [key, inventedSiret(siren(i))] as const),
  ['antenne', inventedSiret(siren(rows.findIndex(([key]) => key === 'logistique')), 2)],
])
const at = (town: keyof typeof towns): Row => ({
  codeCommuneEtablissement: towns[town][0],
  libelleCommuneEtablissement: towns[town][1],
  codePostalEtablissement: towns[town][2],
  libelleVoieEtablissement: 'DU PETIT BREUIL',
})
export const exampleEstablishments = [
  ...rows.map(([key, , town, over]) => anEstablishment(siretOf.get(key)!, { ...at(town), ...over })),
  anEstablishment(siretOf.get('antenne')!, { ...at('cestas'), etablissementSiege: 'false' }),
]
export const exampleUnits = rows.map(([, name, , , over], i) =>
  aUnit(siren(i), { denominationUniteLegale: name, ...over }),
)
const spaced = (digits: string) => digits.replace(/(\d{3})(\d{3})(\d{3})/, '$1 $2 $3 ').trim()

export interface Example {
  readonly on: string
  readonly typed: string
  readonly meant: readonly string[]
  readonly why: string /** What the reply says it understood instead. */
  readonly read?: string
}
const on = '2026-11-25'
/** The first results, in this order; others may follow. */
export const examples: readonly Example[] = [
  { on, typed: 'tonnellerie des graves', meant: ['tonnellerie'], why: 'le nom' },
  { on, typed: 'GRAVES Tonnellerie', meant: ['tonnellerie'], why: 'ordre des mots, majuscules' },
  { on, typed: 'tonnelleries de la grave', meant: ['tonnellerie'], why: 'pluriels, petits mots' },
  { on, typed: 'tonnel', meant: ['tonnellerie'], why: 'le début d’un mot' },
  { on, typed: 'SARL Garage Puymarin', meant: ['garage'], why: 'forme juridique devant' },
  { on, typed: 'puymarin S.A.S.', meant: ['garage'], why: 'forme juridique derrière, avec points' },
  { on, typed: 'Ets Mirepois', meant: ['mirepois'], why: '« Ets » pour « Établissements »' },
  { on, typed: 'mirepois & fils', meant: ['mirepois'], why: 'esperluette' },
  { on, typed: 'l’épi d’or', meant: ['épi'], why: 'apostrophes, accents' },
  { on, typed: 'lepi dor', meant: ['épi'], why: 'apostrophes oubliées', read: 'epi or' },
  { on, typed: 'fournil de leo', meant: ['épi'], why: 'l’enseigne' },
  { on, typed: 'petit borellan', meant: ['usage'], why: 'le nom d’usage' },
  { on, typed: 'borellane exploitation', meant: ['usage'], why: 'la dénomination, quand le nom d’usage est affiché' },
  { on, typed: 'AIDG', meant: ['ateliers'], why: 'le sigle' },
  { on, typed: 'a.i.d.g', meant: ['ateliers'], why: 'le sigle, avec points' },
  { on, typed: 'mirepois st jean d’illac', meant: ['mirepois'], why: 'la commune, « St »' },
  { on, typed: 'ste eulalie optique', meant: ['optique'], why: '« Ste » pour « Sainte »' },
  { on, typed: '12 rue des tonneliers cestas', meant: ['tonnellerie'], why: 'l’adresse' },
  { on, typed: 'avenue des acacias bleus', meant: ['épi'], why: 'l’adresse, « AV » au registre' },
  { on, typed: 'café 33650', meant: ['café'], why: 'le code postal' },
  { on, typed: spaced(siretOf.get('garage')!), meant: ['garage'], why: 'un SIRET avec espaces' },
  {
    on,
    typed: `SIREN : ${spaced(siretOf.get('logistique')!.slice(0, 9))}`,
    meant: ['logistique', 'antenne'],
    why: 'un SIREN tel que sur un courrier',
  },
  { on, typed: 'œnologie', meant: ['œnologie'], why: 'ligature' },
  { on, typed: 'metal hautelande', meant: ['métaux'], why: 'pluriel en -aux' },
  { on, typed: 'haut esteyrolles', meant: ['château'], why: 'trait d’union' },
  {
    on,
    typed: 'verrerie des deux rives',
    meant: ['verrerie', 'verrerie de Dax'],
    why: 'son territoire avant ailleurs, même plus petit',
  },
  { on, typed: 'vieux four', meant: ['lavoir'], why: 'un établissement fermé se trouve encore' },
  { on, typed: 'scierie valmontoise', meant: ['scierie employeuse', 'scierie'], why: 'un employeur avant un autre' },
  { on, typed: 'logistique aquiline', meant: ['logistique', 'antenne'], why: 'le siège d’abord' },
  { on, typed: 'h2o', meant: ['piscines'], why: 'chiffres et lettres' },
  { on, typed: 'boulangrie des barthes', meant: ['barthes'], why: 'une lettre oubliée', read: 'boulangerie barthes' },
  { on, typed: 'tonellerie', meant: ['tonnellerie'], why: 'une double oubliée', read: 'tonnellerie' },
  { on, typed: 'fotografie bellerive', meant: ['photo'], why: 'comme on l’entend', read: 'photographie bellerive' },
  {
    on,
    typed: 'logistqiue aquilien',
    meant: ['logistique', 'antenne'],
    why: 'lettres interverties, deux fois',
    read: 'logistique aquiline',
  },
  { on, typed: 'kervozelexpress', meant: ['express'], why: 'une espace oubliée', read: 'kervozel express' },
  { on, typed: 'du moulin ossatures', meant: ['dumoulin'], why: 'une espace de trop', read: 'dumoulin ossatures' },
  {
    on,
    typed: 'piscines h2o zyxwvut',
    meant: ['piscines'],
    why: 'un mot que rien ne rappelle est laissé, et c’est dit',
    read: 'piscines h2o',
  },
  { on, typed: 'z.i. petit breuil mirepois', meant: ['mirepois'], why: '« ZI » pour « zone »' },
  { on, typed: 'mirepoi', meant: ['mirepois'], why: 'une finale muette' },
]
