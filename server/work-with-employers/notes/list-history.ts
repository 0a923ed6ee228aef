import * as contract from '../../../contract/work-with-employers/notes.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { exchangeReply } from '../exchanges/exchange-reply.ts'
import { countExchanges, listExchanges } from '../exchanges/exchanges.queries.ts'
import { needLines } from '../needs/need-reply.ts'
import { countNeedsOfHistory, needsOfHistory } from '../needs/needs.queries.ts'
import { countReferentLines, referentLines } from '../referents/referent-lines.queries.ts'
import { referentLineReply } from '../referents/referents-reply.ts'
import { serviceLineReply } from '../services/service-reply.ts'
import { countServices, servicesOfHistory } from '../services/services.queries.ts'
import { campaignLineReply } from '../targets/campaign-line-reply.ts'
import { campaignLines, countCampaignLines } from '../targets/campaign-lines.queries.ts'
import { merged } from './history-rules.ts'
import { noteReply } from './note-reply.ts'
import { countNotes, listNotes } from './notes.queries.ts'

export const listHistory = action(contract.listHistory, {
  load: async ({ params, query: { kind, limit = 50, after: cursor, total, ...query } }, { db }) => {
    const filter = { ...query, siret: Number(params.siret) }
    const after = readCursor(cursor, keyShapes.day, keyShapes.id)
    // A channel and a person met are said of exchanges alone; a campaign, of its own lines too.
    const onlyExchanges = !!(query.correspondent ?? query.channel)
    const wants = (one: typeof kind) =>
      (kind === undefined || kind === one) &&
      (one === 'exchange' || !(onlyExchanges || (query.campaign && one !== 'campaign')))
    // Each may fill the whole page: all are read to their end, and the page is cut after.
    const [exchanges, notes, needs, services, campaigns, referents, ...counts] = await Promise.all([
      wants('exchange') ? listExchanges(db, filter, after, limit) : [],
      wants('note') ? listNotes(db, filter, after, limit) : [],
      wants('need') ? needsOfHistory(db, filter, after, limit) : [],
      wants('service') ? servicesOfHistory(db, filter, after, limit) : [],
      wants('campaign') ? campaignLines(db, filter, after, limit) : [],
      wants('referent') ? referentLines(db, filter, after, limit) : [],
      total && wants('exchange') ? countExchanges(db, filter) : 0,
      total && wants('note') ? countNotes(db, filter) : 0,
      total && wants('need') ? countNeedsOfHistory(db, filter) : 0,
      total && wants('service') ? countServices(db, filter) : 0,
      total && wants('referent') ? countReferentLines(db, filter) : 0,
      total && after && wants('campaign') ? countCampaignLines(db, filter) : 0,
    ])
    const count = counts.reduce((sum, one) => sum + one, after ? 0 : (campaigns[0]?.total ?? 0))
    return {
      lines: merged({ exchanges, notes, needs, services, campaigns, referents }),
      count: total ? count : undefined,
    }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ lines, count }, { query }, context) => {
    const page = pageOf(lines, query.limit ?? 50, line => [line.day, line.id])
    const needs = page.rows.flatMap(({ need }) => (need ? [need] : []))
    const asked = new Map((await needLines(context.db, needs, context.today)).map(line => [line.id, line]))
    return {
      items: page.rows.map(({ exchange, note, need, service, campaign, referent }) => ({
        exchange: exchange && exchangeReply(exchange, context),
        note: note && noteReply(note, context),
        need: need && asked.get(need.id)!,
        service: service && serviceLineReply(service),
        campaign: campaign && campaignLineReply(campaign),
        referent: referent && referentLineReply(referent),
      })),
      next: page.next,
      ...(count === undefined ? {} : { total: count }),
    }
  },
})
