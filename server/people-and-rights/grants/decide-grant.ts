import type { Static } from 'typebox'
import type { grantAccess } from '../../../contract/people-and-rights/grants.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import { openedAloneNotice, toConfirmNotice } from '../confirmations/confirmations.mails.ts'
import type { Asked } from '../confirmations/confirmations.queries.ts'
import { perimeterWithin } from '../organisations/ceiling.queries.ts'
import type { PersonRow } from '../people/people.queries.ts'
import * as acts from './acts.ts'
import { faultOf } from './grant-rules.ts'
import { excessNotice } from './grants.mails.ts'
import { alikeHeld, type DecidedGrant, perimeterKnown } from './grants.queries.ts'

export type AskedGrant = Pick<Static<(typeof grantAccess)['body']>, 'tool' | 'profile' | 'perimeter' | 'reason'> & {
  readonly purpose: DecidedGrant['purpose']
  readonly startsOn?: string | null | undefined
  readonly endsOn?: string | null | undefined
  readonly duties?: string | null | undefined
}

/**
 * Gives a grant to a locked person whom the viewer may decide for. `replaces`: the grant that it takes the place of.
 * `resumes`: the suspended one that it follows.
 * Checks it, does it, and tells those who must know that it waits or exceeds the function (ACC-2).
 */
export const decideGrant = async (
  person: PersonRow,
  asked: AskedGrant,
  replaces: string | null,
  during: Correcting,
  resumes: string | null = null,
): Promise<{ id: string; entry: Entry; told: Told | null }> => {
  const grant = { ...(await checked(person, asked, replaces, during)), ...(resumes ? { replaces: resumes } : {}) }
  const given = replaces ? await acts.change({ ...grant, replaces }, null, during) : await acts.give(grant, during)
  if (!given) throw new Refused('grant/over')
  const told = await tellOthers(person, grant, given.asked, during)
  const { entry } = given
  return { id: grant.id, told, entry: told ? { ...entry, detail: { ...entry.detail, told } } : entry }
}

const checked = async (
  person: PersonRow,
  asked: AskedGrant,
  replaces: string | null,
  { db, viewer, today, newId }: Context,
): Promise<DecidedGrant> => {
  if (person.status === 'deleted') throw new Refused('person/gone')
  const { tool, profile, purpose, perimeter } = asked
  const grant: DecidedGrant = {
    id: newId(),
    accountId: person.id,
    organisationId: person.organisationId,
    tool,
    profile,
    purpose,
    reason: asked.reason.trim(),
    duties: asked.duties?.trim() || null,
    territoryId: 'territoryId' in perimeter ? perimeter.territoryId : null,
    agencyId: 'agencyId' in perimeter ? perimeter.agencyId : null,
    startsOn: asked.startsOn ?? today,
    endsOn: asked.endsOn ?? null,
    beyondFunction: exceedsFunction(person.function, tool, profile),
    grantedBy: viewer.accountId,
    replaces,
  }
  const fault = faultOf(grant, person.isManager, today)
  if (fault) throw new Refused(fault)
  if (!(await perimeterKnown(db, grant.territoryId, grant.agencyId, person.organisationId)))
    throw new Refused(grant.agencyId ? 'agency/unknown' : 'territory/unknown')
  if (!(await perimeterWithin(db, grant))) throw new Refused('territory/beyond-structure')
  if (await alikeHeld(db, grant, replaces, today)) throw new Refused('grant/already')
  return grant
}

const tellOthers = async (
  person: PersonRow,
  grant: DecidedGrant,
  asked: readonly Asked[],
  { db, viewer, now, newId }: Context,
): Promise<Told | null> => {
  const others = { organisationId: person.organisationId, but: [viewer.accountId, person.id] }
  const notices = asked.filter(one => one.now).map(one => noticeOf(one, person.id, viewer.organisationName))
  if (grant.beyondFunction) notices.push(excessNotice(person.id, viewer.organisationName, grant))
  let told: Told | null = null
  for (const notice of notices) told = together(told, await tellRoles(db, others, notice, { newId, now }))
  return told
}
const noticeOf = ({ why, waits }: Asked, accountId: string, organisation: string): Notice =>
  why === 'wide-perimeter'
    ? toConfirmNotice({ grantOf: accountId })
    : waits
      ? toConfirmNotice({ openedAndGranted: accountId })
      : openedAloneNotice(accountId, organisation)
const together = (a: Told | null, b: Told): Told => {
  if (!a) return b
  const known = new Set(a.emptyRoles.map(({ party, role }) => `${party} ${role}`))
  return {
    mails: a.mails + b.mails,
    emptyRoles: [...a.emptyRoles, ...b.emptyRoles.filter(({ party, role }) => !known.has(`${party} ${role}`))],
  }
}
