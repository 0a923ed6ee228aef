import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'

/**
 * The directory opens with a grant in effect, of any tool; a role alone does not (annex 4). The SQL twins are
 * ctx.holds_a_grant, ctx.directory and ctx.directory_card.
 */
export const mayReadDirectory = (viewer: Viewer): Verdict => viewer.grants.length > 0 || 'directory/grant-required'

/**
 * Each keeps their own entry, and nobody else's. The SQL twins are directory_entries.read, directory_entries.say and
 * directory_entries.correct.
 */
export const mayKeepEntry = (viewer: Viewer, entry: { readonly accountId: string }): Verdict =>
  entry.accountId === viewer.accountId || 'not-found'
