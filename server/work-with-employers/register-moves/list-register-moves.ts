import type { Reply } from '../../../contract/route.ts'
import * as contract from '../../../contract/work-with-employers/register-moves.ts'
import { action } from '../../platform/action.ts'
import { ownMoves } from './own-moves.queries.ts'

const shownDays = 30

export const listRegisterMoves = action(contract.listRegisterMoves, {
  load: (_input, { db, now, today }) => ownMoves(db, new Date(now.getTime() - shownDays * 86_400_000), today),
  may: () => true, // one's own
  run: async (items): Promise<Reply<typeof contract.listRegisterMoves>> => ({ items: [...items] }),
})
