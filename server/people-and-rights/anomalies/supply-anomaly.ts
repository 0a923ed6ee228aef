import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { idOfWords } from '../../platform/ids.ts'
import { suppliedNotice } from './anomalies.mails.ts'
import { maySupply } from './anomalies.policy.ts'
import { organisationNamed } from './anomalies.queries.ts'
import { findSupplied, insertSupplied } from './supplied.queries.ts'
import { suppliedReply } from './supplied-reply.ts'
import { suppliedOf } from './supplied-rules.ts'

/**
 * « Ce que l’outil ne montre pas, l’opérateur le fournit » (annex 1, 1.6), with its date and its evidence.
 * The account managers there are told at once.
 */
export const supplyAnomaly = action(contract.supplyAnomaly, {
  load: ({ body }, { db }) => organisationNamed(db, body.organisationId),
  may: (viewer, _subject, { body }) => maySupply(viewer, body.organisationId),
  run: async (organisation, { body: { organisationId, ...said } }, context) => {
    const { db, viewer, now, today, newId } = context
    if (!organisation) throw new Refused('organisation/unknown')
    if (said.foundOn > today) throw new Refused('anomaly/in-future')
    const supplied = suppliedOf(organisationId, said, idOfWords)
    if ((await insertSupplied(db, organisationId, [supplied], viewer.accountId, now)) === 0)
      throw new Refused('anomaly/already-supplied')
    const told = await tellRoles(db, { organisationId }, suppliedNotice(organisationId, 1), { newId, now })
    return {
      reply: suppliedReply(viewer, found(await findSupplied(db, supplied.id))),
      audit: [
        { action: 'anomaly.supplied', subject: ['organisation', organisationId], detail: { ...supplied, ...told } },
      ],
    }
  },
})
