/**
 * Whom people met at an employer, and who said what of them.
 * Owns: tables correspondents, correspondents_apart, correspondent_*,
 * objection_digests; acts correspondent.*.
 * Uses: establishments.
 * Reads: accounts, establishments, organisations, provisional_establishments.
 * Start: `correct-correspondent.ts`, then `value-rules.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { addCorrespondent } from './add-correspondent.ts'
import { chooseCorrespondentValue, setCorrespondentValueAside } from './choose-correspondent-value.ts'
import { confirmCorrespondent } from './confirm-correspondent.ts'
import { correctCorrespondent } from './correct-correspondent.ts'
import { liftObjection } from './lift-objection.ts'
import { linkCorrespondent } from './link-correspondent.ts'
import { listCorrespondents } from './list-correspondents.ts'
import { listCorrespondentsBeside } from './list-correspondents-beside.ts'
import { mergeCorrespondents } from './merge-correspondents.ts'
import { objectCorrespondent } from './object-correspondent.ts'
import { readCorrespondentHistory } from './read-correspondent-history.ts'
import { retireCorrespondent } from './retire-correspondent.ts'
import { returnCorrespondent } from './return-correspondent.ts'
import { tellCorrespondentsApart } from './tell-correspondents-apart.ts'
import { unlinkCorrespondent } from './unlink-correspondent.ts'
import { unmergeCorrespondents } from './unmerge-correspondents.ts'

export const correspondents: readonly Action[] = [
  listCorrespondents,
  listCorrespondentsBeside,
  readCorrespondentHistory,
  addCorrespondent,
  correctCorrespondent,
  confirmCorrespondent,
  chooseCorrespondentValue,
  setCorrespondentValueAside,
  retireCorrespondent,
  returnCorrespondent,
  linkCorrespondent,
  unlinkCorrespondent,
  mergeCorrespondents,
  unmergeCorrespondents,
  tellCorrespondentsApart,
  objectCorrespondent,
  liftObjection,
]
