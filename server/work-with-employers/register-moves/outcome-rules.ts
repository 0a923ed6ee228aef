import { dayInWords } from '../../platform/french.ts'
import { siretText } from '../../platform/siret.ts'
import type { TargetStatus } from '../campaigns/target-rules.ts'
import type { Fate } from './fate-rules.ts'

/** A target of an establishment that closed, and where its successor stands in the same campaign. */
export interface MovedTarget {
  readonly campaignId: string
  readonly campaignStatus: 'draft' | 'open' | 'closed' | 'archived'
  readonly status: TargetStatus
  /** The campaign holds it for its period. */
  readonly held: boolean
  /** The successor lies within the campaign's territory. */
  readonly within: boolean
  /** The successor is a target of this campaign already. */
  readonly successorStatus: TargetStatus | null
  /** The structure whose campaign holds the successor in that period, or in the days before either closes. */
  readonly heldBy: string | null
  /** The person of the successor objects to diffusion. */
  readonly successorObjects: boolean
}
/**
 * `stopped`: set aside. `finished`: dealt with before, only its hold goes. `carried`: its successor takes its place.
 * `merged`: its successor was a target already. `aside`: its successor is a target set aside, for the pilot to decide.
 */
export interface Outcome {
  readonly campaignId: string
  readonly outcome: 'stopped' | 'finished' | 'carried' | 'merged' | 'aside'
  /** Why the former target is set aside. */
  readonly said: string
  /** Where the successor stands. */
  readonly status?: TargetStatus
  readonly successorSaid?: string | null
}
const untouched: readonly TargetStatus[] = ['a-contacter', 'prise-en-charge']
const lives = ({ campaignStatus }: MovedTarget) => campaignStatus === 'draft' || campaignStatus === 'open'

/** What becomes of a target; nothing where the campaign is over, or where it was set aside already. */
export const outcomeOf = (target: MovedTarget, fate: Exclude<Fate, { kind: 'open' }>): Outcome | undefined =>
  fate.kind === 'continued' ? carried(target, fate.successor) : stopped(target, fate)

/** EST-10: no campaign aims at a person who objects, added before or carried there. */
const objection = 'La personne s’oppose à la diffusion de ses données, selon le répertoire'

const stopped = (
  target: MovedTarget,
  fate: Extract<Fate, { kind: 'closed' }> | Extract<Fate, { kind: 'objects' }>,
): Outcome | undefined => {
  if (!lives(target) || target.status === 'ecarte') return undefined
  const when = fate.closedOn === null ? 'Fermé' : `Fermé le ${dayInWords(fate.closedOn)}`
  const said =
    fate.kind === 'objects'
      ? objection
      : `${when} selon le répertoire${fate.several ? ' : plusieurs établissements lui succèdent' : ''}`
  return { campaignId: target.campaignId, outcome: target.status === 'traite' ? 'finished' : 'stopped', said }
}

/**
 * A campaign that is over follows too: its figures count the employer once, under its number of today. Two campaigns
 * never hold one employer unseen (CAM-3): where another holds the successor, the pilot decides.
 */
const carried = (target: MovedTarget, successor: number): Outcome => {
  const { campaignId, status, successorStatus } = target
  const said = `Continue sous le SIRET ${siretText(successor)}`
  if (successorStatus !== null)
    return { campaignId, outcome: 'merged', said, status: mergedStatus(status, successorStatus) }
  const aside = (successorSaid: string): Outcome => ({
    campaignId,
    outcome: 'aside',
    said,
    status: 'ecarte',
    successorSaid,
  })
  if (status === 'ecarte') return aside('Mis de côté sous son ancien SIRET')
  if (lives(target) && !target.within) return aside('Parti hors du territoire de la campagne')
  if (lives(target) && target.successorObjects && status !== 'traite') return aside(objection)
  if (target.heldBy !== null) return aside(`Déjà suivi par ${target.heldBy}`)
  return { campaignId, outcome: 'carried', said, status, successorSaid: null }
}

/** What was obtained with either counts. A successor that its pilot set aside stays so. */
const mergedStatus = (former: TargetStatus, successor: TargetStatus): TargetStatus =>
  untouched.includes(successor) && former !== 'ecarte' && former !== 'a-contacter' ? former : successor
