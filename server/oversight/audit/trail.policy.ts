import type { trailScopes } from '../../../contract/oversight/audit.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

export interface EntryRow {
  readonly actorId: string | null
  readonly organisationId: string | null
  readonly subjectKind: string
  readonly subjectId: string
}
export type TrailScope = (typeof trailScopes)[number]

/**
 * Their own acts, those on their account; the RGC their structure's, the CSSI all. The SQL twin is the policy
 * audit_entries.read.
 */
export const mayReadEntry = (viewer: Viewer, entry: EntryRow): boolean =>
  viewer.state === 'active' &&
  (entry.actorId === viewer.accountId ||
    (entry.subjectKind === 'account' && entry.subjectId === viewer.accountId) ||
    (holdsRole(viewer, 'rgc') && entry.organisationId === viewer.organisationId) ||
    holdsRole(viewer, 'cssi'))

/** What is about accounts and rights; all else may hold business data, which a role alone does not open (ACC-4). */
const aboutRights = new Set([
  'account',
  'account-import',
  'agency',
  'authentication-directive',
  'grant',
  'review',
  'rgc-deed',
  'session',
  'second-factor',
  'sign-in',
  'organisation',
  'third-party',
  'convention',
  'document',
  'access-request',
])
/** The SQL twin is the policy audit_details.read. */
export const mayReadDetail = (viewer: Viewer, entry: EntryRow): boolean =>
  viewer.state === 'active' &&
  (entry.actorId === viewer.accountId ||
    holdsRole(viewer, 'cssi') ||
    (holdsRole(viewer, 'rgc') && entry.organisationId === viewer.organisationId && aboutRights.has(entry.subjectKind)))

export const scopesOf = (viewer: Viewer): TrailScope[] => [
  'own',
  'about-me',
  ...(holdsRole(viewer, 'rgc') ? ['organisation' as const] : []),
  ...(holdsRole(viewer, 'cssi') ? ['all' as const] : []),
]
