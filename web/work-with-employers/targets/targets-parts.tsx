import { formatTime, today } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, RelativeDay } from '../../ui/index.ts'
import { type Campaign, type Target, targetStatusWords } from '../campaigns/words.ts'
import { actionWords } from '../exchanges/words.ts'

export const TargetState = ({ target: { status, shared, setAsideReason } }: { target: Target }) => (
  <span className="cc-two">
    <Badge tone={targetStatusWords[status].tone}>{targetStatusWords[status].word}</Badge>
    {setAsideReason && <span className="fr-hint-text">{setAsideReason}</span>}
    {shared && <span className="fr-hint-text">partagée avec une autre campagne</span>}
  </span>
)

/** The person, or the organisation to which it was entrusted when none of its people has taken it yet. */
export const TakenBy = ({ target: { takenBy, assignedTo }, campaign }: { target: Target; campaign: Campaign }) => {
  const me = useMe()
  if (!takenBy)
    return (
      assignedTo && (
        <span className="cc-two">
          {shortOrganisation(assignedTo.name)}
          <span className="fr-hint-text">sans conseiller encore</span>
        </span>
      )
    )
  const organisation = campaign.members.find(({ id }) => id === takenBy.organisationId)?.name
  return (
    <span className="cc-two">
      {takenBy.id === me.account.id ? 'Vous' : takenBy.name}
      {organisation && <span className="fr-hint-text">{shortOrganisation(organisation)}</span>}
    </span>
  )
}

export const NextAction = ({ target: { nextAction } }: { target: Target }) => {
  if (!nextAction) return null
  const { kind, dueOn, dueAt } = nextAction
  return (
    <span className="cc-two">
      {actionWords[kind]}
      <span className="fr-hint-text">
        <RelativeDay date={dueOn} />
        {dueAt && ` à ${formatTime(dueAt)}`}
      </span>
      {dueOn < today() && <Badge tone="error">en retard</Badge>}
    </span>
  )
}
