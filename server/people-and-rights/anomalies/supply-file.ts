import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { byColumn } from '../../platform/csv-reading.ts'
import { Refused } from '../../platform/errors.ts'
import { idOfWords } from '../../platform/ids.ts'
import { readCsv } from '../../territory-and-register/territories/small-csv.ts'
import { suppliedNotice } from './anomalies.mails.ts'
import { maySupply } from './anomalies.policy.ts'
import { organisationNamed } from './anomalies.queries.ts'
import { insertSupplied, suppliedAlready } from './supplied.queries.ts'
import { mostLines, neededColumns, readSupplied, type Supplied } from './supplied-rules.ts'

/** Read whole and every error told by its line; written only when one confirms, and nothing is wrong. */
export const supplyFile = action(contract.supplyFile, {
  load: async ({ body }, { db, today }) => {
    const records = readCsv(body.text, mostLines)
    if (records.length === 0) throw new Refused('anomaly/file-empty')
    if (records.length > mostLines) throw new Refused('anomaly/file-too-long')
    if (neededColumns.some(column => !(column in byColumn(records[0]!)))) throw new Refused('anomaly/file-columns')
    const read = readSupplied(records, body.organisationId, today, idOfWords)
    const [organisation, known] = await Promise.all([
      organisationNamed(db, body.organisationId),
      suppliedAlready(
        db,
        read.map(l => l.supplied.id),
      ),
    ])
    return { organisation, known, read }
  },
  may: (viewer, _subject, { body }) => maySupply(viewer, body.organisationId),
  run: async ({ organisation, known, read }, { body: { organisationId, confirm } }, context) => {
    const { db, viewer, now, newId } = context
    if (!organisation) throw new Refused('organisation/unknown')
    const lines = read.map(({ line, supplied, errors }) => ({
      line,
      kind: supplied.kind,
      whose: supplied.whose,
      outcome: errors.length > 0 ? ('error' as const) : known.has(supplied.id) ? ('known' as const) : ('new' as const),
      errors: [...errors],
    }))
    const count = (outcome: string) => lines.filter(l => l.outcome === outcome).length
    const counts = { new: count('new'), known: count('known'), wrong: count('error') }
    if (confirm && counts.wrong > 0) throw new Refused('anomaly/file-has-errors')
    const written = confirm
      ? await insertSupplied(
          db,
          organisationId,
          read.map(l => l.supplied as Supplied),
          viewer.accountId,
          now,
        )
      : 0
    const told =
      written > 0
        ? await tellRoles(db, { organisationId }, suppliedNotice(organisationId, written), { newId, now })
        : {}
    return {
      reply: { written, ...counts, lines },
      audit: [
        {
          action: confirm ? 'anomaly.file-supplied' : 'anomaly.file-checked',
          subject: ['organisation', organisationId],
          detail: { ...counts, written, ...told },
        },
      ],
    }
  },
})
