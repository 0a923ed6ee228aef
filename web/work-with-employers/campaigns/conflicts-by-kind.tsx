import { useState } from 'react'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { Badge, Button } from '../../ui/index.ts'
import type { Choice, Group, Kind } from './conflicts.ts'
import type { Campaign, Decision } from './words.ts'

export const KindOfConflict = ({
  counts: { kind, count, undecided },
  groups,
  campaign,
  act,
  busy,
}: {
  counts: { kind: Kind; count: number; undecided: number }
  groups: readonly Group[]
  campaign: Campaign
  act: (decision: Decision, choice: Choice) => void
  busy: boolean
}) => {
  const delay = formatCount(campaign.contactDelayDays, 'jour')
  const title = {
    held: `${formatNumber(count)} ${count > 1 ? 'tenus' : 'tenu'} par une autre campagne ouverte`,
    contacted: `${formatNumber(count)} ${count > 1 ? 'contactés' : 'contacté'} il y a moins de ${delay}`,
    beside: `${formatNumber(count)} dont un autre établissement de l’entreprise est tenu, ou a été contacté il y a moins de ${delay}`,
  }[kind]
  return (
    <section className="cc-conflicts">
      <div className="cc-conflicts__head">
        <h3 className="fr-h6 fr-mb-0">{title}</h3>
        {groups.length > 1 && (
          <Decide
            kind={kind}
            choice={{
              which: { rule: { kind } },
              count,
              words: `${formatCount(count, 'établissement')}, toutes structures`,
              kinds: [kind],
            }}
            undecided={undecided}
            act={act}
            busy={busy}
            all
          />
        )}
      </div>
      <ul className="cc-conflicts__groups">
        {groups.map(group => (
          <li key={group.organisation.id}>
            <span className="cc-conflicts__count">{formatNumber(group.count)}</span>
            <span className="cc-conflicts__who">
              {group.campaignNames.length > 0 && <>« {group.campaignNames.join(' », « ')} », </>}
              {group.organisation.name}
              {group.undecided < group.count && group.undecided > 0 && (
                <span className="fr-hint-text">{formatNumber(group.undecided)} à décider</span>
              )}
            </span>
            <Decide
              kind={kind}
              choice={{
                which: { rule: { kind, organisationId: group.organisation.id } },
                count: group.count,
                words: `${formatCount(group.count, 'établissement')} (${group.organisation.name})`,
                kinds: [kind],
              }}
              undecided={group.undecided}
              act={act}
              busy={busy}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const Decide = ({
  kind,
  choice,
  undecided,
  act,
  busy,
  all = false,
}: {
  kind: Kind
  choice: Choice
  undecided: number
  act: (decision: Decision, choice: Choice) => void
  busy: boolean
  all?: boolean
}) => {
  const [changing, setChanging] = useState(false)
  if (undecided === 0 && !changing)
    return (
      <span className="cc-conflicts__acts">
        {!all && <Badge tone="success">{choice.count > 1 ? 'décidés' : 'décidé'}</Badge>}
        <Button size="small" priority="tertiary no outline" onClick={() => setChanging(true)}>
          {all ? 'Tous à la fois' : 'Changer'}
          <span className="fr-sr-only"> : {choice.words}</span>
        </Button>
      </span>
    )
  const run = (decision: Decision) => {
    if (decision !== 'take') setChanging(false)
    act(decision, choice)
  }
  return (
    <fieldset className="cc-conflicts__acts">
      <legend className="fr-sr-only">{choice.words}</legend>
      <Button size="small" priority="secondary" busy={busy} onClick={() => run('leave')}>
        {all ? 'Tout laisser' : 'Laisser'}
      </Button>
      {kind === 'held' && (
        <Button size="small" priority="secondary" busy={busy} onClick={() => run('share')}>
          {all ? 'Tout partager' : 'Partager'}
        </Button>
      )}
      <Button size="small" priority="secondary" busy={busy} onClick={() => run('take')}>
        {all ? 'Tout prendre, motif…' : 'Prendre, motif…'}
      </Button>
    </fieldset>
  )
}
