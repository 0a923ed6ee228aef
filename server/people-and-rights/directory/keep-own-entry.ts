import * as contract from '../../../contract/people-and-rights/directory.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { e164 } from '../../platform/phone.ts'
import { mayKeepEntry } from './directory.policy.ts'
import { ownEntry, saveEntry } from './directory.queries.ts'
import { changedFields } from './directory-rules.ts'

/** The trail says which fields changed, and whether the phone is hidden; it holds no number. */
export const keepOwnEntry = action(contract.keepOwnEntry, {
  load: async (_input, { db }) => ownEntry(db),
  may: (viewer, entry) => mayKeepEntry(viewer, entry),
  run: async (before, { body, ifMatch }, { db, viewer, now }) => {
    const phone = body.phoneNumber === null ? null : e164(body.phoneNumber)
    if (phone === undefined) throw new Refused('directory/phone-unreadable')
    if (body.agencyId !== null && !before.agencies.some(({ id }) => id === body.agencyId))
      throw new Refused('directory/agency-elsewhere')
    const { civility, phoneHidden, agencyId } = body
    const entry = { accountId: viewer.accountId, organisationId: viewer.organisationId, changedAt: now }
    const saved =
      before.version === ifMatch && (await saveEntry(db, { ...entry, civility, phone, phoneHidden, agencyId }, ifMatch))
    const { accountId: _, ...current } = await ownEntry(db)
    const reply = { ...current, agencies: [...current.agencies] }
    if (!saved) throw new Refused('request/changed-meanwhile', { current: reply })
    const detail = { changed: changedFields(before, current), phoneHidden }
    return { reply, audit: [{ action: 'directory-entry.kept', subject: ['account', viewer.accountId], detail }] }
  },
})
