import { dayOf, formatDay } from '../../platform/format.ts'
import type { useList } from '../../platform/list.ts'
import { Button, DataTable } from '../../ui/index.ts'
import { grantWords } from '../accounts/words.ts'
import { DecisionBadge } from './decision-badge.tsx'
import type { GrantRequest } from './words.ts'

export const OwnRequests = ({
  items,
  more,
  onWithdraw,
}: {
  items: readonly GrantRequest[]
  more: ReturnType<typeof useList>['more']
  onWithdraw: (request: GrantRequest) => void
}) => (
  <DataTable
    caption="Mes demandes, la dernière d’abord"
    hideCaption
    rows={items}
    keyOf={({ id }) => id}
    columns={[
      {
        head: 'Demande',
        cell: request => (
          <span className="cc-two">
            {grantWords(request)}
            <span className="fr-hint-text">
              pour {request.person.name}, le {formatDay(dayOf(request.askedAt))}
            </span>
          </span>
        ),
      },
      {
        head: 'Réponse',
        cell: ({ decision, decisionReason, whoDecides }) => (
          <span className="cc-two">
            <DecisionBadge decision={decision} />
            <span className="fr-hint-text">
              {decision ? decisionReason : `Qui décide : ${whoDecides.charAt(0).toLowerCase()}${whoDecides.slice(1)}`}
            </span>
          </span>
        ),
      },
    ]}
    acts={request =>
      request.allowed.includes('withdraw') && (
        <Button size="small" priority="tertiary" onClick={() => onWithdraw(request)}>
          Retirer<span className="fr-sr-only"> la demande : {grantWords(request)}</span>
        </Button>
      )
    }
    {...(more ? { more } : {})}
  />
)
