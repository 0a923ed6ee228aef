import { tellPerson } from '../../notifications/tell.ts'
import type { Db } from '../../platform/database.ts'
import { type Leaver, leaverMail } from './leaver.mails.ts'

/** PRI-7: in the transaction that records the departure; says the mail's id, for the trail. */
export const remindLeaver = (
  db: Db,
  leaver: Leaver,
  means: { readonly newId: () => string; readonly now: Date },
): Promise<string> => tellPerson(db, leaverMail(leaver), means)
