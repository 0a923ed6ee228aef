import type { ReactNode } from 'react'
import { sharedNames } from '../../../contract/work-with-employers/campaigns.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatList, formatRelativeDay, formatTime, today } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Definition } from '../../ui/index.ts'
import { type Campaign, closedWords, type Target, targetStatusWords } from '../campaigns/words.ts'
import { actionWords } from '../exchanges/words.ts'

/** A fact and what goes with it: side by side in a row, one above the other on a card. */
export const Line = ({ first, then }: { first: ReactNode; then?: ReactNode }) => (
  <span className="cc-line">
    <span>{first}</span>
    {then && <span className="fr-hint-text">{then}</span>}
  </span>
)

/** Without a stop of the keyboard: a list has hundreds of them. The open target has the date in full. */
export const PlainDay = ({ date }: { date: string }) => (
  <time dateTime={date} title={formatDay(date)}>
    {formatRelativeDay(date)}
  </time>
)

/** That another campaign works it too, whichever of the two decided it (CAM-3); a phone's list says only that it is so. */
export const sharedNote = (target: Target): ReactNode => {
  const names = sharedNames(target)
  if (!names.length) return undefined
  return (
    <>
      partagée<span className="cc-shared"> avec {formatList(names)}</span>
    </>
  )
}

/** `meaning`: its definition, one press away; none in a row, where it would stop the keyboard. */
export const TargetState = ({ target, meaning }: { target: Target; meaning?: string }) => {
  const { status, setAsideReason, closedResult } = target
  const state = <Badge tone={targetStatusWords[status].tone}>{targetStatusWords[status].word}</Badge>
  return (
    <Line
      first={meaning ? <Definition term={state}>{meaning}</Definition> : state}
      then={setAsideReason ?? (closedResult ? closedWords(closedResult) : sharedNote(target))}
    />
  )
}

/**
 * The person, or the organisation to which it was entrusted when none of its people has taken it yet. `linked`: to the
 * person's card, where no row leads elsewhere.
 */
export const TakenBy = ({
  target: { takenBy, assignedTo },
  campaign,
  linked = false,
}: {
  target: Target
  campaign: Campaign
  linked?: boolean
}) => {
  const me = useMe()
  if (!takenBy) return assignedTo && <Line first={shortOrganisation(assignedTo.name)} then="sans conseiller encore" />
  const organisation = campaign.members.find(({ id }) => id === takenBy.organisationId)?.name
  return (
    <Line
      first={takenBy.id === me.account.id ? 'Vous' : linked ? <PersonLink person={takenBy} /> : takenBy.name}
      then={organisation && shortOrganisation(organisation)}
    />
  )
}

export const NextAction = ({ target: { nextAction } }: { target: Target }) => {
  if (!nextAction) return null
  const { kind, dueOn, dueAt } = nextAction
  const late = dueOn < today()
  const when = (
    <>
      <PlainDay date={dueOn} />
      {dueAt && ` à ${formatTime(dueAt)}`}
    </>
  )
  // What is late says so first: a narrow column cuts the rest.
  return late ? (
    <Line
      first={<Badge tone="error">en retard</Badge>}
      then={
        <>
          {actionWords[kind]} {when}
        </>
      }
    />
  ) : (
    <Line first={actionWords[kind]} then={when} />
  )
}
