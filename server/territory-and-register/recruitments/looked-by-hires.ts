import type { Entry } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'

export interface HiresAsked {
  readonly hires: string
  readonly hiresAtLeast: number
  readonly territory: number | null
  /** One number is one employer. */
  readonly siret: string | null
}

/**
 * The entry of a search by hires that another act makes, as the search writes its own (SEC-1, REC-2). Of one employer it
 * is its card read. None without the tool: nothing is then found by hires.
 */
export const lookedByHires = (
  viewer: Viewer,
  { siret, territory, ...said }: HiresAsked,
  within: Readonly<Record<string, string>>,
): Entry[] =>
  holds(viewer, 'fiche-recrutement', 'consultation')
    ? [
        {
          action: siret === null ? 'recruitment.searched' : 'recruitment.read',
          subject: siret === null ? ['list', viewer.accountId] : ['establishment', siret],
          detail: { ...within, ...said, ...(territory === null ? {} : { territory }) },
        },
      ]
    : []
