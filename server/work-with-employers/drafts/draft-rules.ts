import {
  type draftKinds,
  type draftPlaces,
  mostDrafts,
  mostDraftText,
} from '../../../contract/work-with-employers/drafts.ts'
import { Refused } from '../../platform/errors.ts'
import { isUuid } from '../../platform/ids.ts'

export interface Session {
  readonly sessionId: string
  readonly device: string
}

/** Where the last words of a draft were typed, seen from here. */
export const whereTyped = (saved: Session, here: Session): (typeof draftPlaces)[number] =>
  saved.sessionId === here.sessionId ? 'here' : saved.device === here.device ? 'other-session' : 'other-device'

/** An exchange is typed about a SIRET, its correction about its id. A check of the table holds the same. */
export const checkSubject = (kind: (typeof draftKinds)[number], subject: string): void => {
  if ((kind === 'exchange') === isUuid(subject)) throw new Refused('request/malformed')
}
export const checkContent = (content: Readonly<Record<string, string>>): void => {
  const length = Object.entries(content).reduce((sum, [name, words]) => sum + name.length + words.length, 0)
  if (length > mostDraftText) throw new Refused('draft/too-long')
}
/** `present` is null when this is a new one among `count`. */
export const checkCount = (count: number, present: unknown): void => {
  if (present === null && count >= mostDrafts) throw new Refused('draft/too-many')
}
