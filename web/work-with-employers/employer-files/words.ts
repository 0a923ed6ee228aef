import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import type {
  EmployerFile,
  fileStates,
  leftRowReasons,
  listFileRows,
} from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { formatCount } from '../../platform/format.ts'

export type File = Static<typeof EmployerFile>
export type Row = Reply<typeof listFileRows>['items'][number]

export const stepNames = [
  'Choisir le fichier',
  'Dire ce qu’est chaque colonne',
  'Revoir les lignes douteuses',
  'Essayer',
  'Importer',
  'Lire le compte rendu',
] as const

type Tone = 'info' | 'success' | 'warning' | 'neutral'
export const stateWords: Record<(typeof fileStates)[number], { word: string; tone: Tone; step: number }> = {
  receiving: { word: 'à revoir', tone: 'info', step: 3 },
  trying: { word: 'essai en cours', tone: 'info', step: 4 },
  tried: { word: 'à confirmer', tone: 'info', step: 4 },
  doing: { word: 'import en cours', tone: 'info', step: 5 },
  done: { word: 'importé', tone: 'success', step: 6 },
  undoing: { word: 'retrait en cours', tone: 'warning', step: 6 },
  undone: { word: 'défait', tone: 'neutral', step: 6 },
}
export const isRunning = ({ state }: Pick<File, 'state'>) =>
  state === 'trying' || state === 'doing' || state === 'undoing'

export const becauseWords: Record<(typeof leftRowReasons)[number], string> = {
  doubtful: 'l’établissement reste douteux',
  unknown: 'aucun établissement n’est reconnu',
  ignored: 'vous l’avez ignorée',
  outside: 'l’établissement est hors de votre périmètre',
  nothing: 'elle ne dit ni interlocuteur, ni échange, ni note',
  nobody: 'elle ne nomme personne : ni nom, ni fonction',
  'day-unreadable': 'la date de l’échange ne se lit pas',
  'day-to-come': 'la date de l’échange est à venir',
  'too-old': 'l’échange date de plus de trois ans',
  'channel-unknown': 'le canal de l’échange n’est pas reconnu',
  'result-unknown': 'le résultat de l’échange n’est pas reconnu',
  'phone-unreadable': 'un téléphone ne se lit pas',
  'email-unreadable': 'un courriel ne se lit pas',
  changed: 'quelqu’un l’a changé depuis',
}

export const rowsWords = (count: number) => formatCount(count, 'ligne')
/** « 12 interlocuteurs à créer » : what there is none of is left out. */
export const countLines = ({ people, contacts, undated, state }: File): readonly string[] => {
  const done = state === 'done' || state === 'doing'
  const some = (count: number, one: string, many: string) => (count ? [formatCount(count, one, many)] : [])
  return [
    ...some(people.added, `interlocuteur ${done ? 'créé' : 'à créer'}`, `interlocuteurs ${done ? 'créés' : 'à créer'}`),
    ...some(
      people.completed,
      `interlocuteur ${done ? 'complété' : 'à compléter'}`,
      `interlocuteurs ${done ? 'complétés' : 'à compléter'}`,
    ),
    ...some(people.known, 'interlocuteur déjà là, laissé tel quel', 'interlocuteurs déjà là, laissés tels quels'),
    ...some(
      people.objected,
      'interlocuteur opposé à la conservation de ses données : il ne revient pas',
      'interlocuteurs opposés à la conservation de leurs données : ils ne reviennent pas',
    ),
    ...some(
      people.nameless,
      'numéro ou courriel sans nom ni fonction, laissé de côté',
      'numéros ou courriels sans nom ni fonction, laissés de côté',
    ),
    ...some(
      people.closed,
      'interlocuteur laissé de côté : l’annexe 4 n’ouvre pas les interlocuteurs',
      'interlocuteurs laissés de côté : l’annexe 4 n’ouvre pas les interlocuteurs',
    ),
    ...some(
      contacts.added,
      `échange passé ${done ? 'créé' : 'à créer'}`,
      `échanges passés ${done ? 'créés' : 'à créer'}`,
    ),
    ...some(
      contacts.known,
      'échange déjà là (même jour, même canal), laissé tel quel',
      'échanges déjà là (même jour, même canal), laissés tels quels',
    ),
    ...some(
      undated.added,
      `note sans date ${done ? 'créée' : 'à créer'} sur l’employeur`,
      `notes sans date ${done ? 'créées' : 'à créer'} sur les employeurs`,
    ),
    ...some(
      undated.known,
      'note déjà là (mêmes mots), laissée telle quelle',
      'notes déjà là (mêmes mots), laissées telles quelles',
    ),
    ...some(
      undated.closed,
      'note laissée de côté : l’annexe 4 n’ouvre pas les notes',
      'notes laissées de côté : l’annexe 4 n’ouvre pas les notes',
    ),
  ]
}
export const undoneLines = ({ people, contacts, undated }: File): readonly string[] => {
  const some = (count: number, one: string, many: string) => (count ? [formatCount(count, one, many)] : [])
  return [
    ...some(contacts.removed, 'échange retiré', 'échanges retirés'),
    ...some(undated.removed, 'note retirée', 'notes retirées'),
    ...some(people.removed, 'interlocuteur retiré ou remis comme avant', 'interlocuteurs retirés ou remis comme avant'),
    ...some(
      contacts.kept,
      'échange gardé, parce que quelqu’un l’a changé depuis',
      'échanges gardés, parce que quelqu’un les a changés depuis',
    ),
    ...some(
      undated.kept,
      'note gardée, parce que quelqu’un l’a changée depuis',
      'notes gardées, parce que quelqu’un les a changées depuis',
    ),
    ...some(
      people.kept,
      'interlocuteur gardé, parce que quelqu’un s’en est servi depuis',
      'interlocuteurs gardés, parce que quelqu’un s’en est servi depuis',
    ),
  ]
}
