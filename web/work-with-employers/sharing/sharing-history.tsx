import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import {
  listSharings,
  type Sharing as SharingSchema,
  undoSharing,
} from '../../../contract/work-with-employers/sharing.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { lineName, shortOrganisation } from '../../platform/names.ts'
import { Button, DataTable, Dialog, Form, Loaded, Notice, Section } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { keptWords, kindWords } from './words.ts'

export type Sharing = Static<typeof SharingSchema>
export type Undone = Reply<typeof undoSharing>

/** The sharings out that were made, the last first. */
export const SharingHistory = ({ campaign, onUndo }: { campaign: Campaign; onUndo: (sharing: Sharing) => void }) => {
  const { query, more } = useList(
    withinKey(campaign.id, 'sharings'),
    (after, signal) =>
      call(listSharings, {
        params: { campaignId: campaign.id },
        query: { limit: 10, ...(after ? { after } : {}) },
        signal,
      }),
    { fresh: true },
  )
  return (
    <Section title="Répartitions faites">
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) => items.length === 0 && <p className="fr-text--sm">Aucune pour l’instant.</p>}
      >
        {({ items }) => (
          <DataTable
            caption="Répartitions faites, la dernière d’abord"
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            keys={false}
            columns={[
              { head: 'Quand', cell: ({ doneAt }) => formatInstant(doneAt) },
              {
                head: 'Par',
                cell: ({ by, withinOrganisation }) => (
                  <span className="cc-two">
                    {by.name}
                    {withinOrganisation && (
                      <span className="fr-hint-text">au sein de {shortOrganisation(withinOrganisation.name)}</span>
                    )}
                  </span>
                ),
              },
              {
                head: 'Comment',
                cell: ({ how, reason }) => (
                  <span className="cc-two">
                    {kindWords[how].done}
                    {reason && <span className="fr-hint-text">{reason}</span>}
                  </span>
                ),
              },
              { head: 'Cibles', numeric: true, cell: ({ moved }) => moved },
              {
                head: 'Depuis',
                cell: ({ undoneAt, undoneBy, restored }) =>
                  undoneAt && (
                    <span className="cc-two">
                      annulée le {formatInstant(undoneAt)}
                      <span className="fr-hint-text">
                        par {undoneBy?.name} ; {formatCount(restored ?? 0, 'cible revenue', 'cibles revenues')}
                      </span>
                    </span>
                  ),
              },
            ]}
            acts={sharing =>
              sharing.allowed.includes('undo') && (
                <Button size="small" priority="tertiary" onClick={() => onUndo(sharing)}>
                  Annuler<span className="fr-sr-only"> la répartition du {formatInstant(sharing.doneAt)}</span>
                </Button>
              )
            }
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
    </Section>
  )
}

export const UndoDialog = ({
  campaign,
  sharing,
  onClose,
  onUndone,
}: {
  campaign: Campaign
  sharing: Sharing
  onClose: () => void
  onUndone: (undone: Undone) => void
}) => (
  <Dialog title="Annuler cette répartition ?" onClose={onClose}>
    <p>
      {formatCount(sharing.moved, 'cible a changé', 'cibles ont changé')} de mains le {formatInstant(sharing.doneAt)}.
      Celles que personne n’a travaillées depuis reviennent à qui les avait ; les autres restent où elles sont, et vous
      sont listées.
    </p>
    <Form
      submit="Annuler la répartition"
      busyWords="En cours…"
      done="La répartition est annulée."
      beside={
        <Button priority="tertiary" onClick={onClose}>
          La garder
        </Button>
      }
      onSubmit={async (_values, { idempotencyKey }) =>
        onUndone(
          await call(undoSharing, {
            params: { campaignId: campaign.id, sharingId: sharing.id },
            idempotencyKey,
            timeoutMs: 120_000,
          }),
        )
      }
    >
      {null}
    </Form>
  </Dialog>
)

/** What came back, and what stays with the reason. */
export const UndoneResult = ({ undone: { sharing, kept, keptItems } }: { undone: Undone }) => (
  <Notice tone="success" title="Répartition annulée">
    <p>
      {formatCount(sharing.restored ?? 0, 'cible revient', 'cibles reviennent')} à qui{' '}
      {(sharing.restored ?? 0) < 2 ? 'l’avait' : 'les avait'}.
      {kept > 0 && ` ${formatCount(kept, 'reste où elle est', 'restent où elles sont')} :`}
    </p>
    {kept > 0 && (
      <ul>
        {keptItems.map(({ establishment, because }) => (
          <li key={establishment.siret}>
            {lineName(establishment)} : {keptWords[because]}
          </li>
        ))}
      </ul>
    )}
    {kept > keptItems.length && <p>Les {keptItems.length} premières sont listées.</p>}
  </Notice>
)
