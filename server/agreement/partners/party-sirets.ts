import * as contract from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { dayInWords } from '../../platform/french.ts'
import { parseSiret, siretText } from '../../platform/siret.ts'
import { mayDraft } from '../conventions/conventions.policy.ts'
import { lockConvention } from '../conventions/conventions.queries.ts'
import { identitiesOf } from './party-identity.queries.ts'
import { partyReply } from './party-reply.ts'
import { type NewSiret, settleSiret, siretsOf } from './party-sirets.queries.ts'
import type { SiretRow } from './siret-rules.ts'

const inWords = ({ name, siret, fromOn, untilOn }: NewSiret): string =>
  `${name}, SIRET ${siretText(siret)}, ${
    untilOn === null ? `à partir du ${dayInWords(fromOn)}` : `du ${dayInWords(fromOn)} au ${dayInWords(untilOn)} inclus`
  }`
const changedNotice = (conventionId: string, structure: string, after: NewSiret, isNew: boolean): Notice => ({
  kind: 'structure-identity',
  subject: 'Les SIRET de votre structure changent dans le service',
  path: `/conventions/${conventionId}`,
  about: ['convention', conventionId],
  text: [
    `La direction régionale de l’opérateur a ${
      after.withdrawn ? 'retiré, enregistré par erreur,' : isNew ? 'enregistré' : 'corrigé'
    } un autre SIRET ${ofStructure(structure)} : ${inWords(after)}.`,
    `Motif : ${after.reason}`,
    after.withdrawn
      ? 'Personne ne se connecte plus pour la première fois sous ce SIRET. S’il est bien celui de votre structure, dites-le à la direction régionale.'
      : 'Ses agents se connectent par ProConnect sous ce SIRET les jours où il vaut. S’il est faux, dites-le à la direction régionale.',
  ].join('\n\n'),
})

/**
 * AGR-15: a partner has SIRETs beside that of its seat (its CIAS, another establishment), each from a day until another.
 * It is recorded, corrected, ended, or withdrawn when it never held; each version stays.
 */
export const settlePartySiret = action(contract.settlePartySiret, {
  load: async ({ params: { conventionId } }, { db }) => {
    const loaded = found(await lockConvention(db, conventionId))
    return { loaded, identities: await identitiesOf(db, conventionId), sirets: await siretsOf(db, conventionId) }
  },
  may: (viewer, { loaded }) => mayDraft(viewer, loaded.convention),
  run: async (known, { params: { siretId }, body, ifMatch }, context) => {
    const { db, viewer, now, newId } = context
    const { id, organisationId, regionId, organisation } = known.loaded.convention
    // The last version comes first.
    const before = known.sirets.find(one => one.id === siretId)
    if (ifMatch !== (before?.version ?? 0))
      throw new Refused('request/changed-meanwhile', { current: partyReply(context, known) })
    const siret = parseSiret(body.siret)
    if (siret === undefined) throw new Refused('partner/siret-wrong')
    const { fromOn, untilOn, withdrawn } = body
    const after = {
      ...{ id: siretId, siret, name: body.name.trim() },
      ...{ fromOn, untilOn, withdrawn, reason: body.reason.trim() },
    }
    const outcome = await settleSiret(db, id, ifMatch, after)
    if (outcome) throw new Refused(refusedFor(outcome))
    const told = await tellRoles(
      db,
      { organisationId, regionId, but: [viewer.accountId] },
      changedNotice(id, organisation.name, after, !before),
      { newId, now },
    )
    return {
      reply: { ...partyReply(context, { ...known, sirets: await siretsOf(db, id) }), told },
      audit: [
        {
          action: 'partner.siret-settled',
          subject: ['organisation', organisationId],
          detail: {
            convention: id,
            before: before ? said(before) : null,
            after: said(after),
            reason: after.reason,
            told,
          },
        },
      ],
    }
  },
})
const said = ({ id, siret, name, fromOn, untilOn, withdrawn }: NewSiret | SiretRow) => ({
  ...{ id, siret: siretText(siret), name, fromOn, untilOn, withdrawn },
})
/** What settle_party_siret answers; not found is another region's or another structure's. */
const outcomes = [
  'structure/siret-taken',
  'structure/siret-days',
  'structure/siret-unchanged',
  'request/changed-meanwhile',
] as const satisfies readonly RefusalCode[]
const refusedFor = (outcome: string): RefusalCode =>
  outcomes.find(code => code === outcome) ?? 'convention/other-region'
