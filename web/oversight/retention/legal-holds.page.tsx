import { useState } from 'react'
import { listLegalHolds } from '../../../contract/oversight/retention.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { Button, DataTable, Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { type LegalHold, LiftDialog, PlaceDialog, scopeWords, structureWords } from './hold-dialogs.tsx'

const Holds = ({
  state,
  title,
  empty,
  onLift,
}: {
  state: LegalHold['state']
  title: string
  empty: string
  onLift?: (hold: LegalHold) => void
}) => {
  const { query, more } = useList(
    ['legal-holds', state],
    (after, signal) => call(listLegalHolds, { query: { state, total: true, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  return (
    <Section title={title}>
      <Loaded query={query} empty={({ items }) => items.length === 0 && <Empty title={empty} />}>
        {({ items, total }) => (
          <DataTable
            caption={`${title} (${total})`}
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            {...(more ? { more } : {})}
            columns={[
              {
                head: 'Ce qui est gardé',
                cell: hold => (
                  <span className="cc-two">
                    {scopeWords(hold)}
                    <span className="fr-hint-text">{structureWords(hold)}</span>
                  </span>
                ),
              },
              {
                head: 'Motif',
                cell: ({ reason, lifted }) => (
                  <span className="cc-two">
                    {reason}
                    {lifted && (
                      <span className="fr-hint-text">
                        Levée le {formatDay(dayOf(lifted.at))} : {lifted.reason}
                      </span>
                    )}
                  </span>
                ),
              },
              {
                head: 'Décidée',
                cell: ({ placedAt, placedBy, until, lifted }) => (
                  <span className="cc-two">
                    Le {formatDay(dayOf(placedAt))}, par {placedBy.name}
                    {!lifted && (
                      <span className="fr-hint-text">
                        {until ? `Jusqu’au ${formatDay(until)}` : 'Jusqu’à ce qu’elle soit levée'}
                      </span>
                    )}
                  </span>
                ),
              },
              ...(onLift
                ? [
                    {
                      head: 'Agir',
                      cell: (hold: LegalHold) =>
                        hold.allowed.includes('lift') ? (
                          <Button size="small" priority="secondary" onClick={() => onLift(hold)}>
                            Lever<span className="fr-sr-only"> : {scopeWords(hold)}</span>
                          </Button>
                        ) : (
                          <>Le DPD de la structure qui l’a décidée la lève.</>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

/** What is kept past its term while it serves a dispute or an inquiry (PRI-4). */
export default function HoldsPage() {
  const [placing, setPlacing] = useState(false)
  const [lifting, setLifting] = useState<LegalHold | null>(null)
  return (
    <Page
      title="Suspensions d’effacement"
      breadcrumb={[{ label: 'Effacements', href: '/effacements' }]}
      lead="Un litige, une enquête ou un contrôle peut demander de garder des données au-delà de leur durée. Tant qu’une suspension est en cours, rien de ce qu’elle couvre ne s’efface à son terme, et « Effacements » dit combien de lignes sont gardées, le jour où ce nombre change."
      actions={<Button onClick={() => setPlacing(true)}>Suspendre un effacement</Button>}
    >
      <Holds state="in-force" title="En cours" empty="Aucun effacement n’est suspendu" onLift={setLifting} />
      <Holds state="ended" title="Terminées" empty="Aucune suspension n’est terminée" />
      {placing && <PlaceDialog onClose={() => setPlacing(false)} />}
      {lifting && <LiftDialog hold={lifting} onClose={() => setLifting(null)} />}
    </Page>
  )
}
