import type { Static } from 'typebox'
import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { listVersions } from './exchange-writes.queries.ts'
import { mayRead } from './exchanges.policy.ts'
import { exchangeById } from './exchanges.queries.ts'

export const listExchangeVersions = action(contract.listExchangeVersions, {
  load: async ({ params }, { db }) => {
    const [exchange, versions] = await Promise.all([
      exchangeById(db, params.exchangeId),
      listVersions(db, params.exchangeId),
    ])
    return { exchange: found(exchange), versions }
  },
  may: (viewer, { exchange }) => mayRead(viewer, exchange) || 'not-found',
  run: async ({ versions }) => ({
    items: versions.map(v => ({
      version: v.version,
      at: v.at.toISOString(),
      by: { id: v.byId, name: v.byName, organisationId: v.byOrganisationId },
      change: v.change,
      content: {
        ...v.content,
        campaignResultId: v.content.campaignResultId ?? null,
        resultLabel: v.content.resultLabel ?? null,
      } as Static<typeof contract.ExchangeContent>,
      occurredOn: v.occurredOn,
      visibility: v.visibility,
    })),
    next: null,
  }),
})
