import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { exchangeReply } from './exchange-reply.ts'
import { mayRead } from './exchanges.policy.ts'
import { exchangeById } from './exchanges.queries.ts'

export const getExchange = action(contract.getExchange, {
  load: async ({ params }, { db }) => found(await exchangeById(db, params.exchangeId)),
  may: (viewer, exchange) => mayRead(viewer, exchange) || 'not-found',
  run: async (exchange, _input, context) => exchangeReply(exchange, context),
})
