import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { liftBars } from './answers.queries.ts'
import { rgcPages } from './notices.ts'
import { mayAnswerFor } from './rgc.policy.ts'
import { accountOf, clockOf } from './rgc.queries.ts'

/** Whoever was refused or revoked is named again only once the CSSI says so (RGC-3, RGC-7). */
export const liftBar = action(contract.liftBar, {
  load: async ({ params }, { db }) => {
    const [at, account] = await Promise.all([clockOf(db), accountOf(db, params.accountId)])
    return { at, account: found(account) }
  },
  may: (viewer, { account }) => mayAnswerFor(viewer, account.organisationId),
  run: async ({ at, account }, { body }, { db, viewer, now, newId }) => {
    const reason = body.reason.trim()
    const lifted = await liftBars(db, account.id, viewer.accountId, reason, at)
    if (lifted === 0) throw new Refused('rgc/nothing-to-lift')
    const told = await tellRoles(
      db,
      { organisationId: account.organisationId },
      {
        kind: 'rgc-bar-lifted',
        subject: 'Une personne peut de nouveau être désignée RGC',
        path: rgcPages,
        about: ['account', account.id],
        text: `Le correspondant sécurité de l’opérateur (CSSI) permet de nouveau à votre structure de désigner une personne qu’il avait refusée ou fait révoquer comme responsable de gestion de comptes (RGC). Motif : ${reason}\n\nElle ne le devient que par un nouvel acte d’engagement.`,
      },
      { newId, now },
    )
    return {
      reply: { lifted: true as const, told },
      audit: [{ action: 'rgc-bar.lifted', subject: ['account', account.id], detail: { reason, lifted, told } }],
    }
  },
})
