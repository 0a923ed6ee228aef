import { ofName, ofStructure, theStructure, toStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import type {
  giveWorkBack,
  listWorkToTakeOver,
  takeWorkOver,
} from '../../../contract/work-with-employers/taking-over.ts'
import { formatCount, formatDay, formatList } from '../../platform/format.ts'
import type { ApiProblem } from '../../platform/problem.ts'

export type Waiting = Reply<typeof listWorkToTakeOver>['items'][number]
export type Recipient = Reply<typeof listWorkToTakeOver>['recipients'][number]
type Part = Waiting['parts'][number]

export const whose = ({ person, organisation }: Waiting) => person?.name ?? organisation.name
/** « de Claire Dufau », « du PLIE des Essais ». */
export const ofWhom = ({ person, organisation }: Waiting) =>
  person ? ofName(person.name) : ofStructure(organisation.name)
/** Why, no more than the colleagues may know. */
export const whyWords = ({ why, awayUntil }: Waiting): string => {
  if (why === 'departed') return 'Compte supprimé'
  if (why === 'no-access') return 'N’a plus accès'
  if (why === 'convention-over') return 'Convention terminée'
  if (why === 'no-pilot') return 'Plus personne dans cette structure ne peut piloter ce qui suit'
  return awayUntil ? `En absence jusqu’au ${formatDay(awayUntil)} inclus` : 'En absence'
}
export const partWords = ({ kind, campaign, clpe, count, late, firstDueOn }: Part, why: Waiting['why']): string => {
  if (kind === 'campaign') return `La responsabilité de la campagne « ${campaign?.name ?? ''} »`
  if (kind === 'piloting')
    return `Le pilotage de la campagne « ${campaign?.name ?? ''} »${
      why === 'no-pilot' ? ' : la structure en reste membre' : ', et ce que cette structure y tient'
    }`
  if (kind === 'task-force') return `Le pilotage de la task force ${ofName(clpe?.name ?? '')}`
  if (kind === 'targets') return `${formatCount(count, 'cible')} de « ${campaign?.name ?? ''} »`
  if (kind === 'needs') return formatCount(count, 'besoin d’employeur', 'besoins d’employeurs')
  const first = firstDueOn ? `, la première le ${formatDay(firstDueOn)}` : ''
  return `${formatCount(count, 'prochaine action', 'prochaines actions')}${late ? `, dont ${late} en retard` : ''}${first}`
}
export const partKey = ({ kind, campaign, clpe }: Part) => `${kind}/${campaign?.id ?? clpe?.id ?? ''}`
export const chosenParts = (work: Waiting, keys: readonly string[]) =>
  work.parts
    .filter(part => keys.includes(partKey(part)))
    .map(({ kind, campaign, clpe }) => ({
      kind,
      campaignId: campaign?.id ?? null,
      ...(clpe ? { clpeId: clpe.id } : {}),
    }))

/** « Repris : 12 cibles et 3 prochaines actions. » */
export const doneWords = (done: Reply<typeof takeWorkOver>, to: string | null): string => {
  const { targets, nextActions, needs, campaigns, taskForces, left } = done
  const parts = [
    targets > 0 && formatCount(targets, 'cible'),
    nextActions > 0 && formatCount(nextActions, 'prochaine action', 'prochaines actions'),
    needs > 0 && formatCount(needs, 'besoin d’employeur', 'besoins d’employeurs'),
    campaigns > 0 && formatCount(campaigns, 'campagne'),
    taskForces > 0 && formatCount(taskForces, 'task force', 'task forces'),
  ].filter(part => part !== false)
  const stays = left
    ? ` ${formatCount(left, 'élément reste', 'éléments restent')} à reprendre par quelqu’un d’autre.`
    : ''
  return `${to ? `Confié à ${to}` : 'Repris'} : ${formatList(parts)}.${stays}`
}

/** « Rendu à Claire Dufau : 12 cibles. » What was worked since is not given back: it is counted. */
export const givenBackWords = (
  given: Reply<typeof giveWorkBack>,
  passed: { readonly targets: number; readonly nextActions: number },
  to: string,
): string => {
  const parts = [
    given.targets > 0 && formatCount(given.targets, 'cible'),
    given.nextActions > 0 && formatCount(given.nextActions, 'prochaine action', 'prochaines actions'),
  ].filter(part => part !== false)
  const kept = passed.targets + passed.nextActions - given.targets - given.nextActions
  const stays =
    kept > 1
      ? ` ${formatCount(kept, 'élément', 'éléments')}, travaillés depuis, ne sont pas rendus.`
      : kept === 1
        ? ' Un élément, travaillé depuis, n’est pas rendu.'
        : ''
  return `Rendu à ${to} : ${formatList(parts)}.${stays}`
}

/** « Rendu au PLIE des Essais : 1 campagne. » One that was changed since is not given back: it is counted. */
export const givenCampaignsBackWords = (given: number, passed: number, to: string): string => {
  const kept = passed - given
  const stays = kept
    ? ` ${formatCount(kept, 'campagne, modifiée depuis, n’est pas rendue', 'campagnes, modifiées depuis, ne sont pas rendues')}.`
    : ''
  return `Rendu ${toStructure(to)} : le pilotage de ${formatCount(given, 'campagne')}.${stays}`
}

/** Which structure took a task force over meanwhile; undefined of another refusal. */
export const whoTook = ({ code, facts }: ApiProblem): string[] | undefined =>
  code === 'taking-over/taken-by-another'
    ? (facts as { taskForces: { clpe: string; pilot: string; ours: boolean }[] }).taskForces.map(
        ({ clpe, pilot, ours }) =>
          ours
            ? `Votre structure pilote déjà la task force ${ofName(clpe)} : un collègue vient de la reprendre.`
            : `La task force ${ofName(clpe)} est désormais pilotée par ${theStructure(pilot)}.`,
      )
    : undefined
