import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Row = Record<string, string>
type Json = Record<string, unknown>
const published = (value: string | undefined): string | boolean | null =>
  value === undefined || value === '' ? null : value === 'true' ? true : value === 'false' ? false : value
const pick = (row: Row, names: readonly string[]): Json =>
  Object.fromEntries(names.map(name => [name, published(row[name])]))

const address = [
  'complementAdresse',
  'numeroVoie',
  'indiceRepetition',
  'dernierNumeroVoie',
  'typeVoie',
  'libelleVoie',
  'codePostal',
  'libelleCommune',
  'libelleCommuneEtranger',
  'distributionSpeciale',
  'codeCommune',
  'codeCedex',
  'libelleCedex',
  'codePaysEtranger',
  'libellePaysEtranger',
  'identifiantAdresse',
  'coordonneeLambertAbscisse',
  'coordonneeLambertOrdonnee',
].map(name => `${name}Etablissement`)
const ofPeriod = [
  'etatAdministratif',
  'enseigne1',
  'enseigne2',
  'enseigne3',
  'denominationUsuelle',
  'activitePrincipale',
  'nomenclatureActivitePrincipale',
  'caractereEmployeur',
].map(name => `${name}Etablissement`)
const unitPeriod = [
  'etatAdministratif',
  'nom',
  'nomUsage',
  'denomination',
  'denominationUsuelle1',
  'denominationUsuelle2',
  'denominationUsuelle3',
  'categorieJuridique',
  'activitePrincipale',
  'nomenclatureActivitePrincipale',
  'nicSiege',
  'economieSocialeSolidaire',
  'societeMission',
  'caractereEmployeur',
].map(name => `${name}UniteLegale`)
const unitFixed = [
  'statutDiffusion',
  'unitePurgee',
  'dateCreation',
  'sigle',
  'sexe',
  'prenom1',
  'prenom2',
  'prenom3',
  'prenom4',
  'prenomUsuel',
  'pseudonyme',
  'identifiantAssociation',
  'trancheEffectifs',
  'anneeEffectifs',
  'dateDernierTraitement',
  'activitePrincipaleNAF25',
].map(name => `${name}UniteLegale`)
const past = { dateFin: '2019-12-31', dateDebut: '2015-03-01' }

/**
 * An establishment of the official columns in the shape of API Sirene 3.11: its address apart, its history, and its
 * unit within.
 */
export const establishmentRecord = (row: Row, unit: Row): Json => ({
  score: null,
  ...pick(row, [
    'siren',
    'nic',
    'siret',
    'statutDiffusionEtablissement',
    'dateCreationEtablissement',
    'trancheEffectifsEtablissement',
    'anneeEffectifsEtablissement',
    'activitePrincipaleRegistreMetiersEtablissement',
    'dateDernierTraitementEtablissement',
    'etablissementSiege',
    'activitePrincipaleNAF25Etablissement',
  ]),
  nombrePeriodesEtablissement: 2,
  // The unit within says neither its number nor whether it employs.
  uniteLegale: pick(unit, [
    ...unitFixed,
    ...unitPeriod.filter(name => name !== 'caractereEmployeurUniteLegale'),
    'categorieEntreprise',
    'anneeCategorieEntreprise',
  ]),
  adresseEtablissement: pick(row, address),
  adresse2Etablissement: { libelleVoie2Etablissement: null },
  periodesEtablissement: [
    { dateFin: null, ...pick(row, ['dateDebut', ...ofPeriod]), changementEtatAdministratifEtablissement: false },
    { ...past, etatAdministratifEtablissement: 'A', enseigne1Etablissement: 'ANCIENNE ENSEIGNE' },
  ],
})
export const unitRecord = (row: Row): Json => ({
  score: null,
  ...pick(row, ['siren', ...unitFixed, 'categorieEntreprise', 'anneeCategorieEntreprise']),
  nombrePeriodesUniteLegale: 2,
  periodesUniteLegale: [
    { dateFin: null, ...pick(row, ['dateDebut', ...unitPeriod]) },
    { ...past, etatAdministratifUniteLegale: 'A', denominationUniteLegale: 'ANCIENNE RAISON' },
  ],
})

export type Fault = (response: ServerResponse, next: () => void) => void
/**
 * The API as it answers, over real HTTP: pages of `pageSize` by cursor, then the cursor that repeats itself; 404 when
 * nothing matches.
 */
export const openSireneApi = async ({ pageSize = 2 }: { pageSize?: number } = {}) => {
  const records = { siret: [] as Json[], siren: [] as Json[] }
  const asked: { path: string; day: string; cursor: string }[] = []
  const faults: Fault[] = []
  let onRequest = (_request: IncomingMessage): void => {}
  const json = (response: ServerResponse, status: number, body: Json) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body))
  }
  const nothing = (response: ServerResponse) =>
    json(response, 404, { header: { statut: 404, message: 'Aucun élément trouvé' } })
  const server = createServer((request, response) => {
    onRequest(request)
    const url = new URL(request.url!, 'http://localhost')
    const [, , , kind, number] = url.pathname.split('/') as [
      string,
      string,
      string,
      'siret' | 'siren',
      string | undefined,
    ]
    const [list, single, treated] =
      kind === 'siret'
        ? (['etablissements', 'etablissement', 'dateDernierTraitementEtablissement'] as const)
        : (['unitesLegales', 'uniteLegale', 'dateDernierTraitementUniteLegale'] as const)
    const day = url.searchParams.get('q')?.replace(`${treated}:`, '') ?? ''
    const cursor = url.searchParams.get('curseur') ?? ''
    asked.push({ path: `${kind}${number ? `/${number}` : ''}`, day, cursor })
    const answer = () => {
      if (request.headers['x-insee-api-key-integration'] !== 'la-cle')
        return json(response, 401, { header: { statut: 401, message: 'Jeton d’accès manquant ou invalide' } })
      if (number) {
        const found = records[kind].find(r => r[kind] === number)
        return found
          ? json(response, 200, { header: { statut: 200, message: 'OK' }, [single]: found })
          : nothing(response)
      }
      const matching = records[kind].filter(r => String(r[treated]).startsWith(day))
      if (matching.length === 0) return nothing(response)
      const from = cursor === '*' ? 0 : Number(Buffer.from(cursor.slice(4, -2), 'hex').toString())
      const page = matching.slice(from, from + pageSize)
      json(response, 200, {
        header: {
          statut: 200,
          message: 'OK',
          total: matching.length,
          debut: 0,
          nombre: page.length,
          curseur: cursor,
          curseurSuivant:
            page.length === 0 ? cursor : `Ao+/${Buffer.from(String(from + page.length)).toString('hex')}==`,
        },
        [list]: page,
      })
    }
    const fault = faults.shift()
    if (fault) fault(response, answer)
    else answer()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    records,
    asked,
    faults,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api-sirene/3.11/`,
    json,
    onRequest: (listener: typeof onRequest) => {
      onRequest = listener
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(done => {
        server.close(() => done())
      })
    },
  }
}
