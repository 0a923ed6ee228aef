import type { Verdict } from '../../platform/action.ts'
import { holds, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayRecord } from '../exchanges/exchanges.policy.ts'

/**
 * Opening a file, and keeping what its columns are: whoever records exchanges somewhere. The SQL twins are the policies
 * employer_files.open, employer_file_columns.keep and employer_file_columns.keep_again.
 */
export const mayOpenFile = (viewer: Viewer): Verdict => holds(viewer, 'campagnes', 'conseiller') || 'access/no-grant'

/** Each reads their own files, and goes on with them. The SQL twins are employer_files.read and employer_file_lines.read. */
export const mayReadFile = (viewer: Viewer, { byId }: { readonly byId: string }): Verdict =>
  byId === viewer.accountId || 'not-found'

/** Goes on with a file of one's own, as who opens one. */
export const mayGoOn = (viewer: Viewer, file: { readonly byId: string }): Verdict => {
  const verdict = mayReadFile(viewer, file)
  return verdict === true ? mayOpenFile(viewer) : verdict
}

/** Whether a row of an employer may be written there: as one exchange recorded, by the same rights. */
export const mayImportAt = (viewer: Viewer, place: TerritoryLine): boolean => mayRecord(viewer, place) === true
