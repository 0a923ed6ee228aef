import type { Reply } from '../../../contract/route.ts'
import { targetStatusLabels } from '../../../contract/work-with-employers/campaigns.ts'
import { nextActionLabels } from '../../../contract/work-with-employers/exchanges.ts'
import type { listPortfolio } from '../../../contract/work-with-employers/portfolio.ts'
import { type Cell, dayCell, yesCell } from '../../platform/export/cells.ts'
import { employerCells } from '../../platform/export/employer-cells.ts'
import { parisDay } from '../../platform/time.ts'

type Line = Reply<typeof listPortfolio>['items'][number]

/** A line of the day's work as its files tell it. */
export const portfolioCells = {
  ...employerCells,
  // An employer that the register does not have yet is named by its action.
  name: (t: Line): Cell => t.nextAction?.establishmentName ?? t.establishment.name,
  campaign: (t: Line): Cell => t.campaign?.name ?? null,
  status: (t: Line): Cell => t.status && targetStatusLabels[t.status],
  takenOn: (t: Line): Cell => dayCell(t.takenAt && parisDay(new Date(t.takenAt))),
  actionKind: (t: Line): Cell => t.nextAction && nextActionLabels[t.nextAction.kind],
  actionOn: (t: Line): Cell => dayCell(t.nextAction?.dueOn),
  actionAt: (t: Line): Cell => t.nextAction?.dueAt ?? null,
  late: (t: Line): Cell => yesCell(t.nextAction?.late),
  contactOn: (t: Line): Cell => dayCell(t.lastContact?.occurredOn),
  contactBy: (t: Line): Cell => t.lastContact?.organisation.name ?? null,
  personMet: (t: Line): Cell => t.said?.personMet ?? null,
  notes: (t: Line): Cell => t.said?.notes ?? null,
  phone: (t: Line): Cell => t.phone,
}
