import { useState } from 'react'
import { formatCount, formatShortDay } from '../../platform/format.ts'
import type { useList } from '../../platform/list.ts'
import { lineName, shortOrganisation, townWords } from '../../platform/names.ts'
import { Badge, Button, DataTable, Empty, RelativeDay, Section, StickyActions } from '../../ui/index.ts'
import type { Choice } from './conflicts.ts'
import { EmployerName } from './employer-name.tsx'
import { type Conflict, type Decision, decisionWords } from './words.ts'

const what = ({ kind, held, organisation, campaign, on }: Conflict) => {
  const by = shortOrganisation(organisation.name)
  return (
    <>
      {kind === 'beside' && 'autre établissement de l’entreprise '}
      {held ? 'tenu' : 'contacté'} par {campaign ? `« ${campaign.name} » (${by})` : by},{' '}
      {held ? `jusqu’au ${formatShortDay(on)}` : <RelativeDay date={on} />}
    </>
  )
}

const keyOf = ({ establishment: { siret }, on, organisation, campaign }: Conflict) =>
  [siret, on, organisation.id, campaign?.id].join(' ')

export const OneByOne = ({
  items,
  total,
  more,
  act,
  busy,
  filters,
}: {
  items: readonly Conflict[]
  total: number | undefined
  more: ReturnType<typeof useList>['more']
  act: (decision: Decision, choice: Choice) => void
  busy: boolean
  filters: React.ReactNode
}) => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const nameOf = ({ establishment }: Conflict) => lineName(establishment)
  const picked = items.filter(conflict => selected.has(keyOf(conflict)))
  // A decision on an establishment answers all who follow it.
  const chosen = [...new Map(picked.map(conflict => [conflict.establishment.siret, conflict])).values()]
  const kinds = [...new Set(picked.map(({ kind }) => kind))]
  const one = (conflict: Conflict): Choice => ({
    which: { sirets: [conflict.establishment.siret] },
    count: 1,
    words: nameOf(conflict),
    kinds: [conflict.kind],
  })
  const several: Choice = {
    which: { sirets: chosen.map(({ establishment: { siret } }) => siret) },
    count: chosen.length,
    words: formatCount(chosen.length, 'établissement choisi', 'établissements choisis'),
    kinds,
  }
  const run = (decision: Decision, choice: Choice) => {
    if (choice === several) setSelected(new Set())
    act(decision, choice)
  }
  return (
    <Section title="Un par un">
      {filters}
      {items.length === 0 ? (
        <Empty title="Plus rien à décider ici">Choisissez « Tous » pour revoir vos décisions.</Empty>
      ) : (
        <div className="cc-early-cards">
          <DataTable
            caption={
              total === undefined
                ? 'Établissements déjà suivis'
                : formatCount(total, 'établissement déjà suivi', 'établissements déjà suivis')
            }
            rows={items}
            keyOf={keyOf}
            selection={{ selected, onChange: setSelected, nameOf }}
            columns={[
              {
                head: 'Établissement',
                cell: conflict => (
                  <>
                    <EmployerName line={conflict.establishment} />
                    <span className="fr-hint-text">{townWords(conflict.establishment.town)}</span>
                  </>
                ),
              },
              { head: 'Déjà suivi', cell: conflict => <span className="cc-two">{what(conflict)}</span> },
              {
                head: 'Décision',
                cell: ({ decision, reason }) =>
                  decision ? (
                    <span className="cc-two">
                      <Badge tone="success">{decisionWords[decision]}</Badge>
                      {reason && <span className="fr-hint-text">{reason}</span>}
                    </span>
                  ) : (
                    <Badge tone="warning">à décider</Badge>
                  ),
              },
            ]}
            acts={conflict => (
              <span className="cc-row-acts">
                {(['leave', ...(conflict.kind === 'held' ? ['share' as const] : []), 'take'] as const)
                  .filter(decision => decision !== conflict.decision)
                  .map(decision => (
                    <Button
                      key={decision}
                      size="small"
                      priority="tertiary"
                      busy={busy}
                      onClick={() => run(decision, one(conflict))}
                    >
                      {{ leave: 'Laisser', share: 'Partager', take: 'Prendre…' }[decision]}
                      <span className="fr-sr-only"> {nameOf(conflict)}</span>
                    </Button>
                  ))}
              </span>
            )}
            {...(more ? { more } : {})}
          />
        </div>
      )}
      {chosen.length > 0 && (
        <StickyActions>
          <strong>{formatCount(chosen.length, 'choisi')}</strong>
          <Button size="small" priority="secondary" busy={busy} onClick={() => run('leave', several)}>
            Laisser
          </Button>
          {kinds.every(kind => kind === 'held') && (
            <Button size="small" priority="secondary" busy={busy} onClick={() => run('share', several)}>
              Partager
            </Button>
          )}
          <Button size="small" priority="secondary" busy={busy} onClick={() => run('take', several)}>
            Prendre, motif…
          </Button>
        </StickyActions>
      )}
    </Section>
  )
}
