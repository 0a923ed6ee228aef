import * as contract from '../../../contract/work-with-employers/notes.ts'
import { action } from '../../platform/action.ts'
import {
  advisorsOfExchanges,
  campaignsOfExchanges,
  correspondentsMet,
  structuresOfExchanges,
} from '../exchanges/exchange-filter.queries.ts'
import { advisorsOfNeeds, structuresOfNeeds } from '../needs/needs.queries.ts'
import { advisorsOfReferents, structuresOfReferents } from '../referents/referent-lines.queries.ts'
import { advisorsOfServices, structuresOfServices } from '../services/services.queries.ts'
import {
  advisorsOfCampaignLines,
  campaignsOfLines,
  structuresOfCampaignLines,
} from '../targets/campaign-lines.queries.ts'
import { byName } from './history-rules.ts'
import { advisorsOfNotes, structuresOfNotes } from './notes.queries.ts'

export const listHistoryChoices = action(contract.listHistoryChoices, {
  load: async ({ params, query: { company } }, { db }) => {
    const place = { siret: Number(params.siret), company }
    const [structures, advisors, correspondents, campaigns] = await Promise.all([
      Promise.all(
        [
          structuresOfExchanges,
          structuresOfNotes,
          structuresOfNeeds,
          structuresOfServices,
          structuresOfCampaignLines,
          structuresOfReferents,
        ].map(of => of(db, place)),
      ),
      Promise.all(
        [
          advisorsOfExchanges,
          advisorsOfNotes,
          advisorsOfNeeds,
          advisorsOfServices,
          advisorsOfCampaignLines,
          advisorsOfReferents,
        ].map(of => of(db, place)),
      ),
      correspondentsMet(db, place),
      Promise.all([campaignsOfExchanges, campaignsOfLines].map(of => of(db, place))),
    ])
    return { structures: structures.flat(), advisors: advisors.flat(), correspondents, campaigns: campaigns.flat() }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ structures, advisors, correspondents, campaigns }) => ({
    organisations: byName(structures),
    authors: byName(advisors),
    met: byName(correspondents).map(correspondent => ({ correspondent })),
    campaigns: byName(campaigns),
  }),
})
