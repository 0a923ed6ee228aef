import type { Tool } from '../../../contract/route.ts'
import type { Dated } from '../texts/conditions-rules.ts'

/** A tool of annex 4, with what its version in force says of it: null, of an installation that published none. */
export interface ToolInForce {
  readonly tool: Tool
  readonly purpose: string | null
  readonly dataCategories: string[] | null
  readonly commitments: string | null
  readonly documentationUrl: string | null
}
/** What publishing an annex does to the tools open at its instant: those it brings, and those it takes away. */
export const changesOf = (open: readonly Tool[], listed: readonly Tool[]): { opened: Tool[]; withdrawn: Tool[] } => ({
  opened: listed.filter(tool => !open.includes(tool)),
  withdrawn: open.filter(tool => !listed.includes(tool)),
})

const dayMs = 86_400_000
export type CancelRefusal = 'conditions/cancelled' | 'annex/not-last' | 'annex/cancel-too-late'
/** The last version is cancelled while it is to come, and for a day once it took effect. Null: it may be. */
export const cancelRefusal = <T extends Dated>(version: T, all: readonly T[], now: Date): CancelRefusal | null => {
  if (version.cancelledAt) return 'conditions/cancelled'
  if (all.some(other => !other.cancelledAt && other.inForceFrom > version.inForceFrom)) return 'annex/not-last'
  return now.getTime() - version.inForceFrom.getTime() >= dayMs ? 'annex/cancel-too-late' : null
}
