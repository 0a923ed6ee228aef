import { confirmSharing } from '../../../contract/work-with-employers/sharing.ts'
import { useToldApart } from '../../people-and-rights/directory/person-select.tsx'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, DataTable, Form, Notice, Section, TextField, toast } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { SpentInNumber } from '../solicitations/spent-in-number.tsx'
import { sharingChanged } from './sharing-changed.ts'
import { recipientId, recipientName, type Simulation } from './words.ts'

/** What each would have, before anything changes; then the act itself. */
export const SimulationResult = ({
  campaign,
  simulation,
  onRedo,
}: {
  campaign: Campaign
  simulation: Simulation
  onRedo: () => void
}) => {
  const go = useGo()
  const { planned, unchanged, unplaced, notToContact, beyondBudget, chosen, lines } = simulation
  const nameOf = useToldApart(lines.flatMap(({ to }) => to.person ?? []))
  return (
    <Section title="Ce que cela donnerait" id="simulation">
      <p>
        <strong>
          {planned
            ? `${formatCount(planned, 'cible changerait', 'cibles changeraient')} de mains`
            : 'Aucune cible ne changerait de mains'}
        </strong>
        , sur {formatCount(chosen, 'choisie')}.{' '}
        {unchanged > 0 &&
          `${formatCount(unchanged, 'resterait', 'resteraient')} à qui ${unchanged < 2 ? 'l’a' : 'les a'} déjà. `}
        Rien n’est encore fait.
      </p>
      {unplaced > 0 && (
        <Notice tone="info">
          {formatCount(unplaced, 'cible reste', 'cibles restent')} où {unplaced < 2 ? 'elle est' : 'elles sont'} : aucun
          des destinataires ne peut {unplaced < 2 ? 'la' : 'les'} recevoir (hors de leur territoire, d’une partie pour
          laquelle vous n’avez rien dit, ou sans personne qui connaisse l’employeur).
        </Notice>
      )}
      {notToContact > 0 && (
        <Notice tone="info">
          {formatCount(notToContact, 'cible marquée', 'cibles marquées')} « ne pas contacter »{' '}
          {notToContact < 2 ? 'reste où elle est' : 'restent où elles sont'} : la fiche de chaque employeur dit
          pourquoi, et jusqu’à quand.
        </Notice>
      )}
      {lines.length > 0 && (
        <DataTable
          caption="Cibles ouvertes de chacun, avant et après"
          rows={lines}
          keyOf={({ to }) => recipientId(to)}
          keys={false}
          columns={[
            { head: 'Structure ou personne', cell: ({ to }) => recipientName(to, nameOf) },
            { head: 'Avant', numeric: true, cell: ({ before }) => formatNumber(before) },
            { head: 'Reçues', numeric: true, cell: ({ received }) => (received ? `+ ${formatNumber(received)}` : '0') },
            {
              head: 'Passées à d’autres',
              numeric: true,
              cell: ({ given }) => (given ? `− ${formatNumber(given)}` : '0'),
            },
            { head: 'Après', numeric: true, cell: ({ after }) => <strong>{formatNumber(after)}</strong> },
          ]}
        />
      )}
      {planned > 0 && (
        <div className="fr-mt-3w">
          <Form
            draft={{ name: 'sharing', about: simulation.id }}
            submit={`Répartir ${formatCount(planned, 'cible')}`}
            busyWords="En cours…"
            onSubmit={async ({ reason, beyondBudget: why }, { idempotencyKey }) => {
              const { id, state, counts } = await call(confirmSharing, {
                params: { campaignId: campaign.id, sharingId: simulation.id },
                body: {
                  ...(reason?.trim() ? { reason: reason.trim() } : {}),
                  ...(why?.trim() ? { beyondBudget: why.trim() } : {}),
                },
                idempotencyKey,
                timeoutMs: 120_000,
              })
              void sharingChanged(campaign.id)
              toast(
                state === 'done'
                  ? `${formatCount(counts.done, 'cible répartie', 'cibles réparties')}.`
                  : 'Le travail est lancé.',
              )
              go(`/mes-travaux/${id}`)
            }}
            explain={problem =>
              problem.code === 'sharing/stale' ? (
                <>
                  <p>{problem.detail}</p>
                  <p>
                    <Button size="small" priority="secondary" onClick={onRedo}>
                      Simuler de nouveau
                    </Button>
                  </p>
                </>
              ) : undefined
            }
          >
            <SpentInNumber count={beyondBudget} subject="cible" />
            <TextField
              name="reason"
              label={beyondBudget > 0 ? 'Motif de la répartition' : 'Motif'}
              hint="Il restera dans l’historique de chaque cible"
              maxLength={300}
            />
          </Form>
        </div>
      )}
    </Section>
  )
}
