import * as contract from '../../../contract/people-and-rights/people.ts'
import { action } from '../../platform/action.ts'
import { byColumn } from '../../platform/csv-reading.ts'
import { Refused } from '../../platform/errors.ts'
import { readCsv } from '../../territory-and-register/territories/small-csv.ts'
import { addressesTaken, mailboxesTaken } from '../accounts/accounts.queries.ts'
import { listThirdParties } from '../organisations/structure.queries.ts'
import { addressesIn, mostLines, neededColumns, readPeople } from './import-rules.ts'
import { insertImport } from './imports.queries.ts'

/** A dry run: the whole file is read and every error told by its line, before anything is created (ACC-1). */
export const checkImport = action(contract.checkImport, {
  load: async ({ body }, { db }) => {
    const records = readCsv(body.text, mostLines).map(byColumn)
    if (records.length === 0) throw new Refused('import/empty')
    if (records.length > mostLines) throw new Refused('import/too-many', { facts: { most: mostLines } })
    const missing = neededColumns.filter(column => !(column in records[0]!))
    if (missing.length) throw new Refused('import/columns-missing', { facts: { missing } })
    const [taken, mailboxes, thirdParties] = await Promise.all([
      addressesTaken(db, addressesIn(records)),
      mailboxesTaken(db, addressesIn(records)),
      listThirdParties(db),
    ])
    return { records, taken, mailboxes: new Set(mailboxes.map(m => m.email)), thirdParties }
  },
  may: () => true,
  run: async ({ records, taken, mailboxes, thirdParties }, _input, { db, viewer, now, today, newId }) => {
    const people = readPeople(records, {
      taken,
      mailboxes,
      thirdParties: thirdParties.filter(t => t.organisationId === viewer.organisationId),
      today,
    })
    const id = newId()
    await insertImport(db, {
      id,
      organisationId: viewer.organisationId,
      checkedBy: viewer.accountId,
      checkedAt: now,
      people,
    })
    const count = (outcome: string) => people.filter(p => p.outcome === outcome).length
    const counts = { new: count('new'), known: count('known'), wrong: count('error') }
    return {
      reply: {
        id,
        ...counts,
        lines: people.map(({ line, givenName, familyName, email, function: job, outcome, errors }) => ({
          line,
          givenName,
          familyName,
          email,
          function: job,
          outcome,
          errors: [...errors],
        })),
      },
      audit: [{ action: 'accounts.file-checked', subject: ['account-import', id], detail: counts }],
    }
  },
})
