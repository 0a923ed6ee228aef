import type pg from 'pg'
import { aGrant, anAccount, insertAccount } from '../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../platform/ids.ts'
import { insertSession } from '../signing-in/identity/testing.ts'

/** The cookie of a pilot who may create campaigns. */
export const asPilot = async (owner: pg.Pool): Promise<string> => {
  const { id } = await insertOrganisation(owner, anOrganisation())
  const account = await insertAccount(owner, anAccount(id), [aGrant({ profile: 'pilote' })])
  return (await insertSession(owner, account.id)).cookie
}

const campaign = {
  name: 'Au travail',
  purpose: 'prospection',
  territoryId: 0,
  startsOn: '2027-01-04',
  endsOn: '2027-03-31',
  memberIds: [],
}
/** What a running service gives the pilot: a read's status, a write's, the entries of the trail of this write. */
export const atWork = async (url: string, cookie: string, owner: pg.Pool) => {
  const read = await fetch(`${url}/api/campaigns`, { headers: { cookie } })
  const write = await fetch(`${url}/api/campaigns`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: JSON.stringify(campaign),
  })
  const { id } = (await write.json()) as { id: string }
  const trail = await owner.query('select from audit_entries where subject_id = $1', [id])
  return [read.status, write.status, trail.rowCount]
}
