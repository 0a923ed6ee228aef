import * as contract from '../../../contract/oversight/security.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { tellIfNobodyIsLeft } from '../../people-and-rights/rgc/notices.ts'
import { inPlace } from '../../people-and-rights/rgc/rgc.queries.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { blockReply, cutInWords } from './block-reply.ts'
import { mayBlock } from './security.policy.ts'
import { accountOf, blockById, clockOf, cutOff, holdsGrant, insertBlock } from './security.queries.ts'

/**
 * The operator's exceptional acts (ACC-10, RGC-7) cut an account, one grant, or the management of accounts.
 * Each has its reason and its incident, marked so in the trail. Those who answer for the structure are told at once.
 * Lifting undoes it.
 */
export const blockAccount = action(contract.blockAccount, {
  load: async ({ body: { accountId, cuts = 'account', grantId = null } }, { db }) => {
    const [at, account] = await Promise.all([clockOf(db), accountOf(db, accountId)])
    const manages = (await inPlace(db, found(account).organisationId, at)).some(m => m.id === accountId)
    const there =
      cuts === 'grant'
        ? grantId !== null && (await holdsGrant(db, accountId, grantId))
        : grantId === null && (cuts === 'account' || manages)
    return { at, account: found(account), manages, cuts, grantId, there }
  },
  may: (viewer, { account }) => mayBlock(viewer, account),
  run: async ({ at, account, manages, cuts, grantId, there }, { body }, { db, viewer, now, newId }) => {
    if (!there) throw new Refused('security/nothing-to-cut')
    const id = newId()
    const [reason, incident] = [body.reason.trim(), body.incident.trim()]
    if (
      (await insertBlock(db, {
        id,
        accountId: account.id,
        organisationId: account.organisationId,
        cuts,
        grantId,
        reason,
        incident,
        blockedBy: viewer.accountId,
        blockedAt: at,
      })) === 0
    )
      throw new Refused('security/already-blocked')
    const block = (await blockById(db, id))!
    const told = await tellRoles(
      db,
      { organisationId: account.organisationId },
      {
        kind: cuts === 'rgc' ? 'rgc-cut' : 'exceptional-act',
        subject:
          cuts === 'account'
            ? 'L’opérateur a bloqué un compte de votre structure'
            : 'Acte exceptionnel de l’opérateur sur un compte de votre structure',
        path: '/responsables-de-comptes',
        about: ['account-block', id],
        text: `Par un acte exceptionnel, l’opérateur a coupé ${cutInWords(block)}. Motif : ${reason}\n\nRéférence de l’incident : ${incident}. L’opérateur le rétablit dès que son correspondant sécurité (CSSI) a noté son constat.`,
      },
      { newId, now },
    )
    const nobodyLeft =
      cuts !== 'grant' && manages
        ? await tellIfNobodyIsLeft(
            db,
            block.organisation,
            at,
            { newId, now: at },
            await cutOff(db, account.organisationId),
          )
        : null
    return {
      reply: { ...blockReply(viewer, block), told, nobodyLeft },
      audit: [
        {
          action: 'account.blocked',
          subject: ['account', account.id],
          detail: { exceptional: true, block: id, cuts, grant: grantId, reason, incident, told, nobodyLeft },
        },
      ],
    }
  },
})
