import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayObject } from './correspondents.policy.ts'
import { listCorrespondents } from './correspondents.queries.ts'
import { allSirets } from './links.queries.ts'
import { blockedBy, type Colleague } from './objection-rules.ts'
import { everSaid, saveObjection } from './objections.queries.ts'
import {
  checkInformed,
  checkNotMerged,
  checkNotObjected,
  checkVersion,
  loadLocked,
  settled,
  siretsOf,
  writingOf,
} from './settling.ts'

/** Who else is in place at an establishment: who left their first one may answer for this one still. */
const colleaguesAt = async (db: Db, siret: number, but: string): Promise<Colleague[]> =>
  (await listCorrespondents(db, siret))
    .filter(person => person.id !== but && (person.retiredAt === null || person.siret !== siret))
    .map(({ values }) => ({ siret, values }))

/** Article 21 of the GDPR: what was kept of the person is erased, and does not come back. */
export const objectCorrespondent = action(contract.objectCorrespondent, {
  load: async ({ params }, context) => {
    const row = await loadLocked(params.correspondentId, context)
    const [said, sirets, ...others] = await Promise.all([
      everSaid(context.db, row.id),
      allSirets(context.db, row.id),
      ...siretsOf(row).map(siret => colleaguesAt(context.db, siret, row.id)),
    ])
    return { ...row, said, sirets, others: others.flat() }
  },
  may: (viewer, row) => mayObject(viewer, row),
  run: async ({ said, sirets, others, ...row }, { body, ifMatch }, context) => {
    const { db, settings, viewer, today, newId } = context
    checkNotMerged(row)
    checkNotObjected(row)
    checkVersion(row, ifMatch, context)
    checkInformed(body, today)
    const blocked = blockedBy(said, others, sirets)
    const objection = { id: newId(), correspondentId: row.id, objectedOn: body.on, how: body.how }
    const [erased] = await Promise.all([
      saveObjection(db, objection, blocked, settings.objections, writingOf(context)),
      touchCorrespondent(db, row.id, viewer.organisationId, {}),
    ])
    return settled(
      row,
      {
        action: 'correspondent.objected',
        detail: { on: body.on, how: body.how, erased, blocked: blocked.map(({ kind }) => kind) },
      },
      context,
    )
  },
})
