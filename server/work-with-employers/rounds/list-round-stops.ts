import * as contract from '../../../contract/work-with-employers/rounds.ts'
import { action } from '../../platform/action.ts'
import { loadStops, stopsReply } from './read-stops.ts'

export const listRoundStops = action(contract.listRoundStops, {
  load: ({ query: { sirets, day } }, context) => loadStops({ sirets: sirets?.split(',').map(Number), day }, context),
  may: () => true, // the register is public; of the rest, row-level security and the policy of exchanges choose
  run: async (stops, _input, context) => stopsReply(stops, context),
})
