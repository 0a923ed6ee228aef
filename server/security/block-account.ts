import * as contract from '../../contract/security.ts'
import { tellRoles } from '../notifications/tell.ts'
import { action } from '../platform/action.ts'
import { found, Refused } from '../platform/errors.ts'
import { blockReply } from './block-reply.ts'
import { accountOf, blockById, clockOf, insertBlock } from './security.queries.ts'

/** The operator's exceptional act on a partner's account (ACC-10): with its reason and its incident, marked so in the trail, told at once to who manages the accounts there, undone by lifting. */
export const blockAccount = action(contract.blockAccount, {
  load: async ({ body }, { db }) => {
    const [at, account] = await Promise.all([clockOf(db), accountOf(db, body.accountId)])
    return { at, account: found(account) }
  },
  may: (viewer, { account }) => account.id !== viewer.accountId || 'security/never-oneself',
  run: async ({ at, account }, { body }, { db, viewer, now, newId }) => {
    const id = newId()
    const [reason, incident] = [body.reason.trim(), body.incident.trim()]
    if (await insertBlock(db, { id, accountId: account.id, organisationId: account.organisationId, reason, incident, blockedBy: viewer.accountId, blockedAt: at }) === 0) throw new Refused('security/already-blocked')
    const told = await tellRoles(db, { organisationId: account.organisationId }, {
      kind: 'exceptional-act', subject: 'L’opérateur a bloqué un compte de votre structure', path: '/responsables-de-comptes', about: ['account-block', id],
      text: `Par un acte exceptionnel, l’opérateur a bloqué un compte de votre structure. Motif : ${reason}\n\nRéférence de l’incident : ${incident}. Le blocage est levé dès que le correspondant sécurité de l’opérateur (CSSI) a noté son constat.`,
    }, { newId, now })
    return { reply: { ...blockReply(viewer, (await blockById(db, id))!), told }, audit: [{ action: 'account.blocked', subject: ['account', account.id], detail: { exceptional: true, block: id, reason, incident, told } }] }
  },
})
