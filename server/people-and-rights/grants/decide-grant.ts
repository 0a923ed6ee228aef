import type { Static } from 'typebox'
import type { grantAccess } from '../../../contract/people-and-rights/grants.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'
import { toConfirmNotice } from '../confirmations/confirmations.mails.ts'
import { grantWaits } from '../confirmations/confirmations.queries.ts'
import { perimeterWithin } from '../organisations/ceiling.queries.ts'
import type { PersonRow } from '../people/people.queries.ts'
import { faultOf } from './grant-rules.ts'
import { changedMail, excessNotice, grantedMail } from './grants.mails.ts'
import { alikeHeld, type DecidedGrant, insertDecided, perimeterKnown } from './grants.queries.ts'

export type AskedGrant = Pick<
  Static<(typeof grantAccess)['body']>,
  'tool' | 'profile' | 'perimeter' | 'purpose' | 'reason'
> & {
  readonly startsOn?: string | null | undefined
  readonly endsOn?: string | null | undefined
  readonly duties?: string | null | undefined
}

/**
 * Gives a grant to a person who was locked and may be decided for: checks it, writes it, tells the person, and who must
 * know what exceeds the function (ACC-2).
 */
export const decideGrant = async (
  person: PersonRow,
  asked: AskedGrant,
  replaces: string | null,
  { db, viewer, now, today, newId }: Context,
): Promise<{ id: string; entry: Entry; told: Told | null }> => {
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
  await insertDecided(db, grant)
  const waits = await grantWaits(db, grant.id)
  await tellPerson(
    db,
    replaces ? changedMail(person.id, grant, waits) : grantedMail(person.id, grant, grant.beyondFunction, waits),
    { newId, now },
  )
  const others = { organisationId: person.organisationId, but: [viewer.accountId, person.id] }
  const toConfirm = waits ? await tellRoles(db, others, toConfirmNotice({ grantOf: person.id }), { newId, now }) : null
  const excess = grant.beyondFunction
    ? await tellRoles(db, others, excessNotice(person.id, viewer.organisationName, grant), { newId, now })
    : null
  const told =
    toConfirm && excess
      ? {
          mails: toConfirm.mails + excess.mails,
          emptyRoles: [
            ...toConfirm.emptyRoles,
            ...excess.emptyRoles.filter(r => !toConfirm.emptyRoles.some(o => o.party === r.party && o.role === r.role)),
          ],
        }
      : (toConfirm ?? excess)
  const { id, accountId: _1, organisationId: _2, grantedBy: _3, ...detail } = grant
  return {
    id,
    told,
    entry: {
      action: replaces ? 'grant.changed' : 'grant.given',
      subject: ['account', person.id],
      detail: { grant: id, ...detail, ...(waits ? { waits } : {}), ...(told ? { told } : {}) },
    },
  }
}
