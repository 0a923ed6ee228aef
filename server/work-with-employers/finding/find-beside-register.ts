import * as contract from '../../../contract/work-with-employers/finding.ts'
import { action } from '../../platform/action.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { campaignsNamed, colleaguesNamed, correspondentsNamed } from './beside-register.queries.ts'
import { soughtPeople } from './sought-rules.ts'

export const findBesideRegister = action(contract.findBesideRegister, {
  load: async ({ body }, { db, today }) => {
    const { names, persons } = soughtPeople(body.q)
    const [campaigns, colleagues, correspondents] = await Promise.all([
      names.length ? campaignsNamed(db, names) : [],
      persons.length ? colleaguesNamed(db, persons) : [],
      persons.length ? correspondentsNamed(db, persons) : [],
    ])
    return { campaigns, colleagues, correspondents: await withEstablishments(db, correspondents, today) }
  },
  may: () => true, // row-level security chose the rows
  run: async found => found,
})
