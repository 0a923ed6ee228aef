import {
  type anomalyActs,
  correctionWords,
  type countAnomalies,
  type listAnomalies,
  type listSupplied,
} from '../../../contract/people-and-rights/anomalies.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { profileWords, territoryInWords, toolWords } from '../../platform/words.ts'

export type Anomaly = Reply<typeof listAnomalies>['items'][number]
export type Supplied = Reply<typeof listSupplied>['items'][number]
export type Structure = Reply<typeof countAnomalies>['items'][number]
export type Act = (typeof anomalyActs)[number]

export const actWords: Readonly<Record<Act, string>> = {
  suspend: 'Suspendre',
  depart: 'Supprimer le compte',
  edit: 'Corriger le compte',
  lift: 'Lever la suspension',
  grant: 'Habiliter',
  change: 'Changer',
  end: 'Mettre fin',
}
export const accessWords = ({ grant }: Anomaly) =>
  grant ? `${toolWords[grant.tool]}, profil ${profileWords[grant.profile]}` : 'Compte'
export const perimeterWords = ({ grant }: Anomaly) =>
  grant && (grant.agency ? `l’agence ${grant.agency.name}` : grant.territory && territoryInWords(grant.territory))

/** What shows it, in one sentence. */
export const evidenceWords = ({
  kind,
  grant,
  evidence: { function: ofFunction, contractEndsOn, lastActAt, lastUsedOn },
}: Anomaly): string => {
  const seen = lastActAt ? `Vu pour la dernière fois le ${formatDay(dayOf(lastActAt))}.` : 'Jamais connecté.'
  switch (kind) {
    case 'contract-over':
      return `Contrat terminé le ${formatDay(contractEndsOn!)}.`
    case 'no-grant':
      return `Ni habilitation ni rôle. ${seen}`
    case 'never-used':
      return `Donnée le ${formatDay(dayOf(grant!.grantedAt))}, pas utilisée depuis. ${seen}`
    case 'unused':
      return `Utilisée pour la dernière fois le ${formatDay(lastUsedOn!)}.`
    case 'beyond-function':
      return `Profil ${profileWords[grant!.profile]} pour la fonction « ${ofFunction} ».`
    case 'beyond-territories':
      return 'Elle n’ouvre rien : la convention donne à la structure d’autres territoires.'
    default:
      return seen
  }
}
/** « habilitation terminée, par Maïté Harispe »; who comes back corrects it without anyone. */
export const correctionSentence = ({ correctedHow, correctedBy, person }: Anomaly): string =>
  `${correctionWords[correctedHow!]}${correctedBy && correctedBy.id !== person.id ? `, par ${correctedBy.name}` : ''}`
