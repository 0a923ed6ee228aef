import { categoriesOf, type DataCategory, type Tool } from '../../../contract/route.ts'
import type { Dated } from '../texts/conditions-rules.ts'

/** A tool of annex 4, with what its version in force says of it: null, of an installation that published none. */
export interface ToolInForce {
  readonly tool: Tool
  readonly purpose: string | null
  readonly dataCategories: string[] | null
  /** Null too of a version published before codes. */
  readonly categories: readonly DataCategory[] | null
  readonly commitments: string | null
  readonly documentationUrl: string | null
}
/** What publishing an annex does to the tools open at its instant: those it brings, and those it takes away. */
export const changesOf = (open: readonly Tool[], listed: readonly Tool[]): { opened: Tool[]; withdrawn: Tool[] } => ({
  opened: listed.filter(tool => !open.includes(tool)),
  withdrawn: open.filter(tool => !listed.includes(tool)),
})

interface EntryCodes {
  readonly tool: Tool
  readonly categories: readonly DataCategory[]
}
/**
 * What publishing an annex does to the categories of the tools that stay (AGR-12). Those of a tool that it brings or takes
 * away are told with the tool. `before`: what the last version says; a tool open without one has each of its categories.
 */
export const categoryChangesOf = (
  open: readonly Tool[],
  before: readonly EntryCodes[],
  listed: readonly EntryCodes[],
): { opened: DataCategory[]; closed: DataCategory[] } => {
  const changes = listed
    .filter(({ tool }) => open.includes(tool))
    .map(({ tool, categories }) => {
      const former: readonly DataCategory[] = before.find(e => e.tool === tool)?.categories ?? categoriesOf[tool]
      return {
        opened: categories.filter(category => !former.includes(category)),
        closed: former.filter(category => !categories.includes(category)),
      }
    })
  return { opened: changes.flatMap(c => c.opened), closed: changes.flatMap(c => c.closed) }
}
/** Whether a category is listed under a tool that is not its own. */
export const hasStrayCategory = (entries: readonly EntryCodes[]): boolean =>
  entries.some(({ tool, categories }) => {
    const own: readonly DataCategory[] = categoriesOf[tool]
    return categories.some(category => !own.includes(category))
  })

const dayMs = 86_400_000
export type CancelRefusal = 'conditions/cancelled' | 'annex/not-last' | 'annex/cancel-too-late'
/** The last version is cancelled while it is to come, and for a day once it took effect. Null: it may be. */
export const cancelRefusal = <T extends Dated>(version: T, all: readonly T[], now: Date): CancelRefusal | null => {
  if (version.cancelledAt) return 'conditions/cancelled'
  if (all.some(other => !other.cancelledAt && other.inForceFrom > version.inForceFrom)) return 'annex/not-last'
  return now.getTime() - version.inForceFrom.getTime() >= dayMs ? 'annex/cancel-too-late' : null
}
