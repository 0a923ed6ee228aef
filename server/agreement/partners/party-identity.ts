import * as contract from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { parseSiret, siretText } from '../../platform/siret.ts'
import { mayDraft } from '../conventions/conventions.policy.ts'
import { loadConvention, lockConvention } from '../conventions/conventions.queries.ts'
import { changeIdentity, type IdentityRow, identitiesOf } from './party-identity.queries.ts'
import { partyReply } from './party-reply.ts'
import { siretsOf } from './party-sirets.queries.ts'

export const getPartyIdentity = action(contract.getPartyIdentity, {
  load: async ({ params: { conventionId } }, { db }) => {
    const [loaded, identities, sirets] = await Promise.all([
      loadConvention(db, conventionId),
      identitiesOf(db, conventionId),
      siretsOf(db, conventionId),
    ])
    return { loaded: found(loaded), identities, sirets }
  },
  may: () => true, // row-level security answers who reads the convention
  run: async (known, _input, context) => partyReply(context, known),
})

const changedNotice = (conventionId: string, before: IdentityRow, after: IdentityRow): Notice => ({
  kind: 'structure-identity',
  subject: 'L’identité de votre structure change dans le service',
  path: `/conventions/${conventionId}`,
  about: ['convention', conventionId],
  text: `La direction régionale de l’opérateur a ${
    after.cause === 'correction' ? 'corrigé' : 'mis à jour'
  } l’identité ${ofStructure(before.name)} : ${after.name}, SIRET ${siretText(after.siret)}${
    after.address ? `, ${after.address}` : ''
  }.\n\nMotif : ${after.reason}\n\nCe qui est signé ne change pas. L’acte d’engagement des RGC est à refaire si le nom ou le SIRET a changé. Si cette identité est fausse, dites-le à la direction régionale.`,
})

/**
 * AGR-15: who a partner is follows a correction, a change of name, of SIRET or of address, a merger, with its day. The
 * structure stays the same one: its people, its work and its convention go on. What was signed keeps what it said.
 */
export const changePartyIdentity = action(contract.changePartyIdentity, {
  load: async ({ params: { conventionId } }, { db }) => {
    const loaded = found(await lockConvention(db, conventionId))
    return { loaded, identities: await identitiesOf(db, conventionId), sirets: await siretsOf(db, conventionId) }
  },
  may: (viewer, { loaded }) => mayDraft(viewer, loaded.convention),
  run: async (known, { body, ifMatch }, context) => {
    const { db, viewer, now, newId } = context
    const { id, organisationId, regionId } = known.loaded.convention
    const before = found(known.identities[0])
    if (ifMatch !== before.version)
      throw new Refused('request/changed-meanwhile', { current: partyReply(context, known) })
    const siret = parseSiret(body.siret)
    if (siret === undefined) throw new Refused('partner/siret-wrong')
    const { cause, since, kind } = body
    const asked = { cause, since, siret, kind, name: body.name.trim(), address: body.address?.trim() || null }
    const outcome = await changeIdentity(db, id, before.version, { ...asked, reason: body.reason.trim() })
    if (outcome) throw new Refused(refusedFor(outcome))
    const identities = await identitiesOf(db, id)
    const after = found(identities[0])
    const told = await tellRoles(
      db,
      { organisationId, regionId, but: [viewer.accountId] },
      changedNotice(id, before, after),
      { newId, now },
    )
    return {
      reply: { ...partyReply(context, { ...known, identities }), told },
      audit: [
        {
          action: 'partner.identity-changed',
          subject: ['organisation', organisationId],
          detail: { convention: id, cause, before: said(before), after: said(after), reason: after.reason, told },
        },
      ],
    }
  },
})
const said = ({ version, since, siret, name, kind, address }: IdentityRow) => ({
  version,
  since,
  siret: siretText(siret),
  name,
  kind,
  address,
})
/** What change_party_identity answers; not found is another region's, which row-level security hid already. */
const outcomes = [
  'partner/siret-taken',
  'structure/identity-unchanged',
  'structure/identity-before-last',
  'convention/day-in-future',
  'request/changed-meanwhile',
] as const satisfies readonly RefusalCode[]
const refusedFor = (outcome: string): RefusalCode =>
  outcomes.find(code => code === outcome) ?? 'convention/other-region'
