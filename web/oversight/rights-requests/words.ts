import type { getRightsRequest } from '../../../contract/oversight/rights-requests.ts'
import { rightsKindWords } from '../../../contract/oversight/rights-requests.words.ts'
import type { Reply } from '../../../contract/route.ts'
import { formatDay, formatRelativeDay } from '../../platform/format.ts'
import type { Option } from '../../ui/index.ts'

export type RightsRequest = Reply<typeof getRightsRequest>
export type Act = RightsRequest['allowed'][number]
type Answer = NonNullable<RightsRequest['answer']>

export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
export const kindWords: Record<RightsRequest['kind'], string> = rightsKindWords
export const kindHints: Record<RightsRequest['kind'], string> = {
  access: 'Savoir ce qui est gardé d’elle, et l’avoir (article 15)',
  rectification: 'Faire corriger ou compléter (article 16)',
  erasure: 'Faire effacer (article 17)',
  restriction: 'Faire geler, sans effacer (article 18)',
  portability: 'Recevoir dans un format réutilisable (article 20)',
  objection: 'Ne plus figurer dans l’outil (article 21)',
}
export const whoseWords: Record<RightsRequest['whose'], string> = {
  user: 'Utilise ou a utilisé l’outil',
  correspondent: 'Répond pour un employeur',
  other: 'Autre personne',
}
export const channelWords: Record<RightsRequest['channel'], string> = {
  mail: 'Courriel',
  letter: 'Courrier',
  'on-site': 'Sur place',
  phone: 'Téléphone',
}
export const mannerWords: Record<NonNullable<RightsRequest['identity']>['manner'], string> = {
  known: 'Déjà connue de qui reçoit la demande',
  'call-back': 'Rappelée à un numéro connu auparavant',
  document: 'Pièce montrée, dont aucune copie n’est gardée',
}
export const outcomeWords: Record<Answer['outcome'], string> = {
  given: 'Il y est fait droit',
  partly: 'Il y est fait droit en partie',
  refused: 'Elle est refusée',
}
export const articleWords: Record<NonNullable<Answer['article']>, string> = {
  '11-2': 'Article 11.2 : la personne ne peut pas être identifiée',
  '12-5': 'Article 12.5 : demande infondée ou excessive',
  '15-4': 'Article 15.4 : droits et libertés d’autrui',
  '17-3': 'Article 17.3 : obligation légale, mission d’intérêt public, défense de droits',
  '18-2': 'Article 18.2 : traitement qui reste permis malgré la limitation',
  '20-3': 'Article 20.3 : mission d’intérêt public',
  '21-1': 'Article 21.1 : motifs légitimes et impérieux',
  other: 'Autre',
}
export const extentWords: Record<NonNullable<RightsRequest['recipients']>['extent'], string> = {
  all: 'Tous sont prévenus',
  impossible: 'Impossible, ou un effort disproportionné',
  none: 'Personne n’avait reçu ces données',
}
export const optionsOf = <Key extends string>(
  words: Readonly<Record<Key, string>>,
  hints?: Readonly<Record<Key, string>>,
): Option[] =>
  (Object.keys(words) as Key[]).map(value => ({
    value,
    label: words[value],
    ...(hints ? { hint: hints[value] } : {}),
  }))

/** What its button says. */
export const actWords: Record<Act, string> = {
  'check-identity': 'Noter la vérification d’identité',
  extend: 'Prolonger le délai',
  answer: 'Noter la réponse',
  'tell-recipients': 'Noter qui est prévenu',
  'hand-over': 'Transmettre à l’autre partie',
  correct: 'Corriger la demande',
  withdraw: 'Reprendre la demande',
  'give-back': 'Rendre la demande',
}
export const doneWords: Record<Act, string> = {
  'check-identity': 'La vérification d’identité est notée.',
  extend: 'Le délai est prolongé.',
  answer: 'La réponse est notée.',
  'tell-recipients': 'Ce qui est dit aux destinataires est noté.',
  'hand-over': 'La demande est transmise.',
  correct: 'La demande est corrigée.',
  withdraw: 'La demande est reprise.',
  'give-back': 'La demande est rendue.',
}

export type Entry = Pick<RightsRequest, 'kind' | 'whose' | 'person' | 'channel' | 'receivedOn'>
/** What was typed of a request, each with its label, in the order of the form. */
export const entryInWords = ({ kind, person, whose, channel, receivedOn }: Entry): [label: string, words: string][] => [
  ['Droit demandé', kindWords[kind]],
  ['Personne', person],
  ['Qui elle est', whoseWords[whose]],
  ['Reçue par', channelWords[channel]],
  ['Reçue le', formatDay(receivedOn)],
]
/** What the form holds, as the service takes it. */
export const entryTyped = ({
  kind,
  person,
  whose,
  channel,
  receivedOn,
}: Readonly<Record<string, string | undefined>>) =>
  ({ kind, person: person!.trim(), whose, channel, receivedOn }) as Entry

type Tone = 'info' | 'warning' | 'success' | 'error' | 'neutral'
export const stateWords = (
  request: Pick<RightsRequest, 'state' | 'late' | 'toTell' | 'identity'>,
): { word: string; tone: Tone } => {
  if (request.state === 'closed') return { word: 'Close', tone: 'success' }
  if (request.toTell) return { word: 'Destinataires à prévenir', tone: 'warning' }
  if (request.late) return { word: 'En retard', tone: 'error' }
  return request.identity ? { word: 'À répondre', tone: 'info' } : { word: 'Identité à vérifier', tone: 'info' }
}
/** The delay: until when, and how far that is; once answered, when it was. */
export const delayWords = ({ answer, dueOn, late }: Pick<RightsRequest, 'answer' | 'dueOn' | 'late'>): string => {
  if (answer) return `Répondue le ${formatDay(answer.on)}${answer.on > dueOn ? `, pour le ${formatDay(dueOn)}` : ''}`
  return `${late ? 'Était à répondre' : 'À répondre'} pour le ${formatDay(dueOn)}, ${formatRelativeDay(dueOn)}`
}
