import type { Viewer } from '../../platform/viewer.ts'
import type { ExchangeRow } from '../exchanges/exchanges.policy.ts'
import { mayReadNote } from './notes.policy.ts'

/**
 * A version: where its note is read, and its own visibility may keep it too. The SQL twin is the policy
 * note_versions.read.
 */
export const mayReadVersion = (viewer: Viewer, version: ExchangeRow & { readonly note: ExchangeRow }): boolean =>
  mayReadNote(viewer, version.note) &&
  (version.visibility === 'reseau' || version.organisationId === viewer.organisationId)
