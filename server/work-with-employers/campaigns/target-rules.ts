import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/campaigns.ts'
import type { results } from '../../../contract/work-with-employers/exchanges.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

/** As the contract says it, less what depends on who asks, plus its place. */
export interface Target extends Omit<Static<typeof contract.Target>, 'allowed'> {
  readonly place: TerritoryLine
}
export type TargetStatus = Target['status']
export type Result = (typeof results)[number]

/**
 * Where what was heard leads; an attempt that settled nothing leads nowhere. The table exchange_results says the same.
 */
export const leadsTo: Partial<Record<Result, TargetStatus>> = {
  'besoin-detecte': 'besoin',
  'rendez-vous-pris': 'rendez-vous',
  'pas-de-besoin': 'traite',
  refus: 'traite',
  ferme: 'traite',
  'deja-suivi': 'traite',
}
const untouched: readonly TargetStatus[] = ['a-contacter', 'prise-en-charge']

/**
 * The status of a target after one more contact. An attempt that settled nothing never undoes what was obtained: a need
 * stays a need when the next call rings out. `null` is a result kept to the organisation that made the contact: it
 * shows that a contact took place, nothing more (EST-11).
 */
export const afterContact = (status: TargetStatus, result: Result | null): TargetStatus => {
  if (status === 'ecarte') return status
  return (result && leadsTo[result]) ?? (untouched.includes(status) ? 'en-cours' : status)
}

export interface Obtained {
  readonly meeting: boolean
  readonly need: boolean
}
/**
 * The status of a target that is put back: what its contacts obtained, as every member may know it. What was closed is
 * under way again.
 */
export const statusBack = (contacts: Obtained | undefined): TargetStatus => {
  if (!contacts) return 'a-contacter'
  return contacts.need ? 'besoin' : contacts.meeting ? 'rendez-vous' : 'en-cours'
}

/**
 * The status that all its contacts give, oldest first: what a correction or a cancellation leaves. What the pilot set
 * aside or closed stays so.
 */
export const statusFrom = (
  { status, taken, closed }: { readonly status: TargetStatus; readonly taken: boolean; readonly closed: boolean },
  resultsInOrder: readonly (Result | null)[],
): TargetStatus =>
  status === 'ecarte' || closed
    ? status
    : resultsInOrder.reduce<TargetStatus>(afterContact, taken ? 'prise-en-charge' : 'a-contacter')
