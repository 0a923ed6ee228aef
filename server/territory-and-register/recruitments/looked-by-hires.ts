import type { Entry } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'

export interface HiresAsked {
  /** Kinds of contract, where a criterion has several. */
  readonly hires?: string | readonly string[] | undefined
  readonly hiresAtLeast?: number | undefined
  readonly expectedHires?: number | undefined
  readonly territory?: number | undefined
  /** One number is one employer. */
  readonly siret?: string | undefined
}

/**
 * The entry of a search by hires that another act makes, as the search writes its own (SEC-1, REC-2). Of one employer it
 * is its card read. None without the tool: nothing is then found by hires.
 */
export const lookedByHires = (
  viewer: Viewer,
  { siret, ...said }: HiresAsked,
  within: Readonly<Record<string, string>>,
): Entry[] =>
  holds(viewer, 'fiche-recrutement', 'consultation')
    ? [
        {
          action: siret === undefined ? 'recruitment.searched' : 'recruitment.read',
          subject: siret === undefined ? ['list', viewer.accountId] : ['establishment', siret],
          detail: { ...within, ...said },
        },
      ]
    : []
