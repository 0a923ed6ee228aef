import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'

const senders = ['signataire', 'responsable-operationnel', 'direction-regionale', 'cssi']

/**
 * Those who act for a party, and security officers, send files; the act that keeps one asks its own right.
 * The SQL twins are ctx.sends_files and the policy uploads.begin.
 */
export const maySend = (viewer: Viewer): Verdict =>
  viewer.roles.some(({ role }) => senders.includes(role)) || 'upload/for-parties-only'

/** One's own alone. The SQL twins are the policies uploads.read and upload_pieces.read. */
export const mayReadUpload = (viewer: Viewer, { byId }: { readonly byId: string }): Verdict =>
  byId === viewer.accountId || 'not-found'
