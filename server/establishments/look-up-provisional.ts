import type pg from 'pg'
import { siretText } from '../platform/siret.ts'
import { noteLookUp, provisionalToLookUp } from './provisional.queries.ts'
import type { SireneApi } from './sirene-api.ts'
import { lookUp } from './update-register.ts'

/** A minute of the API's pace, two requests each. */
const most = 12

/** Asks API Sirene about the provisional cards that wait: at once, then once a day. What it publishes enters the register, and confirms them. Says how many. */
export const lookUpProvisional = async (client: pg.ClientBase, api: SireneApi, today: string): Promise<{ asked: number; found: number }> => {
  let [asked, found] = [0, 0]
  for (const siret of await provisionalToLookUp(client, most)) {
    try {
      if (await lookUp(client, api, siretText(siret), today)) found += 1
    } finally {
      await noteLookUp(client, siret) // also when it failed: the others must not wait behind it
    }
    asked += 1
  }
  return { asked, found }
}
