import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { addDays } from '../../platform/time.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { needLines, needProposalReply } from './need-reply.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needLinesById } from './needs.queries.ts'
import { receivedNeeds } from './proposals.queries.ts'

export const listReceivedNeeds = action(contract.listReceivedNeeds, {
  load: async (_input, { db, today }) => {
    const proposals = await receivedNeeds(db, addDays(today, -30))
    return {
      proposals,
      needs: await needLinesById(
        db,
        proposals.map(({ needId }) => needId),
      ),
    }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ proposals, needs }, _input, context) => {
    const { db, viewer, today } = context
    const [lines, employers] = await Promise.all([
      needLines(db, needs, today),
      withEstablishments(db, proposals, today),
    ])
    const byId = new Map(lines.map((line, at) => [line.id, { line, row: needs[at]! }]))
    const items = proposals.map((proposal, at) => {
      const need = byId.get(proposal.needId)
      return {
        proposal: needProposalReply(proposal, context),
        establishment: employers[at]!.establishment,
        need: need?.line ?? null,
        mayTake:
          proposal.state === 'waiting' &&
          need?.row.state === 'ouvert' &&
          mayActOnNeed(viewer, need.row, 'take') === true,
      }
    })
    const inState = (state: string) => items.filter(({ proposal }) => proposal.state === state)
    return {
      waiting: inState('waiting'),
      taken: inState('taken'),
      settled: items.filter(({ proposal: { state } }) => state !== 'waiting' && state !== 'taken'),
    }
  },
})
