import type { Static } from 'typebox'
import { ofStructure } from '../../../contract/names-in-french.ts'
import {
  listSharings,
  type Sharing as SharingSchema,
  undoSharing,
} from '../../../contract/work-with-employers/sharing.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, DataTable, Dialog, Form, Loaded, Section } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { sharingChanged } from './sharing-changed.ts'
import { kindWords } from './words.ts'

export type Sharing = Static<typeof SharingSchema>

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
                    <PersonLink person={by} />
                    {withinOrganisation && (
                      <span className="fr-hint-text">
                        au sein {ofStructure(shortOrganisation(withinOrganisation.name))}
                      </span>
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
}: {
  campaign: Campaign
  sharing: Sharing
  onClose: () => void
}) => {
  const go = useGo()
  return (
    <Dialog title="Annuler cette répartition ?" onClose={onClose}>
      <p>
        {formatCount(sharing.moved, 'cible a changé', 'cibles ont changé')} de mains le {formatInstant(sharing.doneAt)}.
        Celles que personne n’a travaillées depuis reviennent à qui les avait ; les autres restent où elles sont, et
        vous sont listées avec la raison.
      </p>
      <Form
        draft="choices"
        submit="Annuler la répartition"
        busyWords="En cours…"
        done="L’annulation est demandée."
        beside={
          <Button priority="tertiary" onClick={onClose}>
            La garder
          </Button>
        }
        onSubmit={async (_values, { idempotencyKey }) => {
          const { id } = await call(undoSharing, {
            params: { campaignId: campaign.id, sharingId: sharing.id },
            idempotencyKey,
            timeoutMs: 120_000,
          })
          void sharingChanged(campaign.id)
          go(`/mes-travaux/${id}`)
        }}
      >
        {null}
      </Form>
    </Dialog>
  )
}
